//! The key of an environment: it encrypts the database and its secrets, logs and notifications.

use super::log_group;
use super::place::Place;
use super::watch::topic;
use crate::aws::kms;
use crate::template::{Conditions, Document, Error, Handle, LogicalId, Operator, Policy, Principal, Settings};
use crate::template::{Statement, Template, pseudo, sub};

pub(crate) fn expand(place: Place<'_>, template: &mut Template) -> Result<Handle<kms::Key>, Error> {
    let what = match place.system.database() {
        Some(_) => "database, secrets, logs and notifications",
        None if place.system.node_group().is_some() => "secrets, logs, notifications and disks of machines",
        None if place.system.kubernetes().is_some() => "secrets, logs and notifications",
        None => "logs and notifications",
    };
    let key = kms::Key {
        description: Some(format!("Encrypts the {what} of {}", place.prefix()).into()),
        enable_key_rotation: Some(true.into()),
        key_policy: Some(policy(place).into()),
        pending_window_in_days: Some(if place.keeps() { 30 } else { 7 }.into()),
        ..kms::Key::new()
    };
    // The last snapshot of a database is encrypted with it, and outlives every stack.
    let settings = if place.keeps() || place.system.database().is_some() {
        Settings::keep(Policy::Retain)
    } else {
        Settings::keep(Policy::Delete)
    };
    let key = template.add_with(LogicalId::new("environment", "Key"), &key, settings)?;
    let alias = kms::Alias::new(format!("alias/{}", place.prefix()), key.id());
    template.add(LogicalId::new("environment", "KeyAlias"), &alias)?;
    Ok(key)
}

/// Who may use the key, and for what.
fn policy(place: Place<'_>) -> Document {
    let everything = || vec!["*".into()];
    let root = sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root", &[]);
    let arn = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${name}";
    let logs = log_group::all(place)
        .into_iter()
        .map(|name| sub(arn, &[("name", &name)]));
    // In a key's policy `*` is this key, and without the first statement nobody could ever change the policy again
    // (AWS KMS developer guide, "Default key policy").
    let mut statements = vec![
        Statement::allow("Account", ["kms:*"], everything()).to(Principal::Aws(vec![root])),
        Statement::allow(
            "Logs",
            [
                "kms:Decrypt*",
                "kms:Describe*",
                "kms:Encrypt*",
                "kms:GenerateDataKey*",
                "kms:ReEncrypt*",
            ],
            everything(),
        )
        .to(Principal::Service(vec![sub("logs.${AWS::Region}.amazonaws.com", &[])]))
        .when(Conditions::none().and_any(
            Operator::ArnLike,
            "kms:EncryptionContext:aws:logs:arn",
            logs.collect(),
        )),
        // Alarms cannot publish to a topic that is encrypted with AWS's own key, whose policy cannot say this.
        Statement::allow("Alarms", ["kms:Decrypt", "kms:GenerateDataKey*"], everything())
            .to(Principal::service("cloudwatch.amazonaws.com"))
            .when(Conditions::none().and(Operator::StringEquals, "aws:SourceAccount", pseudo::account())),
    ];
    statements.extend(topic::encrypting(place));
    if place.system.node_group().is_some() {
        statements.extend(disks());
    }
    Document::new(statements)
}

/// What makes machines encrypts their disks with its own role of the account, which must be there before the key (Amazon
/// EC2 Auto Scaling user guide, "Required AWS KMS key policy for use with encrypted volumes").
fn disks() -> [Statement; 2] {
    let role = "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/aws-service-role/autoscaling.amazonaws.com/\
                AWSServiceRoleForAutoScaling";
    let whom = || Principal::Aws(vec![sub(role, &[])]);
    let uses = [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey*",
        "kms:ReEncrypt*",
    ];
    let only = Conditions::none().and(Operator::Bool, "kms:GrantIsForAWSResource", "true");
    [
        Statement::allow("Disks", uses, vec!["*".into()]).to(whom()),
        Statement::allow("DisksOfMachines", ["kms:CreateGrant"], vec!["*".into()])
            .to(whom())
            .when(only),
    ]
}
