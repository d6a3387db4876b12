//! Systems, and what stands in them once.

use insta::assert_snapshot;
use synth::model::{AccountId, Alert, CertificateArn, Health, Minutes, Percent, Percentile, Seconds, Severity, When};

use super::{system, verdict};

#[test]
fn a_system_without_an_environment_is_refused() {
    assert_snapshot!(verdict(|system| system.environments.clear()), @"System.environments: `predict-api` runs nowhere; add an Environment");
}

#[test]
fn two_environments_of_one_name_are_refused() {
    let verdict = verdict(|system| system.environments[1].name = system.environments[0].name.clone());
    assert_snapshot!(verdict, @"Environment.name: `dev` stands twice; give each environment its own name");
}

#[test]
fn two_environments_of_the_same_addresses_in_two_accounts_are_told_of() {
    let system = system(|system| {
        system.environments[1].account_mut().id = AccountId::new("444455556666");
        system.environments[1].network_mut().cidr = system.environments[0].network().cidr;
    });
    assert_snapshot!(system.notices().last().unwrap(), @"the networks of dev and prod have the same addresses, 10.10.0.0/16: they can never be peered");
}

#[test]
fn two_environments_of_different_addresses_are_not_told_of() {
    assert_eq!(system(|_| {}).notices(), system(|_| {}).still_example());
}

#[test]
fn a_hidden_path_that_is_no_path_is_refused() {
    assert_snapshot!(verdict(|system| system.service.hidden = vec!["/a b".into()]), @"Service.hidden: `/a b` is not a path; begin it with `/` and use letters, digits and `._~/-`");
}

#[test]
fn a_hidden_path_that_a_release_asks_for_is_refused() {
    assert_snapshot!(verdict(|system| system.service.hidden = vec!["/predict".into()]), @"Service.hidden: `/predict` is what a release asks for; hide it, or ask for it");
}

#[test]
fn more_hidden_paths_than_a_rule_takes_are_refused() {
    let paths = ["/a", "/b", "/c", "/d", "/e", "/f"].map(str::to_owned);
    assert_snapshot!(verdict(|system| system.service.hidden = paths.to_vec()), @"Service.hidden: `6` are more paths than a rule takes; hide up to 5");
}

#[test]
fn nothing_hidden_is_fine() {
    assert_eq!(verdict(|system| system.service.hidden.clear()), "fine");
}

#[test]
fn a_certificate_of_another_region_is_refused() {
    let verdict = verdict(|system| {
        system.environments[1].account_mut().certificate = certificate("eu-west-1", "111122223333");
    });
    assert_snapshot!(verdict, @"Account.certificate: `arn:aws:acm:eu-west-1:111122223333:certificate/1b4c3f2e` is not in the account and the region of the load balancers; ask for one in us-east-1, in the account 111122223333");
}

#[test]
fn a_certificate_of_another_account_is_refused() {
    let verdict = verdict(|system| {
        system.environments[1].account_mut().certificate = certificate("us-east-1", "999999999999");
    });
    assert_snapshot!(verdict, @"Account.certificate: `arn:aws:acm:us-east-1:999999999999:certificate/1b4c3f2e` is not in the account and the region of the load balancers; ask for one in us-east-1, in the account 111122223333");
}

#[test]
fn a_certificate_of_the_same_region_and_account_is_fine() {
    assert_eq!(
        verdict(|system| system.environments[1].account_mut().certificate = certificate("us-east-1", "111122223333")),
        "fine"
    );
}

#[test]
fn a_certificate_that_nothing_uses_is_fine() {
    let verdict = verdict(|system| {
        system.environments.truncate(1);
        system.environments[0].account_mut().certificate = certificate("eu-west-1", "111122223333");
    });
    assert_eq!(verdict, "fine");
}

/// The account is changed first; the certificate is asked for in it.
#[test]
fn the_example_certificate_is_told_of_and_not_refused() {
    let verdict = verdict(|system| system.environments[1].account_mut().id = AccountId::new("999999999999"));
    assert_eq!(verdict, "fine");
}

fn certificate(region: &str, account: &str) -> CertificateArn {
    CertificateArn::new(&format!("arn:aws:acm:{region}:{account}:certificate/1b4c3f2e"))
}

#[test]
fn an_alert_that_stands_twice_is_refused() {
    assert_snapshot!(verdict(|system| system.monitoring.alerts.push(system.monitoring.alerts[0])), @"Monitoring.alerts: `high-cpu` stands twice with the same bounds; keep one of the two");
}

#[test]
fn two_alerts_of_a_kind_with_other_bounds_are_fine() {
    let more = Alert::of(When::CpuAbove(Percent::of::<95>()), 2, Severity::Critical);
    assert_eq!(verdict(|system| system.monitoring.alerts.push(more)), "fine");
}

#[test]
fn the_first_alert_of_a_kind_keeps_its_name_and_others_add_their_bounds() {
    let more = [
        Alert::of(When::SlowerThan(Percentile::P99, 800), 2, Severity::Critical),
        Alert::of(When::CpuAbove(Percent::of::<95>()), 2, Severity::Critical),
    ];
    let system = system(|system| system.monitoring.alerts.extend(more));
    let names: Vec<String> = system.named_alerts().into_iter().map(|(name, _)| name).collect();
    assert_snapshot!(names.join(" "), @"high-cpu high-memory too-few-tasks unhealthy-tasks high-error-rate slow-responses slow-responses-p99-over-800 high-cpu-over-95");
}

#[test]
fn an_alert_that_lasts_no_time_is_refused() {
    assert_snapshot!(verdict(|system| system.monitoring.alerts[0].lasting = Minutes(0)), @"Alert.lasting: `0` is not a time that an alarm can watch; use 1 to 1440 minutes");
}

