//! Types of SAM, and what they share.

use synth::review::Fate;

use super::{effect, lines, review};

const HEAD: &str = "Transform: AWS::Serverless-2016-10-31\n";

#[test]
fn a_change_of_globals_is_one_of_each_resource() {
    let template = |timeout: u8| {
        format!(
            "{HEAD}Globals: {{Function: {{Timeout: {timeout}, Layers: [a]}}}}\nResources:\n  F: {{Type: \
             AWS::Serverless::Function}}\n  G: {{Type: AWS::Serverless::Function, Properties: {{Timeout: 9}}}}\n"
        )
    };
    insta::assert_snapshot!(lines(&review(&template(1), &template(2))), @r"
    update F
      Timeout: update (transform)
    ");
}

#[test]
fn globals_that_move_into_the_resource_are_no_change() {
    let shared = "Globals: {Function: {Environment: {Variables: {A: 1}}, Layers: [a]}}\nResources:\n  F: {Type: \
                  AWS::Serverless::Function, Properties: {Layers: [b], Environment: {Variables: {B: 2}}}}\n";
    let own = "Resources:\n  F: {Type: AWS::Serverless::Function, Properties: {Layers: [a, b], Environment: \
               {Variables: {A: 1, B: 2}}}}\n";
    assert!(review(&format!("{HEAD}{shared}"), &format!("{HEAD}{own}")).is_empty());
}

#[test]
fn what_sam_makes_beside_the_resource_may_be_replaced() {
    insta::assert_snapshot!(effect("AWS::Serverless::Api", "{StageName: a}", "{StageName: b}"), @r"
    may-replace R
      StageName: may-replace (transform)
    ");
}

#[test]
fn an_old_version_of_a_layer_stays() {
    let template = |uri: &str, more: &str| {
        format!(
            "{HEAD}Resources: {{L: {{Type: AWS::Serverless::LayerVersion, Properties: {{ContentUri: {uri}{more}}}}}}}\n"
        )
    };
    let fate = |more: &str| review(&template("a", more), &template("b", more)).resources[0].old_one;
    assert_eq!(fate(""), Some(Fate::Retain));
    assert_eq!(fate(", RetentionPolicy: Delete"), Some(Fate::Delete));
}

#[test]
fn a_transform_that_comes_is_told() {
    let resources = "Resources: {Q: {Type: AWS::SQS::Queue}}\n";
    let review = review(resources, &format!("Transform: [AWS::LanguageExtensions]\n{resources}"));
    assert_eq!(review.interface[0].name, "AWS::LanguageExtensions");
}
