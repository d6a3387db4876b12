//! Tags: those of the template on everything that takes some.

use insta::assert_snapshot;
use synth::aws::{ecr::Repository, sns::Topic, ssm};
use synth::template::{Node, Resource, Tagging, Template, ToNode, Value};

use super::{id, json, name};

struct Tagged<const MAP: bool>(Option<Node>);

impl<const MAP: bool> Resource for Tagged<MAP> {
    const TYPE: &'static str = "Test::The::Thing";
    const TAGGING: Tagging = if MAP {
        Tagging::Map("Tags")
    } else {
        Tagging::List("Tags")
    };

    fn properties(&self) -> Vec<(&'static str, Node)> {
        self.0.clone().map(|tags| ("Tags", tags)).into_iter().collect()
    }
}

/// The tags of a resource in a template that is tagged `system: predict` and `stack: network`.
fn tags(resource: &impl Resource) -> String {
    let tags = [("system", "predict"), ("stack", "network")].map(|(key, value)| (key.to_owned(), value.to_owned()));
    let mut template = Template::new(name("here"), "A test", tags.to_vec());
    template.add(id("thing"), resource).unwrap();
    json(template)["Resources"]["Thing"]["Properties"]["Tags"].to_string()
}

fn pair(key: &str, value: &str) -> Node {
    Node::map([("Key", key.to_node()), ("Value", value.to_node())])
}

#[test]
fn a_list_of_tags_is_filled() {
    assert_snapshot!(tags(&Tagged::<false>(None)), @r#"[{"Key":"system","Value":"predict"},{"Key":"stack","Value":"network"}]"#);
}

#[test]
fn a_map_of_tags_is_filled() {
    assert_snapshot!(tags(&Tagged::<true>(None)), @r#"{"system":"predict","stack":"network"}"#);
}

#[test]
fn a_tag_of_the_resource_wins_in_a_list() {
    let own = Node::List(vec![pair("stack", "mine"), pair("more", "1")]);
    assert_snapshot!(tags(&Tagged::<false>(Some(own))), @r#"[{"Key":"stack","Value":"mine"},{"Key":"more","Value":"1"},{"Key":"system","Value":"predict"}]"#);
}

#[test]
fn a_tag_of_the_resource_wins_in_a_map() {
    let own = Node::map([("stack", "mine".to_node())]);
    assert_snapshot!(tags(&Tagged::<true>(Some(own))), @r#"{"stack":"mine","system":"predict"}"#);
}

#[test]
fn tags_that_a_function_computes_are_kept() {
    let own = Value::<String>::from_ssm("tags");
    let own = Value::<String>::import(&own).to_node();
    assert_snapshot!(tags(&Tagged::<false>(Some(own))), @r#"{"Fn::ImportValue":"{{resolve:ssm:tags}}"}"#);
}

#[test]
fn a_type_of_aws_that_takes_a_list_has_one() {
    assert!(tags(&Topic::new()).starts_with('['));
    assert!(tags(&Repository::new()).starts_with('['));
}

#[test]
fn a_type_of_aws_that_takes_a_map_has_one() {
    let parameter = ssm::Parameter::new(ssm::ParameterType::String, "value");
    assert!(tags(&parameter).starts_with('{'));
}

#[test]
fn a_type_that_takes_no_tags_has_none() {
    let alias = synth::aws::kms::Alias::new("alias/a", Value::existing("key"));
    assert_eq!(tags(&alias), "null");
}

#[test]
fn what_ec2_makes_has_a_name() {
    assert!(tags(&synth::aws::ec2::Vpc::new()).starts_with(r#"[{"Key":"Name","Value":"here-Thing"}"#));
}
