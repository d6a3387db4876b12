//! What pods may do on AWS: a role that EKS gives to the pods of one service account, and the secrets that it reads.

use std::collections::BTreeMap;

use crate::aws::{eks, iam, kms, secretsmanager};
use crate::model::{Reaches, Secret};
use crate::resources::place::Place;
use crate::resources::role::{reading_secrets, role};
use crate::template::{
    Conditions, Document, Error, Handle, LogicalId, Operator, Principal, Statement, Template, Value,
};

/// Trust in the pods of one service account of the cluster, as the session that EKS opens for them is tagged
/// (Amazon EKS user guide, "Create IAM role with trust policy required by EKS Pod Identity").
pub(super) fn trust(place: Place<'_>, (namespace, account): (&str, &str)) -> Statement {
    let is = |all: Conditions, key: &str, value: &str| {
        all.and(Operator::StringEquals, &format!("aws:RequestTag/{key}"), value)
    };
    let conditions = is(Conditions::none(), "eks-cluster-name", &place.prefix());
    let conditions = is(conditions, "kubernetes-namespace", namespace);
    let conditions = is(conditions, "kubernetes-service-account", account);
    Statement::allow("Pods", ["sts:AssumeRole", "sts:TagSession"], vec![])
        .to(Principal::service("pods.eks.amazonaws.com"))
        .when(conditions)
}

/// Where the operator of External Secrets runs, and as whom (External Secrets, "Getting started").
const EXTERNAL_SECRETS: (&str, &str) = ("external-secrets", "external-secrets");

pub(super) fn expand(place: Place<'_>, template: &mut Template, key: &Handle<kms::Key>) -> Result<(), Error> {
    let mut read: BTreeMap<bool, Vec<Value<String>>> = BTreeMap::new();
    for secret in place.system.secrets() {
        let made = self::secret(place, secret, key);
        let id = LogicalId::new(&secret.name, "Secret");
        let made = template.add_with(id, &made, place.holding_data())?;
        let by_name = secret.reaches == Reaches::ByName;
        read.entry(by_name).or_default().push(made.arn().text());
    }
    for (by_name, secrets) in read {
        let looks = Statement::allow("LookAtSecrets", ["secretsmanager:DescribeSecret"], secrets.clone());
        let reading = reading_secrets(secrets, key).into_iter();
        // The operator also asks what a secret is (External Secrets, "AWS Secrets Manager", "IAM Policy").
        let reading = reading.chain((!by_name).then_some(looks));
        let reads = vec![("read-secrets", Document::new(reading))];
        if by_name {
            let says = "What the pods of the service may do on AWS";
            let who = (place.system.namespace(), place.system.workload());
            reader(place, template, "pod", (says, who, reads))?;
        } else {
            let says = "Brings the secrets of the service into its namespace";
            reader(place, template, "sync", (says, EXTERNAL_SECRETS, reads))?;
        }
    }
    Ok(())
}

/// A secret without a value: a person gives it.
fn secret(place: Place<'_>, secret: &Secret, key: &Handle<kms::Key>) -> secretsmanager::Secret {
    let ours = || format!("What the pods of {} read; a person gives it", place.prefix());
    secretsmanager::Secret {
        description: Some(secret.description.clone().unwrap_or_else(ours).into()),
        kms_key_id: Some(key.arn().text().assume()),
        name: Some(place.system.secret(place.environment, secret).into()),
        ..secretsmanager::Secret::new()
    }
}

/// The role of the pods of one service account.
fn reader(
    place: Place<'_>,
    template: &mut Template,
    id: &str,
    (says, who, reads): (&str, (&str, &str), Vec<(&'static str, Document)>),
) -> Result<(), Error> {
    let role = role(place, says, trust(place, who), reads);
    give(place, template, (id, who), &role)
}

/// Gives a role to the pods of one service account.
pub(super) fn give(
    place: Place<'_>,
    template: &mut Template,
    (id, (namespace, account)): (&str, (&str, &str)),
    role: &iam::Role,
) -> Result<(), Error> {
    let role = template.add(LogicalId::new(id, "Role"), role)?;
    let cluster = Value::existing(place.prefix());
    let association = eks::PodIdentityAssociation::new(cluster, namespace, role.arn(), account);
    template.add(LogicalId::new(id, "IdentityAssociation"), &association)?;
    Ok(())
}
