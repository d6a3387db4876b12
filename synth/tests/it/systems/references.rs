//! Texts of a user's own that lead into other stacks.

use serde_json::json;

use super::exceptions::{adding, granted, objections, secret};
use super::out;

#[test]
fn a_text_of_an_addition_leads_into_other_stacks_as_a_reference_does() {
    let text = |text: &str| json!({ "Fn::Sub": text });
    let key =
        "${network/EnvironmentKey.Arn} in ${AWS::Region} of ${network/Vpc}, ${network/EnvironmentKey.Arn}, ${!a/b}";
    let out = out(&adding(
        "AWS::SSM::Parameter",
        json!({ "Type": "String", "Value": text(key), "Description": text("in ${AWS::Region}") }),
    ));
    let at = |path| out.at("dev/service", "Own", path).clone();
    insta::assert_snapshot!(format!("{}\n{}", at("/Value"), at("/Description")), @r#"
    {"Fn::Sub":["${NetworkEnvironmentKeyArn} in ${AWS::Region} of ${NetworkVpc}, ${NetworkEnvironmentKeyArn}, ${!a/b}",{"NetworkEnvironmentKeyArn":{"Fn::ImportValue":"predict-api-dev-network-EnvironmentKeyArn"},"NetworkVpc":{"Fn::ImportValue":"predict-api-dev-network-Vpc"}}]}
    {"Fn::Sub":"in ${AWS::Region}"}
    "#);
    assert_eq!(objections(&out), Vec::<String>::new());
}

#[test]
fn a_secret_of_another_stack_is_read_by_a_text_that_names_a_key_of_it() {
    let key = json!({ "Fn::Sub": "${network/EnvironmentKey.Arn}:password::" });
    let (out, from) = (out(&secret(&key)), "/ContainerDefinitions/0/Secrets/0/ValueFrom");
    let imported = json!({ "Fn::ImportValue": "predict-api-dev-network-EnvironmentKeyArn" });
    let told =
        json!({ "Fn::Sub": ["${NetworkEnvironmentKeyArn}:password::", { "NetworkEnvironmentKeyArn": imported }] });
    assert_eq!(*out.at("dev/service", "TaskDefinition", from), told);
    assert_eq!(
        granted(&out, "ExecutionRole", "ReadOwn1"),
        json!([["secretsmanager:GetSecretValue", imported]])
    );
}

#[test]
fn a_text_that_leads_to_what_is_not_there_is_refused() {
    let value = json!({ "Fn::Sub": "${netwrk/Vpc}" });
    let system = adding("AWS::SSM::Parameter", json!({ "Type": "String", "Value": value }));
    let systems = synth::model::Systems::new(vec![system]).unwrap();
    let error = synth::render(systems.each().next().unwrap()).unwrap_err().to_string();
    insta::assert_snapshot!(error, @"predict-api-dev-service refers to `Vpc` of netwrk, which is not among the stacks that are linked");
}