#[test]
fn an_alert_that_lasts_a_day_is_fine() {
    assert_eq!(
        verdict(|system| system.monitoring.alerts[0].lasting = Minutes(1440)),
        "fine"
    );
}

#[test]
fn an_alert_that_never_goes_off_is_refused() {
    assert_snapshot!(verdict(|system| system.monitoring.alerts[0].when = When::CpuAbove(Percent::of::<100>())), @"Alert.when: `100` is never exceeded; use a percent of up to 99");
}

#[test]
fn no_alerts_are_fine() {
    assert_eq!(verdict(|system| system.monitoring.alerts.clear()), "fine");
}

#[test]
fn too_few_releases_are_refused() {
    assert_snapshot!(verdict(|system| system.registry = synth::model::Registry::Ecr { releases_kept: 9 }), @"Registry.releases_kept: `9` could delete what still runs; keep 10 to 10,000 releases");
}

#[test]
fn ten_releases_are_fine() {
    assert_eq!(
        verdict(|system| system.registry = synth::model::Registry::Ecr { releases_kept: 10 }),
        "fine"
    );
}

#[test]
fn a_request_that_outlasts_fargates_patience_is_refused() {
    assert_snapshot!(verdict(|system| system.service.longest_request = Seconds(51)), @"Service.longest_request: `51` does not leave time to stop within Fargate's 120 seconds; use 1 to 50 seconds");
}

#[test]
fn requests_of_no_time_are_refused() {
    assert!(verdict(|system| system.service.longest_request = Seconds(0)).starts_with("Service.longest_request: `0`"));
}

#[test]
fn requests_of_50_seconds_are_fine() {
    assert_eq!(verdict(|system| system.service.longest_request = Seconds(50)), "fine");
}

fn health(path: &str, grace: u32) -> String {
    let (path, grace) = (path.to_owned(), Seconds(grace));
    verdict(|system| system.service.health = Health { path, grace })
}

#[test]
fn a_health_path_that_is_no_path_is_refused() {
    assert_snapshot!(health("health", 60), @"Health.path: `health` is not a path; begin it with `/`, use letters, digits and `._~/-`, and after a `?` also `&=%+,:@`");
}

#[test]
fn a_health_path_with_a_query_is_fine() {
    assert_eq!(health("/health?deep=1&of=a%20b", 60), "fine");
}

#[test]
fn a_query_that_a_shell_would_read_is_refused() {
    let paths = [
        "/health?",
        "/health?a=$(id)",
        "/health?a=b;c",
        "/health?a='b'",
        "/health?a?b",
        "/health?a[1]",
    ];
    assert_eq!(paths.map(|path| health(path, 60) == "fine"), [false; 6]);
}

#[test]
fn a_health_path_that_is_longer_than_a_load_balancer_takes_is_refused() {
    assert!(health(&format!("/{}", "a".repeat(1024)), 60).starts_with("Health.path"));
}

#[test]
fn a_hidden_path_that_a_release_asks_for_with_a_query_is_refused() {
    let verdict = verdict(|system| {
        system.pipeline.smoke_paths = vec!["/metrics?of=all".into()];
    });
    assert_snapshot!(verdict, @"Service.hidden: `/metrics` is what a release asks for; hide it, or ask for it");
}

#[test]
fn a_health_path_with_a_blank_is_refused() {
    assert_snapshot!(health("/a b", 60), @"Health.path: `/a b` is not a path; begin it with `/`, use letters, digits and `._~/-`, and after a `?` also `&=%+,:@`");
}

#[test]
fn a_start_that_takes_longer_than_ecs_waits_is_refused() {
    assert_snapshot!(health("/health", 301), @"Health.grace: `301` is longer than ECS waits for a start; use up to 300 seconds");
}

#[test]
fn a_start_of_300_seconds_is_fine() {
    assert_eq!(health("/health", 300), "fine");
}

#[test]
fn a_health_command_that_asks_nothing_is_refused() {
    assert_snapshot!(verdict(|system| system.service.health_command.clear()), @"Service.health_command: `` asks nothing; name the program of the image that asks the service, such as `/predictor healthcheck`");
}

#[test]
fn a_smoke_path_that_is_none_is_refused() {
    assert_snapshot!(verdict(|system| system.pipeline.smoke_paths.push("/$(id)".into())), @"Pipeline.smoke_paths: `/$(id)` is not a path; begin it with `/`, use letters, digits and `._~/-`, and after a `?` also `&=%+,:@`");
}

#[test]
fn a_package_that_needs_quotes_is_refused() {
    assert_snapshot!(verdict(|system| system.service.package = "a b".into()), @"Service.package: `a b` would need quotes in a script; use letters, digits and `._~/-`");
}

#[test]
fn a_branch_that_is_none_is_refused() {
    assert_snapshot!(verdict(|system| system.owner.github.branch = "main; id".into()), @"GitHubRepository.branch: `main; id` is not a branch; name the one that releases are made from, such as `main`");
}

#[test]
fn the_first_environment_keeps_the_registry() {
    let system = system(|_| {});
    let first: Vec<_> = system
        .environments
        .iter()
        .map(|environment| system.is_first(environment))
        .collect();
    assert_eq!(first, [true, false]);
}

#[test]
fn a_shutdown_leaves_time_for_the_longest_request() {
    let service = system(|_| {}).service;
    assert!(service.longest_request < service.deregistration_delay());
    assert!(service.drain_delay().0 + service.longest_request.0 < service.stop_timeout().0);
}

#[test]
fn a_system_that_is_for_nothing_is_refused() {
    assert_snapshot!(verdict(|system| system.summary.clear()), @"System.summary: `` says nothing; say it in a sentence: people read it");
}
