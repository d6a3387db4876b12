//! What pods may do on AWS: a role that EKS gives to the pods of one service account, and the secrets that it reads.

use std::collections::BTreeMap;

use crate::aws::{eks, iam, kms, secretsmanager};
use crate::model::{Environment, Identity, Reaches, Secret, System};
use crate::resources::place::Place;
use crate::resources::role::{reading_secrets, role};
use crate::template::{
    Conditions, Document, Error, Handle, LogicalId, Node, Operator, Principal, Statement, Template, Value,
};

/// Who says whose pod it is that asks for a role.
#[derive(Clone, Copy)]
pub(super) enum Says<'a> {
    /// EKS.
    Eks,
    /// The cluster, as the account knows it.
    Cluster(&'a Handle<iam::OidcProvider>),
}

impl<'a> Says<'a> {
    /// The cluster, if the account takes what it signs.
    pub(super) fn of(provider: Option<&'a Handle<iam::OidcProvider>>) -> Self {
        provider.map_or(Self::Eks, Self::Cluster)
    }
}

/// For whom the tokens are that the account takes from a cluster.
const AUDIENCE: &str = "sts.amazonaws.com";

/// The cluster as somebody whose tokens the account takes, if its pods come so by their roles. AWS looks at the certificate of
/// the issuer itself, so that it needs no thumbprint (Amazon EKS user guide, "Create an IAM OIDC provider for your cluster").
pub(super) fn provider(
    place: Place<'_>,
    template: &mut Template,
    cluster: &Handle<eks::Cluster>,
) -> Result<Option<Handle<iam::OidcProvider>>, Error> {
    if place.system.identity() != Some(Identity::Signed) {
        return Ok(None);
    }
    let provider = iam::OidcProvider {
        client_id_list: Some([AUDIENCE].into()),
        url: Some(cluster.open_id_connect_issuer_url()),
        ..iam::OidcProvider::new()
    };
    Ok(Some(
        template.add(LogicalId::new("cluster", "IdentityProvider"), &provider)?,
    ))
}

/// A role that the pods of one service account have, and nobody else.
pub(super) fn of_pods(
    place: Place<'_>,
    (says, who): (Says<'_>, (&str, &str)),
    description: &str,
    policies: Vec<(&str, Document)>,
) -> iam::Role {
    match says {
        Says::Eks => role(place, description, handed_out(place, who), policies),
        Says::Cluster(provider) => iam::Role {
            assume_role_policy_document: signed(provider, who),
            ..role(place, description, Statement::default(), policies)
        },
    }
}

/// Trust in what the cluster signed for one service account (Amazon EKS user guide, "Assign IAM roles to Kubernetes service
/// accounts"). The issuer stands in the keys of the conditions, so that all of it is a text: it is the end of the ARN.
fn signed(provider: &Handle<iam::OidcProvider>, (namespace, account): (&str, &str)) -> Value<Node> {
    let provider = provider.arn().text();
    let issuer = Value::<String>::select(1, &Value::split("oidc-provider/", &provider));
    let is = |all: Conditions, claim: &str, value: &str| {
        all.and(Operator::StringEquals, &format!("${{issuer}}:{claim}"), value)
    };
    let conditions = is(Conditions::none(), "aud", AUDIENCE);
    let conditions = is(
        conditions,
        "sub",
        &format!("system:serviceaccount:{namespace}:{account}"),
    );
    let trust = Statement::allow("Pods", ["sts:AssumeRoleWithWebIdentity"], vec![])
        .to(Principal::Federated(provider))
        .when(conditions);
    Document::new([trust]).text(&[("issuer", &issuer)]).assume()
}

/// Trust in the pods of one service account of the cluster, as the session that EKS opens for them is tagged
/// (Amazon EKS user guide, "Create IAM role with trust policy required by EKS Pod Identity").
fn handed_out(place: Place<'_>, (namespace, account): (&str, &str)) -> Statement {
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

/// The names of the roles that pods have of whom the manifests speak.
const POD: &str = "pod";
const SYNC: &str = "sync";

/// The ARN of the role that its service account names, where the cluster signs for it.
fn named(system: &System, environment: &Environment, id: &str) -> Option<String> {
    let signed = system.identity() == Some(Identity::Signed);
    signed.then(|| environment.account().role(&system.named(environment, id)))
}

/// That of the pods of the service, if they have one.
pub(crate) fn of_service(system: &System, environment: &Environment) -> Option<String> {
    let reads = system.secrets_that(Reaches::ByName).next().is_some();
    named(system, environment, POD).filter(|_| reads)
}

/// Whoever brings secrets into the namespace, and the role that he has. Nothing runs as this account: External Secrets asks
/// for its token.
pub(crate) fn of_secrets(system: &System, environment: &Environment) -> Option<(String, String)> {
    Some((
        format!("{}-secrets", system.workload()),
        named(system, environment, SYNC)?,
    ))
}

/// That of an operator.
pub(crate) fn of_operator(system: &System, environment: &Environment, id: &str) -> Option<String> {
    named(system, environment, id)
}

pub(super) fn expand(
    place: Place<'_>,
    template: &mut Template,
    (key, asked): (&Handle<kms::Key>, Says<'_>),
) -> Result<(), Error> {
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
            reader(place, template, (POD, asked), (says, who, reads))?;
        } else {
            let says = "Brings the secrets of the service into its namespace";
            let own = of_secrets(place.system, place.environment);
            let own = own
                .as_ref()
                .map(|(account, _)| (place.system.namespace(), account.as_str()));
            reader(
                place,
                template,
                (SYNC, asked),
                (says, own.unwrap_or(EXTERNAL_SECRETS), reads),
            )?;
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
    (id, asked): (&str, Says<'_>),
    (says, who, reads): (&str, (&str, &str), Vec<(&'static str, Document)>),
) -> Result<(), Error> {
    let role = of_pods(place, (asked, who), says, reads);
    give(place, template, (id, asked, who), role)
}

/// Gives a role to the pods of one service account. Where the cluster signs for it, the account itself names the role, which
/// has a name for that.
pub(super) fn give(
    place: Place<'_>,
    template: &mut Template,
    (id, says, (namespace, account)): (&str, Says<'_>, (&str, &str)),
    role: iam::Role,
) -> Result<(), Error> {
    if let Says::Cluster(_) = says {
        let role = iam::Role {
            role_name: Some(place.named(id).into()),
            ..role
        };
        template.add(LogicalId::new(id, "Role"), &role)?;
        return Ok(());
    }
    let role = template.add(LogicalId::new(id, "Role"), &role)?;
    let cluster = Value::existing(place.prefix());
    let association = eks::PodIdentityAssociation::new(cluster, namespace, role.arn(), account);
    template.add(LogicalId::new(id, "IdentityAssociation"), &association)?;
    Ok(())
}

/// An add-on whose pods have a role.
pub(super) fn of_addon(says: Says<'_>, (role, account): (&Handle<iam::Role>, &str), addon: eks::Addon) -> eks::Addon {
    match says {
        Says::Eks => eks::Addon {
            pod_identity_associations: Some([eks::AddonPodIdentityAssociation::new(role.arn(), account)].into()),
            ..addon
        },
        Says::Cluster(_) => eks::Addon {
            service_account_role_arn: Some(role.arn()),
            ..addon
        },
    }
}
