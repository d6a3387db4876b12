//! Environments.

use insta::assert_snapshot;
use synth::model::{BlueGreenBy, Capacity, Entry, Firewall, Keeping, Minutes, Percent, Shift, Size, Strategy};

use super::{verdict, verdict_of_prod};

#[test]
fn the_example_is_fine() {
    assert_eq!(verdict_of_prod(|_| {}), "fine");
}

#[test]
fn no_task_is_refused() {
    assert_snapshot!(verdict_of_prod(|prod| prod.scale.capacity = Capacity::Fixed(0)), @"Environment.capacity: `0` runs nothing; use at least 1 task");
}

fn scaling(min: u32, max: u32) -> Capacity {
    Capacity::Scaling {
        min,
        max,
        cpu: Percent::of::<60>(),
        memory: Percent::of::<70>(),
    }
}

#[test]
fn scaling_from_nothing_is_refused() {
    assert_snapshot!(verdict_of_prod(|prod| prod.scale.capacity = scaling(0, 4)), @"Environment.capacity: `min 0, max 4` is no range; use a min of at least 1 and a max of at least min");
}

#[test]
fn scaling_to_less_is_refused() {
    assert_snapshot!(verdict_of_prod(|prod| prod.scale.capacity = scaling(4, 3)), @"Environment.capacity: `min 4, max 3` is no range; use a min of at least 1 and a max of at least min");
}

#[test]
fn scaling_between_equal_numbers_is_fine() {
    assert_eq!(verdict_of_prod(|prod| prod.scale.capacity = scaling(4, 4)), "fine");
}

fn aiming(cpu: Percent) -> String {
    let memory = Percent::of::<70>();
    verdict_of_prod(|prod| {
        prod.scale.capacity = Capacity::Scaling {
            min: 2,
            max: 4,
            cpu,
            memory,
        }
    })
}

#[test]
fn an_aim_that_is_never_reached_is_refused() {
    assert_snapshot!(aiming(Percent::of::<91>()), @"Environment.capacity: `cpu 91, memory 70` never lets it scale in or out; aim at 10 to 90 percent");
}

#[test]
fn an_aim_that_is_always_exceeded_is_refused() {
    assert_snapshot!(aiming(Percent::of::<9>()), @"Environment.capacity: `cpu 9, memory 70` never lets it scale in or out; aim at 10 to 90 percent");
}

#[test]
fn an_aim_between_is_fine() {
    assert_eq!(aiming(Percent::of::<90>()), "fine");
}

#[test]
fn one_task_is_refused_where_data_is_kept() {
    assert_snapshot!(verdict_of_prod(|prod| prod.scale.capacity = Capacity::Fixed(1)), @"Environment.capacity: `1` is down when its one task is; use at least 2 tasks");
}

#[test]
fn one_task_is_fine_where_all_may_go() {
    let verdict = verdict_of_prod(|prod| {
        prod.keeping = Keeping::Disposable;
        prod.scale.capacity = Capacity::Fixed(1);
    });
    assert_eq!(verdict, "fine");
}

#[test]
fn plain_http_is_refused_where_data_is_kept() {
    assert_snapshot!(verdict_of_prod(|prod| prod.entry = Entry::Http { because: "a test".into() }), @"Environment.entry: `prod` keeps its data and would serve it in plain text; use Entry::Https");
}

#[test]
fn a_host_that_is_no_name_is_refused() {
    assert_snapshot!(verdict_of_prod(|prod| prod.entry = Entry::Https { host: "a b".into() }), @"Entry.host: `a b` is not a name in a domain; give the part before the owner's domain, such as `api`");
}

#[test]
fn a_host_of_two_labels_is_fine() {
    assert_eq!(
        verdict_of_prod(|prod| prod.entry = Entry::Https { host: "v1.api".into() }),
        "fine"
    );
}

fn limit(requests_in_five_minutes: u32) -> String {
    verdict_of_prod(|prod| {
        *prod.firewall_mut() = Firewall::On {
            requests_in_five_minutes,
        }
    })
}

#[test]
fn a_limit_below_what_aws_takes_is_refused() {
    assert_snapshot!(limit(9), @"Environment.firewall: `9` is not a limit that AWS takes; use 10 to 2,000,000,000");
}

