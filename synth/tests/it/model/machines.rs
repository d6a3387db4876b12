//! Machines of our own: what they refuse.

use std::net::Ipv4Addr;

use insta::assert_snapshot;
use synth::model::{Block, Capacity, Environment, Ground, HubImage, Machines, Open, PODS, Platform, SERVICES};
use synth::systems::{fastapi_devops, predict_api};

/// What is wrong with the system once something of its machines is changed; nothing is `fine`.
fn verdict(change: impl FnOnce(&mut Machines)) -> String {
    let mut system = fastapi_devops();
    let Platform::Machines(machines) = &mut system.platform else {
        unreachable!("it runs on machines")
    };
    change(machines);
    crate::alone::verdict(system)
}

#[test]
fn three_machines_with_three_environments_are_fine() {
    assert_snapshot!(verdict(|_| {}), @"fine");
}

#[test]
fn an_address_that_its_subnet_does_not_give_is_refused() {
    assert_snapshot!(verdict(|it| it.control.inside = Ipv4Addr::new(10, 160, 0, 1)), @"Host.inside: `10.160.0.1` is no address that its subnet gives; use one of 10.160.0.0/20 but its first two and its last two, which Google Cloud keeps");
    assert_snapshot!(verdict(|it| it.workers[0].inside = Ipv4Addr::new(10, 161, 0, 4)), @"Host.inside: `10.161.0.4` is no address that its subnet gives; use one of 10.160.0.0/20 but its first two and its last two, which Google Cloud keeps");
}

#[test]
fn two_machines_with_one_address_are_refused() {
    assert_snapshot!(verdict(|it| it.workers[1].inside = it.control.inside), @"Host.inside: `10.160.0.3` is the address of two machines; give each machine its own address");
}

#[test]
fn a_block_with_bits_that_are_not_its_own_is_refused() {
    assert_snapshot!(verdict(|it| it.cloud.operators = vec![Block::new("203.0.113.7/24")]), @"Cloud.operators: `203.0.113.7/24` is not a block of addresses; give its first address and how many bits are the block's, such as `203.0.113.0/24`");
}

#[test]
fn nobody_who_looks_after_them_is_refused() {
    assert_snapshot!(verdict(|it| it.cloud.operators.clear()), @r#"Cloud.operators: `nobody` could repair the machines; name the addresses that people come from, such as `Block::new("203.0.113.0/24")`"#);
}

#[test]
fn a_subnet_with_addresses_of_pods_or_services_is_refused() {
    let verdict = |addresses| {
        verdict(|it| {
            it.ground = Ground::Made {
                addresses: Block::new(addresses),
            }
        })
    };
    for (addresses, whose) in [
        ("10.244.8.0/24", "pods"),
        ("10.110.0.0/20", "Services"),
        ("0.0.0.0/0", "pods"),
    ] {
        let told = verdict(addresses);
        let wrong = format!("Ground.addresses: `{addresses}` has addresses of the cluster's own; ");
        assert!(
            told.contains(&wrong) && told.contains(&format!("the cluster's {whose} have those")),
            "{told}"
        );
    }
    for addresses in ["10.160.0.0/16", "10.160.0.0/20"] {
        assert_eq!(verdict(addresses), "fine");
    }
}

#[test]
fn a_subnet_that_ends_where_the_clusters_addresses_begin_has_none_of_them() {
    for (one, other) in [
        ("10.243.0.0/16", PODS),
        ("10.245.0.0/16", PODS),
        ("10.95.0.0/16", SERVICES),
        ("10.112.0.0/16", SERVICES),
    ] {
        assert!(!Block::new(one).overlaps(&Block::new(other)), "{one} {other}");
    }
    assert!(Block::new("0.0.0.0/0").overlaps(&Block::new(PODS)));
}

#[test]
fn an_image_that_docker_hub_cannot_have_is_refused() {
    assert_snapshot!(verdict(|it| it.image = HubImage::new("fastapi")), @"Machines.image: `fastapi` is not an image of Docker Hub; give whose it is and its name, such as `example/api`");
}

#[test]
fn two_environments_with_one_port_or_one_branch_are_refused() {
    assert_snapshot!(verdict(|it| it.namespaces[1].port = it.namespaces[0].port), @"Namespace.port: `30080` is the port of two environments; choose another: `dev` has it, and a machine has each port once");
    assert_snapshot!(verdict(|it| it.namespaces[1].branch = it.namespaces[0].branch.clone()), @"Namespace.branch: `prasanna` leads to two environments; give it a branch of its own: that one leads to `dev`");
}

#[test]
fn more_than_the_workers_have_is_refused() {
    assert_snapshot!(verdict(|it| it.namespaces[0].capacity = Capacity::Fixed(80)), @"Machines.workers: `5710m of CPU and 7580 MiB` is more than the machines have; the workers have room for 3800m and 7192 MiB, of which the cluster itself takes 1060m and 1628 MiB: add one, or ask for less");
}

#[test]
fn what_the_cluster_itself_runs_leaves_less_to_environments() {
    let told = verdict(|it| it.namespaces[0].capacity = Capacity::Fixed(50));
    assert!(told.starts_with("Machines.workers: `4210m of CPU"), "{told}");
    assert_eq!(verdict(|it| it.namespaces[0].capacity = Capacity::Fixed(40)), "fine");
}

#[test]
fn a_door_that_is_open_without_a_reason_is_refused() {
    assert_snapshot!(verdict(|it| it.deploys = Open::ToAnybody { because: " " }), @"Open.because: ` ` says nothing; say it in a sentence: people read it");
}

#[test]
fn an_environment_in_an_account_is_refused_beside_machines() {
    let mut system = fastapi_devops();
    let environments: Vec<Environment> = predict_api().environments;
    system.environments = environments.into_iter().take(1).collect();
    assert_snapshot!(crate::alone::verdict(system), @"System.environments: `dev` stands in an account of AWS; make it a Namespace of the machines");
}
