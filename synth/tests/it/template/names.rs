//! Names of resources and stacks.

use insta::assert_snapshot;
use synth::aws::ec2::Vpc;
use synth::template::{LogicalId, Parameter, StackName, Test};

use super::{id, template};

#[test]
fn an_id_is_the_role_and_the_kind_run_together() {
    assert_eq!(LogicalId::new("dead-letters", "Queue").as_str(), "DeadLettersQueue");
}

#[test]
fn an_id_has_letters_and_digits_only() {
    assert_eq!(LogicalId::new("blue_green 2/β", "Set").as_str(), "BlueGreen2Set");
}

#[test]
fn a_stack_name_of_128_characters_is_one() {
    assert!(StackName::new("a".repeat(128)).is_ok());
}

fn refused(name: &str) -> String {
    StackName::new(name).unwrap_err().to_string()
}

#[test]
fn a_stack_name_of_129_characters_is_none() {
    assert!(refused(&"a".repeat(129)).starts_with("stack name `aaa"));
}

#[test]
fn a_stack_name_begins_with_a_letter() {
    assert_snapshot!(refused("1st"), @"stack name `1st` is not one of AWS's: up to 128 letters, digits and hyphens, the first a letter; shorten the name of the system or the environment");
}

#[test]
fn a_stack_name_is_not_empty() {
    assert!(StackName::new("").is_err());
}

#[test]
fn a_stack_name_has_no_underscore() {
    assert!(StackName::new("a_b").is_err());
}

#[test]
fn a_resource_stands_once() {
    let mut template = template("network");
    template.add(id("vpc"), &Vpc::new()).unwrap();
    let error = template.add(id("vpc"), &Vpc::new()).unwrap_err();
    assert_snapshot!(error, @"network: `Vpc` stands twice; give one of the two another role");
}

#[test]
fn a_parameter_stands_once() {
    let mut template = template("network");
    let add =
        |template: &mut synth::template::Template| template.parameter::<String>("Count", Parameter::text("How many"));
    add(&mut template).unwrap();
    assert_snapshot!(add(&mut template).unwrap_err(), @"network: `Count` stands twice; give one of the two another role");
}

#[test]
fn a_condition_stands_once() {
    let mut template = template("network");
    let test = Test::equals(&"a".into(), "b");
    template.condition("Same", test.clone()).unwrap();
    assert!(template.condition("Same", test).is_err());
}

#[test]
fn a_mapping_stands_once() {
    let mut template = template("network");
    template.mapping("Sizes", std::collections::BTreeMap::new()).unwrap();
    assert!(template.mapping("Sizes", std::collections::BTreeMap::new()).is_err());
}

#[test]
fn an_output_stands_once() {
    let mut template = template("network");
    template.output("Url", "Where", "a".into()).unwrap();
    assert!(template.output("Url", "Where", "b".into()).is_err());
}
