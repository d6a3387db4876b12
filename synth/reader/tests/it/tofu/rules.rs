//! What the rules over modules say, and what they are silent about.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use synth_reader::checks::{Options, tofu};
use synth_reader::read;

use super::{documents, found, judge};

/// A module that takes the provider whose kinds are known, with further blocks.
macro_rules! module {
    ($blocks:literal) => {
        concat!(
            r#"{"terraform": {"required_providers": {"google": {"version": "~> 8.0"}}}, "#,
            $blocks,
            "}"
        )
    };
}

/// A rule, and a module that looks like what it forbids and is right.
const SILENT: &[(&str, &str)] = &[
    (
        "absent-attribute",
        module!(
            r#""resource": {"google_compute_instance": {"a": {"for_each": "${toset([\"x\"])}", "name": "a", "machine_type": "m",
               "boot_disk": [{"source": "d"}], "network_interface": {"network": "n"}}}},
               "output": {"o": {"value": "${google_compute_instance.a[\"x\"].network_interface[0].access_config.0.nat_ip}${google_compute_instance.a[\"x\"].labels.team}${google_compute_instance.a[\"x\"].id}"}}"#
        ),
    ),
    (
        "conflicting-arguments",
        module!(
            r#""resource": {"google_compute_firewall": {"a": {"name": "a", "network": "n", "source_tags": ["x"], "target_tags": ["y"],
               "dynamic": {"allow": {"for_each": "${[]}", "content": {"protocol": "tcp"}}}}}}"#
        ),
    ),
    (
        "floating-provider",
        r#"{"terraform": {"required_providers": {"google": "8.7.0"}}, "resource": {"google_compute_address": {"a": {"name": "a"}},
            "terraform_data": {"b": {}}}}"#,
    ),
    (
        "idle-variable",
        r#"{"variable": {"a": {}, "b": {}}, "output": {"o": {"value": "${[for x in var.a : \"${x}-${var.b}\"]}"}}}"#,
    ),
    (
        "missing-argument",
        module!(
            r#""resource": {"google_compute_instance": {"a": {"name": "a", "machine_type": "m", "boot_disk": {},
               "dynamic": [{"network_interface": {"for_each": [1], "content": {"network": "n"}}}]}}}"#
        ),
    ),
    (
        "mistyped-argument",
        module!(
            r#""resource": {"google_compute_firewall": {"a": {"name": "a", "network": "n", "priority": "900", "disabled": "false",
               "source_ranges": "${var.x}", "allow": [{"protocol": 6}, {"protocol": "udp", "ports": [53]}]}}}, "variable": {"x": {}}"#
        ),
    ),
    (
        "open-firewall",
        module!(
            r#""resource": {"google_compute_firewall": {
               "web": {"name": "a", "network": "n", "source_ranges": ["0.0.0.0/0"], "allow": {"protocol": "tcp", "ports": ["80-443"]}},
               "out": {"name": "a", "network": "n", "direction": "EGRESS", "source_ranges": ["0.0.0.0/0"], "allow": {"protocol": "all"}},
               "ping": {"name": "a", "network": "n", "source_ranges": ["0.0.0.0/0"], "allow": {"protocol": "icmp"}},
               "deny": {"name": "a", "network": "n", "source_ranges": ["0.0.0.0/0"], "deny": {"protocol": "all"}}}}"#
        ),
    ),
    (
        "readable-metadata",
        module!(
            r##""resource": {"google_compute_instance": {"a": {"name": "a", "machine_type": "m", "boot_disk": {},
               "network_interface": {"network": "n"}, "metadata": {"enable-oslogin": "TRUE", "password-file": "/etc/x",
               "user-data": "#!/bin/sh\nkubeadm join --token \"$TOKEN\" --token-ttl 30m0s0s0s\n"}}}}"##
        ),
    ),
    (
        "shown-secret",
        r#"{"variable": {"db_password": {"sensitive": true}, "secret_name": {"default": "x"}}}"#,
    ),
    (
        "twice-declared",
        r#"{"provider": {"google": [{"alias": "a"}, {"alias": "b"}]}, "resource": {"terraform_data": {"x": {"//": "a", "input": 1}}},
            "data": {"terraform_remote_state": {"x": {"backend": "gcs"}}}, "resource": {"terraform_data": {"y": {}}}}"#,
    ),
    (
        "unclosed-expression",
        r#"{"variable": {"x": {"default": "${", "description": "${HOME"}}, "locals": {"a": "$${x %%{y", "b": "}{", "c": "${\"}\"}"}}"#,
    ),
    (
        "undeclared-name",
        r#"{"locals": {"a_b": 1, "c": "${local.a_b}", "d": "${[for my_item in [1] : my_item.x]}", "e": "${each.value.x}${path.module}"},
            "resource": {"terraform_data": {"a": {"depends_on": ["terraform_data.b"], "dynamic": {"my_block": {"for_each": [],
            "content": {"x": "${my_block.value.id}"}}}}, "b": {"count": 2}}}, "module": {"m": {"source": "./m"}},
            "output": {"o": {"value": "${module.m.x}${terraform_data.b[0].id}$${var.y}"}}}"#,
    ),
    (
        "unknown-argument",
        module!(
            r#""resource": {"google_compute_network": {"a": {"name": "a", "//": "why", "count": 1, "lifecycle": {"prevent_destroy": true},
               "timeouts": {"create": "5m"}}}, "aws_vpc": {"a": {"anything": 1}}}, "provider": {"google": {"region": "r", "alias": "x"}}"#
        ),
    ),
    (
        "unknown-block",
        r#"[{"//": "a comment"}, {"check": {"a": {}}, "moved": [{"from": "a.b", "to": "a.c"}], "locals": {}}]"#,
    ),
    (
        "unlisted-argument",
        module!(
            r#""resource": {"google_compute_address": {"a": {"name": "a", "address_type": "${upper(\"internal\")}"}}}"#
        ),
    ),
    (
        "unlisted-kind",
        module!(
            r#""resource": {"googleworkspace_user": {"a": {}}, "google_new_thing": {"a": {"provider": "google-beta"}}},
               "data": {"google_compute_image": {"a": {"family": "f"}}}"#
        ),
    ),
];

