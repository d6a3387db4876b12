//! Resources of a user's own: named, tagged, referred to, allowed, told.

use serde_json::{Value as Json, json};
use synth::systems::predict_api;

use super::exceptions::{adding, allowed, objections, with};
use super::out;
use crate::alone;

#[test]
fn an_added_resource_has_the_stacks_tags_and_its_reason() {
    let out = out(&adding(
        "AWS::SQS::Queue",
        json!({ "QueueName": "predict-api-dev-jobs" }),
    ));
    let own = out.resource("dev/service", "Own");
    assert_eq!(own["Metadata"], json!({ "synth": { "added": "a test" } }));
    let tags = own["Properties"]["Tags"].as_array().unwrap();
    assert!(
        tags.contains(&json!({ "Key": "environment", "Value": "dev" })),
        "{tags:?}"
    );
    assert_eq!(objections(&out), Vec::<String>::new());
}

#[test]
fn cloudformation_gets_the_rights_that_an_added_resource_needs() {
    let before = out(&predict_api());
    let after = out(&adding("AWS::SQS::Queue", json!({})));
    let rights = [before, after].map(|out| allowed(&out, "dev/permissions").contains("sqs:CreateQueue"));
    assert_eq!(rights, [false, true]);
}

#[test]
fn a_reference_into_another_stack_becomes_an_export_there_and_an_import_here() {
    let key = json!({ "Fn::GetAtt": ["network/EnvironmentKey", "Arn"] });
    let out = out(&adding("AWS::SQS::Queue", json!({ "KmsMasterKeyId": key })));
    let import = out.at("dev/service", "Own", "/KmsMasterKeyId")["Fn::ImportValue"]
        .as_str()
        .unwrap();
    let outputs = out.templates["dev/network"]["Outputs"].as_object().unwrap();
    assert!(
        outputs.values().any(|output| output["Export"]["Name"] == import),
        "{import}"
    );
    assert_eq!(objections(&out), Vec::<String>::new());
}

#[test]
fn a_reference_to_nothing_in_another_stack_is_refused() {
    let system = adding("AWS::SQS::Queue", json!({ "KmsMasterKeyId": { "Ref": "network/Kye" } }));
    let systems = synth::model::Systems::new(vec![system]).unwrap();
    let error = synth::render(systems.each().next().unwrap()).unwrap_err().to_string();
    assert!(error.contains("Kye"), "{error}");
}

#[test]
fn a_reference_to_nothing_in_the_same_stack_is_an_objection() {
    let out = out(&adding(
        "AWS::SQS::Queue",
        json!({ "KmsMasterKeyId": { "Ref": "Kye" } }),
    ));
    assert!(
        objections(&out)
            .iter()
            .any(|said| said.starts_with("dangling-reference")),
        "{:?}",
        objections(&out)
    );
}

#[test]
fn additions_that_aws_does_not_have_are_refused_with_their_field() {
    let said = [
        adding("AWS::SQS::Quue", json!({})),
        adding("AWS::SQS::Queue", json!({ "Name": "jobs" })),
        adding("AWS::SQS::Queue", json!([])),
        with(|system| {
            system.additions = vec![(
                None,
                synth::model::Stack::Data,
                adding("AWS::SQS::Queue", json!({})).additions.remove(0).2,
            )];
        }),
    ];
    insta::assert_snapshot!(said.map(alone::verdict).join("\n"), @"
    Addition.kind: `AWS::SQS::Quue` is not a type that AWS has; write `AWS::SQS::Queue`
    Addition.properties: `Name` is not a property of the type; leave it out: `AWS::SQS::Queue` has none of that name
    Addition.properties: `[]` is not an object; give properties by their names
    System.additions: `data` is not a stack of this system; use one of bootstrap, permissions, network, service, observability
    ");
}

#[test]
fn an_added_resource_gets_a_name_where_aws_would_make_up_one_that_tells_nothing() {
    let named = |kind: &str, property: &str| {
        let out = out(&adding(kind, json!({})));
        out.resource("dev/service", "Own")["Properties"][property].clone()
    };
    assert_eq!(
        named("AWS::SecretsManager::Secret", "Name"),
        "predict-api-dev-service-own"
    );
    assert_eq!(named("AWS::SSM::Parameter", "Name"), "predict-api-dev-service-own");
    assert_eq!(named("AWS::SQS::Queue", "QueueName"), Json::Null);
}

#[test]
fn an_added_resource_keeps_the_name_that_it_has() {
    let out = out(&adding("AWS::SecretsManager::Secret", json!({ "Name": "partner" })));
    assert_eq!(out.resource("dev/service", "Own")["Properties"]["Name"], "partner");
}

#[test]
fn added_resources_stand_beside_their_reasons() {
    let out = out(&adding("AWS::SQS::Queue", json!({})));
    let page = &out.rendered.files["out/predict-api/EXCEPTIONS.md"];
    assert!(page.contains("| `service`, everywhere | `Own` | `AWS::SQS::Queue` | a test |"));
}
