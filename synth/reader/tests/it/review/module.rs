//! What a change of a module of `OpenTofu` does to what runs.

use synth_reader::read::{self, Document};
use synth_reader::review::{self, FailOn, Review};

use super::told;

fn side(files: &[(&str, &str)]) -> Vec<Document> {
    files
        .iter()
        .map(|(file, text)| read::strict(file, text).unwrap())
        .collect()
}

/// A module with one resource of a kind, called `a`, with these arguments.
fn of(kind: &str, arguments: &str) -> String {
    format!(r#"{{"resource": {{"{kind}": {{"a": {{{arguments}}}}}}}}}"#)
}

fn review(old: &str, new: &str) -> Review {
    review::compare(&side(&[("main.tf.json", old)]), &side(&[("main.tf.json", new)]))
}

/// What the change of the arguments of a resource does.
fn change(kind: &str, old: &str, new: &str) -> String {
    told(&review(&of(kind, old), &of(kind, new)))
}

const INSTANCE: &str = r#""name": "a", "boot_disk": {"source": "d"}, "network_interface": {"network": "n"}"#;

fn instance(old: &str, new: &str) -> String {
    change(
        "google_compute_instance",
        &format!("{INSTANCE}, {old}"),
        &format!("{INSTANCE}, {new}"),
    )
}

#[test]
fn another_size_stops_a_machine_and_needs_leave() {
    let new = r#""machine_type": "e2-medium", "allow_stopping_for_update": true"#;
    insta::assert_snapshot!(instance(r#""machine_type": "e2-small", "allow_stopping_for_update": true"#, new), @r#"
    google_compute_instance google_compute_instance.a: OUTAGE: updated with an interruption
      machine_type: e2-small → e2-medium; the machine stops and starts again
    "#);
    let said = instance(r#""machine_type": "e2-small""#, r#""machine_type": "e2-medium""#);
    assert!(
        said.contains("note: it fails unless `allow_stopping_for_update` is true"),
        "{said}"
    );
}

#[test]
fn another_zone_makes_a_machine_anew() {
    let old = r#""zone": "asia-south1-a", "lifecycle": {"prevent_destroy": true}"#;
    insta::assert_snapshot!(instance(old, r#""zone": "asia-south1-b", "lifecycle": {"prevent_destroy": true}"#), @r#"
    google_compute_instance google_compute_instance.a: REPLACED
      zone: asia-south1-a → asia-south1-b; the provider cannot change it
      note: its `prevent_destroy` refuses the plan
    "#);
}

#[test]
fn labels_change_in_place_and_what_is_ignored_does_not() {
    insta::assert_snapshot!(instance(r#""labels": {"team": "a"}"#, r#""labels": {"team": "b"}"#), @r#"
    google_compute_instance google_compute_instance.a: updated in place
      labels.team: a → b
    "#);
    let ignored =
        |size: u8| format!(r#""metadata": {{"n": "{size}"}}, "lifecycle": {{"ignore_changes": ["metadata"]}}"#);
    insta::assert_snapshot!(instance(&ignored(1), &ignored(2)), @r#"
    google_compute_instance google_compute_instance.a: nothing changes
      metadata.n: 1 → 2; `ignore_changes` has it
    "#);
}

#[test]
fn two_spellings_of_one_block_are_equal() {
    let one = of("google_compute_instance", INSTANCE);
    let other = r#""name": "a", "boot_disk": [{"source": "d"}], "network_interface": [{"network": "n", "//": "x"}]"#;
    assert!(review(&one, &of("google_compute_instance", other)).is_empty());
}

#[test]
fn a_second_interface_makes_a_machine_anew_and_an_address_does_not() {
    let with =
        |interfaces: &str| format!(r#""name": "a", "boot_disk": {{"source": "d"}}, "network_interface": {interfaces}"#);
    let one = with(r#"[{"network": "n"}]"#);
    let said = change(
        "google_compute_instance",
        &one,
        &with(r#"[{"network": "n"}, {"network": "m"}]"#),
    );
    assert!(
        said.starts_with("google_compute_instance google_compute_instance.a: REPLACED"),
        "{said}"
    );
    insta::assert_snapshot!(change("google_compute_instance", &one, &with(r#"[{"network": "n", "access_config": {}}]"#)), @r#"
    google_compute_instance google_compute_instance.a: updated in place
      network_interface[0].access_config: - → [{}]
    wider google_compute_instance.a (public exposure): it gets an address that everybody reaches
    "#);
}

#[test]
fn a_range_grows_in_place() {
    let range = |range: &str| format!(r#""name": "a", "network": "n", "ip_cidr_range": "{range}""#);
    let said = |old, new| change("google_compute_subnetwork", &range(old), &range(new));
    assert!(said("10.0.0.0/20", "10.0.0.0/16").contains("updated in place"));
    assert!(said("10.0.0.0/16", "10.0.0.0/20").contains("REPLACED"));
}

#[test]
fn a_kind_that_nobody_looked_up_may_be_replaced() {
    let said = change("aws_vpc", r#""cidr_block": "a""#, r#""cidr_block": "b""#);
    assert!(
        said.contains("MAY BE REPLACED") && said.contains("see `tofu plan`"),
        "{said}"
    );
}

#[test]
fn what_is_renamed_is_deleted_unless_it_is_moved() {
    let bucket = |name: &str, more: &str| {
        format!(r#"{{"resource": {{"google_storage_bucket": {{"{name}": {{"name": "x", "location": "EU"}}}}}}{more}}}"#)
    };
    let deleted = review(&bucket("a", ""), &bucket("b", ""));
    insta::assert_snapshot!(told(&deleted), @r#"
    google_storage_bucket google_storage_bucket.a: DELETED
      note: a `moved` block to `google_storage_bucket.b` keeps it
    google_storage_bucket google_storage_bucket.b from google_storage_bucket.a: created
    "#);
    assert!(deleted.fails_on(FailOn::Delete) && deleted.danger().count() == 1);
    let moved = r#", "moved": {"from": "google_storage_bucket.a", "to": "google_storage_bucket.b"}"#;
    assert!(review(&bucket("a", ""), &bucket("b", moved)).is_empty());
}

#[test]
fn a_block_may_move_to_another_file_of_its_folder() {
    let one = of("google_compute_network", r#""name": "a""#);
    let old = side(&[("infra/main.tf.json", &one), ("infra/more.tf.json", "{}")]);
    let new = side(&[("infra/main.tf.json", "{}"), ("infra/more.tf.json", &one)]);
    assert!(review::compare(&old, &new).is_empty());
}

#[test]
fn a_firewall_gets_wider_by_ranges_ports_and_machines() {
    let rule = |range: &str, ports: &str, more: &str| {
        format!(
            r#""name": "a", "network": "n", "source_ranges": ["{range}"], "allow": {{"protocol": "tcp", "ports": {ports}}}{more}"#
        )
    };
    let kind = "google_compute_firewall";
    let old = rule("10.0.0.0/8", "[22]", r#", "target_tags": ["node"]"#);
    insta::assert_snapshot!(change(kind, &old, &rule("0.0.0.0/0", r#"["22", "6443"]"#, "")), @r#"
    google_compute_firewall google_compute_firewall.a: updated in place
      allow[0].ports[1]: - → 6443
      source_ranges[0]: 10.0.0.0/8 → 0.0.0.0/0
      target_tags: ["node"] → -
    wider google_compute_firewall.a (public exposure): tcp 6443 is let through
    wider google_compute_firewall.a (public exposure): 0.0.0.0/0 reaches tcp 22, tcp 6443
    wider google_compute_firewall.a (network): it is for every machine of the network
    "#);
    let narrower = told(&review(
        &of(kind, &old),
        &of(kind, &rule("10.1.0.0/16", r#"["22"]"#, r#", "target_tags": ["node"]"#)),
    ));
    assert!(!narrower.contains("wider"), "{narrower}");
    let new = told(&review("{}", &of(kind, &rule("0.0.0.0/0", "[80]", ""))));
    assert!(new.contains("public exposure"), "{new}");
}

#[test]
fn another_version_of_a_provider_is_no_small_change() {
    let with = |version: &str| {
        format!(r#"{{"terraform": {{"required_providers": {{"google": {{"version": "{version}"}}}}}}}}"#)
    };
    insta::assert_snapshot!(told(&review(&with("8.6.0"), &with("8.7.0"))), @r#"
    terraform terraform: updated in place
      required_providers.google.version: 8.6.0 → 8.7.0; another version of a provider may do with the same text something else
    "#);
}

#[test]
fn what_only_describes_changes_nothing_that_runs() {
    let with = |text: &str| format!(r#"{{"variable": {{"a": {{"description": "{text}"}}}}}}"#);
    let said = told(&review(&with("x"), &with("y")));
    assert!(said.starts_with("variable var.a: nothing changes"), "{said}");
    let with = |text: &str| format!(r#"{{"variable": {{"a": {{"default": "{text}"}}}}}}"#);
    let said = told(&review(&with("x"), &with("y")));
    assert!(said.contains("what names it changes with it"), "{said}");
}

#[test]
fn what_a_plan_may_delete_from_now_on_is_told() {
    let kept = |kept: bool| format!(r#""lifecycle": {{"prevent_destroy": {kept}}}"#);
    let said = instance(&kept(true), &kept(false));
    assert!(said.contains("(protection): a plan may delete it"), "{said}");
    assert!(!instance(&kept(false), &kept(true)).contains("wider"));
}
