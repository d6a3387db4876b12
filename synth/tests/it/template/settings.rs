//! What surrounds the properties of a resource, and the sections of a template.

use insta::assert_snapshot;
use serde_json::Value as Json;
use synth::aws::ec2::Vpc;
use synth::template::{Node, Parameter, ParameterKind, Policy, Settings, SsmKind, Test, ToNode};

use super::{Thing, id, json, template};

fn with(settings: Settings) -> String {
    let mut template = template("here");
    template
        .add_with(id("thing"), &Thing("it".to_node()), settings)
        .unwrap();
    without_properties(&json(template)["Resources"]["Thing"])
}

fn without_properties(resource: &Json) -> String {
    let mut resource = resource.clone();
    resource.as_object_mut().unwrap().shift_remove("Properties");
    resource.to_string()
}

#[test]
fn what_holds_data_is_kept_when_it_leaves_and_when_it_is_replaced() {
    assert_snapshot!(with(Settings::keep(Policy::Retain)), @r#"{"Type":"Test::The::Thing","DeletionPolicy":"Retain","UpdateReplacePolicy":"Retain"}"#);
}

#[test]
fn policies_have_the_names_of_cloudformation() {
    let names = [
        Policy::Delete,
        Policy::Retain,
        Policy::RetainExceptOnCreate,
        Policy::Snapshot,
    ]
    .map(Policy::name);
    assert_eq!(names, ["Delete", "Retain", "RetainExceptOnCreate", "Snapshot"]);
}

#[test]
fn one_resource_that_comes_first_is_a_text() {
    assert_snapshot!(with(Settings::after([id("a")])), @r#"{"Type":"Test::The::Thing","DependsOn":"A"}"#);
}

#[test]
fn several_resources_that_come_first_are_a_list() {
    assert_snapshot!(with(Settings::after([id("b"), id("a")])), @r#"{"Type":"Test::The::Thing","DependsOn":["B","A"]}"#);
}

#[test]
fn notes_are_metadata() {
    let metadata = vec![("key".to_owned(), Node::Bool(true))];
    let settings = Settings {
        metadata,
        ..Settings::default()
    };
    assert_snapshot!(with(settings), @r#"{"Type":"Test::The::Thing","Metadata":{"key":true}}"#);
}

#[test]
fn a_resource_can_hang_on_a_condition() {
    let mut template = template("here");
    let asked = template
        .parameter("Make", Parameter::text("Whether to make it"))
        .unwrap();
    let condition = template.condition("Makes", Test::differs(&asked, "no")).unwrap();
    let settings = Settings {
        condition: Some(condition),
        ..Settings::default()
    };
    template
        .add_with(id("thing"), &Thing("it".to_node()), settings)
        .unwrap();
    let json = json(template);
    assert_snapshot!(json["Conditions"], @r#"{"Makes":{"Fn::Not":[{"Fn::Equals":[{"Ref":"Make"},"no"]}]}}"#);
    assert_snapshot!(without_properties(&json["Resources"]["Thing"]), @r#"{"Type":"Test::The::Thing","Condition":"Makes"}"#);
}

#[test]
fn conditions_are_combined() {
    let mut template = template("here");
    let one = template.condition("One", Test::equals(&"a".into(), "a")).unwrap();
    let both = Test::And(vec![
        Test::Holds(one.clone()),
        Test::Not(Box::new(Test::Holds(one.clone()))),
    ]);
    template.condition("Both", both).unwrap();
    template
        .condition("Any", Test::Or(vec![Test::Holds(one.clone()), Test::Holds(one)]))
        .unwrap();
    let conditions = json(template)["Conditions"].clone();
    assert_snapshot!(conditions["Both"], @r#"{"Fn::And":[{"Condition":"One"},{"Fn::Not":[{"Condition":"One"}]}]}"#);
    assert_snapshot!(conditions["Any"], @r#"{"Fn::Or":[{"Condition":"One"},{"Condition":"One"}]}"#);
}

fn parameter(parameter: Parameter) -> Json {
    let mut template = template("here");
    template.parameter::<String>("It", parameter).unwrap();
    json(template)["Parameters"]["It"].clone()
}

#[test]
fn a_parameter_says_what_it_takes() {
    let asked = Parameter {
        default: Some("a".into()),
        allowed_values: vec!["a".into(), "b".into()],
        allowed_pattern: Some("^[ab]$".into()),
        constraint: Some("a or b".into()),
        no_echo: true,
        ..Parameter::text("Which")
    };
    assert_snapshot!(parameter(asked), @r#"{"Type":"String","Description":"Which","Default":"a","AllowedValues":["a","b"],"AllowedPattern":"^[ab]$","ConstraintDescription":"a or b","NoEcho":true}"#);
}

#[test]
fn a_parameter_of_the_store_has_a_type() {
    let kind = ParameterKind::Ssm(SsmKind::ImageId);
    let asked = parameter(Parameter {
        kind,
        ..Parameter::text("Image")
    });
    assert_eq!(asked["Type"], "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>");
}

#[test]
fn sections_stand_in_reading_order_and_empty_ones_not_at_all() {
    let mut template = template("here");
    template.output("A", "It", "a".into()).unwrap();
    template.add(id("vpc"), &Vpc::new()).unwrap();
    let json = json(template);
    let sections: Vec<_> = json.as_object().unwrap().keys().collect();
    assert_eq!(
        sections,
        ["AWSTemplateFormatVersion", "Description", "Resources", "Outputs"]
    );
}

#[test]
fn properties_are_sorted_and_tags_come_last() {
    let mut template = synth::template::Template::new(super::name("here"), "A test", vec![("a".into(), "b".into())]);
    let vpc = Vpc {
        enable_dns_support: Some(true.into()),
        cidr_block: Some("10.0.0.0/16".into()),
        ..Vpc::new()
    };
    template.add(id("vpc"), &vpc).unwrap();
    let json = json(template);
    let properties: Vec<_> = json["Resources"]["Vpc"]["Properties"]
        .as_object()
        .unwrap()
        .keys()
        .collect();
    assert_eq!(properties, ["CidrBlock", "EnableDnsSupport", "Tags"]);
}

#[test]
fn resources_are_listed_in_the_order_in_which_they_were_added() {
    let mut template = template("here");
    template.add(id("z"), &Vpc::new()).unwrap();
    template.add(id("a"), &Thing("x".to_node())).unwrap();
    let listed: Vec<_> = template.resources().map(|(id, kind)| format!("{id} {kind}")).collect();
    assert_eq!(listed, ["Z AWS::EC2::VPC", "A Test::The::Thing"]);
}