#[test]
fn the_least_limit_is_fine() {
    assert_eq!(limit(10), "fine");
}

fn shifting(by: BlueGreenBy, shift: Shift, bake: u32) -> String {
    verdict_of_prod(|prod| {
        prod.strategy = Strategy::BlueGreen {
            by,
            shift,
            bake: Minutes(bake),
        }
    })
}

fn canary(first: Percent, bake: u32) -> Shift {
    Shift::Canary {
        first,
        bake: Minutes(bake),
    }
}

fn linear(step: Percent, bake: u32) -> Shift {
    Shift::Linear {
        step,
        bake: Minutes(bake),
    }
}

#[test]
fn a_canary_of_everything_is_refused() {
    assert_snapshot!(shifting(BlueGreenBy::Ecs, canary(Percent::of::<100>(), 5), 5), @"Environment.strategy: `100 percent, 5 and 5 minutes` is not a shift that ECS makes; use a share of 1 to 99 percent and bake times of up to 1440 minutes");
}

#[test]
fn a_canary_of_nothing_is_refused() {
    assert!(
        shifting(BlueGreenBy::Ecs, canary(Percent::of::<0>(), 5), 5).starts_with("Environment.strategy: `0 percent")
    );
}

#[test]
fn a_canary_of_a_hundredth_is_fine() {
    assert_eq!(shifting(BlueGreenBy::Ecs, canary(Percent::of::<1>(), 5), 1440), "fine");
}

#[test]
fn a_step_that_ecs_does_not_make_is_refused() {
    assert_snapshot!(shifting(BlueGreenBy::Ecs, linear(Percent::of::<2>(), 5), 5), @"Environment.strategy: `2 percent, 5 and 5 minutes` is not a shift that ECS makes; use a share of 3 to 99 percent and bake times of up to 1440 minutes");
}

#[test]
fn the_least_step_is_fine() {
    assert_eq!(shifting(BlueGreenBy::Ecs, linear(Percent::of::<3>(), 5), 0), "fine");
}

#[test]
fn a_bake_of_more_than_a_day_is_refused() {
    assert_snapshot!(shifting(BlueGreenBy::Ecs, Shift::AllAtOnce, 1441), @"Environment.strategy: `100 percent, 0 and 1441 minutes` is not a shift that ECS makes; use a share of 1 to 100 percent and bake times of up to 1440 minutes");
}

#[test]
fn code_deploy_makes_any_shift_that_ecs_makes() {
    assert_eq!(
        shifting(BlueGreenBy::CodeDeploy, canary(Percent::of::<5>(), 7), 5),
        "fine"
    );
}

#[test]
fn every_size_of_fargate_exists_and_no_other() {
    let memories = (0..=256).map(|step| step * 512).chain([249_856]);
    let sizes = memories.flat_map(|memory| [256, 512, 1024, 2048, 4096, 8192, 16384, 32768].map(|cpu| (cpu, memory)));
    // Amazon ECS developer guide, "Task CPU and memory": 3, 4, 7, 13, 23, 12, 12 and 3 sizes.
    assert_eq!(sizes.filter(|(cpu, memory)| Size::exists(*cpu, *memory)).count(), 77);
}

#[test]
fn a_size_between_two_is_none() {
    assert!(!Size::exists(512, 1536));
}

#[test]
fn a_host_with_the_domain_in_it_is_refused() {
    assert_snapshot!(verdict_of_prod(|prod| prod.entry = Entry::Https { host: "predict.example.com".into() }), @"Entry.host: `predict.example.com` has the owner's domain in it, which would stand there twice; give the part before the owner's domain, such as `api`");
}

#[test]
fn a_host_that_ends_like_the_domain_is_fine() {
    assert_eq!(
        verdict_of_prod(|prod| prod.entry = Entry::Https {
            host: "counterexample.community".into()
        }),
        "fine"
    );
}

#[test]
fn plain_http_without_a_reason_is_refused() {
    let verdict = verdict(|system| system.environments[0].entry = Entry::Http { because: " ".into() });
    assert_snapshot!(verdict, @"Entry.because: ` ` says nothing; say it in a sentence: people read it");
}
