//! What a user sets past the model: it is checked as ours is, and gets the rights that it needs.

use serde_json::{Value as Json, json};
use synth::model::{Addition, Change, Override, Policy, System};
use synth::systems::predict_api;

use super::{Out, out};
use crate::alone;

pub(super) fn with(change: impl FnOnce(&mut System)) -> System {
    let mut system = predict_api();
    change(&mut system);
    system
}

fn overriding(overrides: Vec<Override>) -> System {
    let all = overrides
        .into_iter()
        .map(|given| (None, synth::model::Stack::Service, given));
    with(|system| system.overrides = all.collect())
}

pub(super) fn adding(kind: &str, properties: Json) -> System {
    let addition = Addition {
        id: "Own".into(),
        kind: kind.into(),
        properties,
        reason: "a test".into(),
    };
    with(|system| system.additions = vec![(None, synth::model::Stack::Service, addition)])
}

/// What the checks object to, as errors.
pub(super) fn objections(out: &Out) -> Vec<String> {
    let findings = out.rendered.findings.iter();
    let errors = findings.filter(|finding| finding.level == synth::checks::Level::Error);
    errors
        .map(|finding| format!("{}: {}", finding.rule, finding.message))
        .collect()
}

/// The statements of the policies of a role that have this Sid.
pub(super) fn granted(out: &Out, role: &str, sid: &str) -> Json {
    let policies = out.at("dev/service", role, "/Policies").as_array().unwrap();
    let statements = policies
        .iter()
        .flat_map(|policy| policy["PolicyDocument"]["Statement"].as_array().unwrap());
    let found = statements.filter(|statement| statement["Sid"] == sid);
    found
        .map(|statement| json!([statement["Action"], statement["Resource"]]))
        .collect()
}

/// All that the policies of a role of a stack that a person deploys allow, as text.
pub(super) fn allowed(out: &Out, template: &str) -> String {
    out.templates[template]["Resources"].to_string()
}

#[test]
fn what_surrounds_properties_is_set_and_reads_before_them() {
    let system = overriding(vec![
        Override::new("ServiceLogGroup", Change::Deletion(Policy::Retain), "audit"),
        Override::new("ServiceLogGroup", Change::Replacement(Policy::Retain), "audit"),
        Override::new("ServiceLogGroup", Change::After(vec!["Cluster".into()]), "a test"),
    ]);
    let out = out(&system);
    let group = out.resource("dev/service", "ServiceLogGroup").as_object().unwrap();
    let parts: Vec<&str> = group.keys().map(String::as_str).collect();
    insta::assert_snapshot!(parts.join(" "), @"Type DependsOn DeletionPolicy UpdateReplacePolicy Metadata Properties");
    assert_eq!(group["DependsOn"], json!(["Cluster"]));
}

const PASSWORD: &str = "arn:aws:secretsmanager:us-east-1:111122223333:secret:partner-AbCdEf";

pub(super) fn secret(from: &Json) -> System {
    let item = json!({ "Name": "PARTNER", "ValueFrom": from });
    overriding(vec![Override::append(
        "TaskDefinition",
        "ContainerDefinitions.0.Secrets",
        item,
        "a test",
    )])
}

#[test]
fn a_secret_of_an_override_is_readable_by_the_execution_role_and_within_the_boundary() {
    let out = out(&secret(&json!(format!("{PASSWORD}:password::"))));
    assert_eq!(
        granted(&out, "ExecutionRole", "ReadOwn1"),
        json!([["secretsmanager:GetSecretValue", PASSWORD]])
    );
    assert!(allowed(&out, "dev/bootstrap").contains(PASSWORD));
    assert_eq!(objections(&out), Vec::<String>::new());
}

#[test]
fn an_added_secret_with_a_key_of_the_environment_is_readable_with_the_key() {
    let key = json!({ "Fn::GetAtt": ["network/EnvironmentKey", "Arn"] });
    let mut system = secret(&json!({ "Ref": "Own" }));
    system.additions = adding("AWS::SecretsManager::Secret", json!({ "KmsKeyId": key })).additions;
    let out = out(&system);
    let read = json!([["secretsmanager:GetSecretValue", { "Ref": "Own" }]]);
    assert_eq!(granted(&out, "ExecutionRole", "ReadOwn1"), read);
    let imported = out.at("dev/service", "Own", "/KmsKeyId").clone();
    assert_eq!(
        granted(&out, "ExecutionRole", "DecryptOwn1"),
        json!([["kms:Decrypt", imported]])
    );
    assert_eq!(objections(&out), Vec::<String>::new());
}

#[test]
fn a_parameter_of_an_override_is_readable_by_its_name() {
    let out = out(&secret(&json!("/partner/password")));
    let arn = "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/partner/password";
    let expected = json!([["ssm:GetParameters", { "Fn::Sub": arn }]]);
    assert_eq!(granted(&out, "ExecutionRole", "ReadOwn1"), expected);
}

#[test]
fn a_secret_that_is_none_is_refused_with_its_path() {
    let systems = synth::model::Systems::new(vec![secret(&json!(5))]).unwrap();
    let error = synth::render(systems.each().next().unwrap()).unwrap_err().to_string();
    insta::assert_snapshot!(error, @"predict-api-dev-service: override of `TaskDefinition` at `ContainerDefinitions.0.Secrets`: is not a secret: give its ARN, or a reference to it");
}

#[test]
fn a_shell_without_a_container_that_can_write_is_refused() {
    let system = overriding(vec![Override::set(
        "Service",
        "EnableExecuteCommand",
        json!(true),
        "a test",
    )]);
    insta::assert_snapshot!(alone::verdict(system), @"Override.change: `EnableExecuteCommand` needs a container that can write; override `ContainerDefinitions.0.ReadonlyRootFilesystem` of `TaskDefinition` with false, too");
}

#[test]
fn a_shell_gets_the_rights_that_carry_it() {
    let writes = "ContainerDefinitions.0.ReadonlyRootFilesystem";
    let out = out(&overriding(vec![
        Override::set("Service", "EnableExecuteCommand", json!(true), "a test"),
        Override::set("TaskDefinition", writes, json!(false), "a test"),
    ]));
    let granted = granted(&out, "TaskRole", "CarryShell").to_string();
    assert!(granted.contains("ssmmessages:OpenDataChannel"), "{granted}");
    assert!(allowed(&out, "dev/bootstrap").contains("ssmmessages:OpenDataChannel"));
}

#[test]
fn a_credential_in_an_override_is_refused() {
    let system = secret(&json!(format!("ghp_{}", "a1B2".repeat(10))));
    insta::assert_snapshot!(alone::verdict(system), @"Override.change: `TaskDefinition` has a value that looks like a credential; keep it in Secrets Manager, and refer to it");
}
