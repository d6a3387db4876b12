//! Network policies.

use insta::assert_snapshot;

use super::{CLOSED, policy, wider};

#[test]
fn a_peer_or_port_more_is_told() {
    let old = policy(
        "a",
        "podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/16}}], ports: [{port: 80}]}]",
    );
    assert_snapshot!(wider(&old, &old.replace("10.0.0.0/16", "0.0.0.0/0")), @"wider shop/a (network): ingress + from 0.0.0.0/0 on port 80");
    assert_snapshot!(wider(&old, &old.replace("ports: [{port: 80}]", "ports: [{port: 80}, {port: 81}]")), @"wider shop/a (network): ingress + from 10.0.0.0/16 on port 81");
    assert_snapshot!(wider(&old, &old.replace("ingress: [", "ingress: [{}, ")), @"wider shop/a (network): ingress + from anywhere on every port");
}

#[test]
fn a_peer_or_port_less_is_silent() {
    let old = policy(
        "a",
        "podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/16}}, {podSelector: {}}], ports: [{port: 80}]}]",
    );
    assert_snapshot!(wider(&old, &old.replace("10.0.0.0/16", "10.0.1.0/24")), @"");
    assert_snapshot!(wider(&old, &old.replace("ports: [{port: 80}]", "ports: [{protocol: TCP, port: 80}]")), @"");
    assert_snapshot!(wider(&old, &old.replace("podSelector: {}}]", "podSelector: {matchLabels: {a: b}}}]")), @"");
}

#[test]
fn the_last_policy_of_a_direction_is_told() {
    assert_snapshot!(wider(&policy("a", CLOSED), ""), @"
    wider shop/a (network): no policy closes ingress of these pods any more
    wider shop/a (network): no policy closes egress of these pods any more
    ");
    assert_snapshot!(wider(&(policy("a", CLOSED) + &policy("b", "podSelector: {matchLabels: {a: b}}")), &policy("a", CLOSED)), @"");
}

#[test]
fn the_first_policy_is_silent_and_a_hole_in_a_closed_one_is_told() {
    let hole = policy(
        "b",
        "podSelector: {matchLabels: {a: b}}, ingress: [{from: [{podSelector: {}}]}]",
    );
    assert_snapshot!(wider("", &hole), @"");
    assert_snapshot!(wider(&policy("a", CLOSED), &(policy("a", CLOSED) + &hole)), @"wider shop/b (network): ingress + from {podSelector: {}} on every port");
}
