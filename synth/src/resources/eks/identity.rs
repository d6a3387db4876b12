//! What pods may do on AWS: a role that EKS gives to the pods of one service account, and the secrets that it reads.

use crate::aws::{eks, kms, secretsmanager};
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

pub(super) fn expand(place: Place<'_>, template: &mut Template, key: &Handle<kms::Key>) -> Result<(), Error> {
    let mut secrets: Vec<Value<String>> = Vec::new();
    for secret in place.system.secrets() {
        let name = place.named(&secret.name);
        let resource = secretsmanager::Secret {
            description: Some(format!("What the pods of {} read; a person gives it", place.prefix()).into()),
            kms_key_id: Some(key.arn().text().assume()),
            name: Some(name.into()),
            ..secretsmanager::Secret::new()
        };
        let id = LogicalId::new(&secret.name, "Secret");
        secrets.push(template.add_with(id, &resource, place.holding_data())?.arn().text());
    }
    if secrets.is_empty() {
        return Ok(());
    }
    let account = place.system.name.as_str();
    let who = (place.system.namespace(), account);
    let reads = vec![("read-secrets", Document::new(reading_secrets(secrets, key)))];
    let role = role(
        place,
        "What the pods of the service may do on AWS",
        trust(place, who),
        reads,
    );
    let role = template.add(LogicalId::new("pod", "Role"), &role)?;
    let cluster = Value::existing(place.prefix());
    let association = eks::PodIdentityAssociation::new(cluster, who.0, role.arn(), account);
    template.add(LogicalId::new("pod", "IdentityAssociation"), &association)?;
    Ok(())
}