#[test]
fn each_rule_has_a_case_in_which_it_is_silent() {
    let cases: BTreeSet<&str> = SILENT.iter().map(|(rule, _)| *rule).collect();
    let rules: BTreeSet<&str> = tofu::RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(cases, rules);
    let loud = SILENT.iter().map(|(rule, text)| (rule, found(rule, text)));
    let loud: Vec<String> = loud
        .filter(|(_, said)| !said.is_empty())
        .map(|(rule, said)| format!("{rule}: {said}"))
        .collect();
    assert!(loud.is_empty(), "{}", loud.join("\n"));
}

#[test]
fn a_name_is_followed_into_the_blocks_of_a_resource() {
    let text = module!(
        r#""resource": {"google_compute_instance": {"a": {"name": "a", "machine_type": "m", "boot_disk": {}, "network_interface": {"network": "n"}}}},
           "output": {"o": {"value": "${google_compute_instance.a.network_interface[0].network_pi}"}}"#
    );
    insta::assert_snapshot!(
        found("absent-attribute", text),
        @"2:38 error: `network_interface` has no `network_pi`; did you mean `network_ip`?"
    );
}

#[test]
fn of_another_version_of_the_provider_a_name_may_be_right() {
    let text = r#"{"terraform": {"required_providers": {"google": {"version": "~> 6.0"}}},
        "resource": {"google_compute_network": {"a": {"name": "a", "nope": 1}}}}"#;
    assert!(found("unknown-argument", text).contains("warning: `google_compute_network` has no `nope`"));
}

