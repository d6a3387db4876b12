//! What a system sets past the model and what it waives, with reasons.

use insta::assert_snapshot;
use serde_json::json;
use synth::model::{Checker, Name, Override, Stack, Waiver};

use super::verdict;

fn waiver(stack: Stack) -> Waiver {
    Waiver {
        stack,
        resource: "Vpc".into(),
        checker: Checker::Synth,
        rule: "a-rule".into(),
        reason: "a test".into(),
    }
}

#[test]
fn a_waiver_of_a_stack_that_the_system_lacks_is_refused() {
    assert_snapshot!(verdict(|system| system.waivers.push(waiver(Stack::Data))), @"Waiver.stack: `data` is not a stack of this system; use one of bootstrap, permissions, network, service, observability");
}

#[test]
fn a_waiver_of_a_stack_is_fine() {
    assert_eq!(verdict(|system| system.waivers.push(waiver(Stack::Network))), "fine");
}

fn overriding(environment: Option<&str>, stack: Stack) -> String {
    let environment = environment.map(Name::new);
    let property = Override::set("Vpc", "InstanceTenancy", json!("dedicated"), "a test");
    verdict(|system| system.overrides.push((environment, stack, property)))
}

#[test]
fn an_override_in_a_stack_that_the_system_lacks_is_refused() {
    assert_snapshot!(overriding(None, Stack::Data), @"System.overrides: `data` is not a stack of this system; use one of bootstrap, permissions, network, service, observability");
}

#[test]
fn an_override_in_an_unknown_environment_is_refused() {
    assert_snapshot!(overriding(Some("production"), Stack::Network), @"System.overrides: `production` is not an environment; use one of dev, prod, or none for all");
}

#[test]
fn an_override_in_one_environment_is_fine() {
    assert_eq!(overriding(Some("prod"), Stack::Network), "fine");
}

#[test]
fn a_waiver_without_a_reason_is_refused() {
    let silent = Waiver {
        reason: String::new(),
        ..waiver(Stack::Network)
    };
    assert_snapshot!(verdict(|system| system.waivers.push(silent)), @"Waiver.reason: `` says nothing; say it in a sentence: people read it");
}

#[test]
fn an_override_without_a_reason_is_refused() {
    let silent = Override::set("Vpc", "InstanceTenancy", json!("dedicated"), "\n");
    assert_snapshot!(verdict(|system| system.overrides.push((None, Stack::Network, silent))), @r"Override.reason: `\n` says nothing; say it in a sentence: people read it");
}

#[test]
fn a_reason_of_two_lines_is_refused() {
    let long = Waiver {
        reason: "one\ntwo".into(),
        ..waiver(Stack::Network)
    };
    assert_snapshot!(verdict(|system| system.waivers.push(long)), @r"Waiver.reason: `one\ntwo` has a break or another sign in it that a line of a table cannot have; write it in one line");
}
