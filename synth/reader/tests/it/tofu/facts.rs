//! The facts of Google Cloud.

use synth_reader::schema::google::{self, Block, Effect, Type};

fn instance() -> Block {
    google::resource("google_compute_instance").unwrap()
}

fn at(path: &str) -> google::Argument {
    let (outer, last) = path.rsplit_once('/').unwrap_or(("", path));
    let outer = outer.split('/').filter(|step| !step.is_empty());
    let block = outer.fold(instance(), |block, step| block.argument(step).unwrap().block().unwrap());
    block.argument(last).unwrap()
}

/// Every argument of a block and of the blocks inside, counted.
fn count(block: Block) -> usize {
    let inside = block.arguments().filter_map(|(_, argument)| argument.block());
    block.arguments().count() + inside.map(count).sum::<usize>()
}

#[test]
fn every_kind_can_be_decoded_to_its_leaves() {
    let resources: Vec<usize> = google::kinds(false)
        .map(|kind| count(google::resource(kind).unwrap()))
        .collect();
    let data: Vec<usize> = google::kinds(true)
        .map(|kind| count(google::data(kind).unwrap()))
        .collect();
    assert!(
        resources.len() > 1200 && data.len() > 300,
        "{} and {}",
        resources.len(),
        data.len()
    );
    assert!(resources.into_iter().sum::<usize>() > 20_000);
    assert!(google::provider().unwrap().argument("project").is_some());
}

#[test]
fn arguments_say_what_they_take() {
    assert_eq!(at("machine_type").kind(), Type::String);
    assert!(at("machine_type").required() && !at("zone").required());
    assert_eq!(at("boot_disk").kind(), Type::Block);
    assert_eq!(at("network_interface").kind(), Type::Blocks);
    assert_eq!(at("labels").kind(), Type::Map);
    assert_eq!(at("tags").items().unwrap().kind(), Type::String);
    assert_eq!(at("boot_disk/initialize_params/size").kind(), Type::Number);
    assert_eq!(at("allow_stopping_for_update").kind(), Type::Boolean);
    let values: Vec<&str> = at("desired_status").values().collect();
    assert_eq!(values, ["RUNNING", "SUSPENDED", "TERMINATED"]);
}

#[test]
fn a_closed_set_comes_from_the_description_of_the_provider() {
    let firewall = google::resource("google_compute_firewall").unwrap();
    let values: Vec<&str> = firewall.argument("direction").unwrap().values().collect();
    assert_eq!(values, ["INGRESS", "EGRESS"]);
    assert_eq!(firewall.one_of().collect::<Vec<_>>(), [["allow", "deny"]]);
    assert_eq!(firewall.not_both().count(), 4);
}

#[test]
fn what_may_be_named_is_written_or_only_known_later() {
    assert_eq!(instance().attribute("self_link"), Some(Type::String));
    assert_eq!(instance().attribute("machine_type"), Some(Type::String));
    assert_eq!(instance().attribute("selflink"), Some(Type::String));
    assert_eq!(instance().attribute("arn"), None);
}

#[test]
fn a_change_is_made_in_place_stops_a_machine_or_makes_it_anew() {
    let effect = |path| google::effect("google_compute_instance", path);
    assert_eq!(effect("labels/team"), Some(Effect::InPlace));
    assert_eq!(effect("machine_type"), Some(Effect::Stop));
    assert_eq!(effect("zone"), Some(Effect::Replace));
    assert_eq!(effect("boot_disk/initialize_params/size"), Some(Effect::Replace));
    assert_eq!(effect("boot_disk/auto_delete"), Some(Effect::InPlace));
    assert_eq!(effect("boot_disk/#"), Some(Effect::Replace));
    assert_eq!(
        google::effect("google_compute_subnetwork", "ip_cidr_range"),
        Some(Effect::Shrink)
    );
    assert_eq!(google::effect("google_compute_disk", "size"), None);
}

#[test]
fn a_mistyped_name_has_a_nearest_one() {
    assert_eq!(instance().nearest_argument("machine_typ"), Some("machine_type"));
}