#[test]
fn what_only_the_provider_knows_is_not_written() {
    let text = module!(r#""resource": {"google_compute_network": {"a": {"name": "a", "self_link": "x"}}}"#);
    assert!(found("unknown-argument", text).ends_with("nobody writes it; remove it"));
}

#[test]
fn every_port_is_open_where_none_is_named() {
    let text = module!(
        r#""resource": {"google_compute_firewall": {
           "a": {"name": "a", "network": "n", "source_ranges": ["10.0.0.0/8", "::/0"], "allow": {"protocol": "tcp"}},
           "b": {"name": "a", "network": "n", "source_ranges": ["0.0.0.0/0"], "allow": [{"protocol": "icmp"}, {"protocol": "tcp", "ports": ["6000-7000"]}]}}}"#
    );
    let said = found("open-firewall", text);
    assert!(
        said.contains("everybody reaches every port") && said.contains("port 6443"),
        "{said}"
    );
}

#[test]
fn a_token_in_a_script_is_a_secret() {
    let text = module!(
        r#""resource": {"google_compute_instance": {"a": {"name": "a", "machine_type": "m", "boot_disk": {}, "network_interface": {"network": "n"},
           "metadata_startup_script": "kubeadm join 10.0.0.3:6443 --token abcdef.0123456789abcdef"}}}"#
    );
    assert!(found("readable-metadata", text).contains("a secret stands in this text"));
}

#[test]
fn a_block_allows_a_rule_with_a_reason() {
    let open = |comment: &str| {
        r#"{"terraform": {"required_providers": {"google": {"version": "8.7.0"}}}, "resource": {"google_compute_firewall": {"a": {"//": COMMENT,
            "name": "a", "network": "n", "source_ranges": ["0.0.0.0/0"], "allow": {"protocol": "tcp", "ports": ["22"]}}}}}"#
            .replace("COMMENT", comment)
    };
    assert_eq!(
        found("open-firewall", &open(r#"{"allow": {"open-firewall": "a bastion"}}"#)),
        ""
    );
    assert_ne!(
        found("open-firewall", &open(r#"{"allow": {"open-firewall": " "}}"#)),
        ""
    );
    assert_ne!(found("open-firewall", &open(r#""open-firewall""#)), "");
}

#[test]
fn an_argument_that_is_set_twice_is_told() {
    let text = r#"{"resource": {"terraform_data": {"a": {"input": 1, "input": 2}}}}"#;
    assert!(found("twice-declared", text).contains("error: `input` is set twice"));
}

#[test]
fn where_files_may_be_missing_nothing_is_said_of_what_they_declare() {
    let text = r#"{"variable": {"a": {}}, "output": {"o": {"value": "${var.b}"}}}"#;
    let partial = Options {
        partial: true,
        ..Options::default()
    };
    assert_eq!(tofu::judge(&documents(text), &partial), []);
    assert_eq!(judge(text).len(), 2);
}

#[test]
fn kinds_of_which_nothing_is_known_are_counted() {
    let text = r#"{"resource": {"aws_vpc": {"a": {}, "b": {}}, "google_compute_address": {"a": {"name": "a"}}, "terraform_data": {"c": {}}}}"#;
    assert_eq!(tofu::foreign(&documents(text)), ["aws_vpc", "aws_vpc"]);
}

#[test]
fn no_text_takes_long_however_deep_it_nests() {
    let start = Instant::now();
    let long = 64 << 10;
    for piece in [
        "${",
        "${\"",
        "a_b[",
        "${a_b.c[",
        "{",
        "%{",
        "$",
        "\\",
        "a.",
        "${f(\"${",
        "for ",
        "é",
        "${a[\"b\"].c}",
    ] {
        let text = format!("${{{}", piece.repeat(long / piece.len()));
        let json = serde_json::json!({ "output": { "o": { "value": text } } }).to_string();
        let document = read::strict("main.tf.json", &json).unwrap();
        let _ = tofu::judge(&[document], &Options::default());
    }
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}
