//! Roles of services of AWS: whom they trust, and the boundary around what they may do.

use super::place::Place;
use crate::aws::{iam, kms};
use crate::model::{Environment, System};
use crate::template::{Arn, Conditions, Document, Handle, LogicalId, Operator, Statement, Value, pseudo, sub};

/// The conditions under which a service of AWS may act for us: only for this account, only from there. Without them
/// another account could make the service use our role (IAM user guide, "The confused deputy problem").
pub(crate) fn only_from(source: &Value<String>) -> Conditions {
    Conditions::none()
        .and(Operator::StringEquals, "aws:SourceAccount", pseudo::account())
        .and(Operator::ArnLike, "aws:SourceArn", source)
}

/// The same for a service that AWS does not say it of: whether it tells for whom it acts is not documented, and a condition
/// on what it does not tell would keep it out (Amazon ECS developer guide, "Amazon ECS infrastructure IAM role for load
/// balancers"; AWS CodeDeploy user guide, "Create a service role"). If it tells, it must be this account.
pub(crate) fn only_for_this_account() -> Conditions {
    Conditions::none().and(Operator::StringEqualsIfExists, "aws:SourceAccount", pseudo::account())
}

/// Secrets Manager, as a condition names the service that uses a key.
pub(crate) const SECRETS_MANAGER: &str = "secretsmanager.${AWS::Region}.amazonaws.com";

/// To read these secrets, all encrypted with one key, and nothing else.
pub(crate) fn reading_secrets(secrets: Vec<Value<String>>, key: &Handle<kms::Key>) -> [Statement; 2] {
    let only = Conditions::none().and(Operator::StringEquals, "kms:ViaService", sub(SECRETS_MANAGER, &[]));
    [
        Statement::allow("ReadSecrets", ["secretsmanager:GetSecretValue"], secrets),
        Statement::allow("Decrypt", ["kms:Decrypt"], vec![key.arn().text()]).when(only),
    ]
}

/// A role inside the environment's permissions boundary.
pub(crate) fn role(
    place: Place<'_>,
    description: &str,
    trust: Statement,
    policies: Vec<(&str, Document)>,
) -> iam::Role {
    let policies = policies
        .into_iter()
        .map(|(name, document)| iam::Policy::new(document, name));
    let policies: Vec<_> = policies.collect();
    iam::Role {
        description: Some(description.into()),
        permissions_boundary: Some(Boundary::Rest.of(place)),
        policies: (!policies.is_empty()).then(|| policies.into()),
        ..iam::Role::new(Document::new([trust]))
    }
}

/// The boundaries that the bootstrap stack makes: no role of the system can do more, whoever writes its policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Boundary {
    /// That of all roles that have no other.
    Rest,
    /// That of a cluster, which starts machines and makes load balancers, as nothing else may.
    Cluster,
    /// That of what runs in a cluster for others: its network plug-in, and its operators.
    Operators,
}

impl Boundary {
    /// Those that roles of a system have.
    #[must_use]
    pub fn all(system: &System) -> &'static [Self] {
        if system.node_group().is_some() || system.checks_signatures() {
            &[Self::Rest, Self::Cluster, Self::Operators]
        } else if system.kubernetes().is_some() {
            &[Self::Rest, Self::Cluster]
        } else {
            &[Self::Rest]
        }
    }

    /// What the name of its policy ends with.
    fn end(self) -> &'static str {
        match self {
            Self::Rest => "boundary",
            Self::Cluster => "cluster-boundary",
            Self::Operators => "operators-boundary",
        }
    }

    /// The logical id of its policy.
    pub(crate) fn id(self) -> LogicalId {
        match self {
            Self::Rest => LogicalId::new("", "Boundary"),
            Self::Cluster => LogicalId::new("cluster", "Boundary"),
            Self::Operators => LogicalId::new("operators", "Boundary"),
        }
    }

    /// The name of its policy.
    pub(crate) fn name(self, place: Place<'_>) -> String {
        place.named(self.end())
    }

    /// Whose the most is that it says.
    pub(crate) fn whose(self) -> &'static str {
        match self {
            Self::Rest => "a role",
            Self::Cluster => "the role of the cluster",
            Self::Operators => "an operator of the cluster",
        }
    }

    /// Its ARN, as `Fn::Sub` takes it.
    #[must_use]
    pub fn arn(self, system: &System, environment: &Environment) -> String {
        let name = self.name(Place { system, environment });
        format!("arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:policy/{name}")
    }

    /// It, for a role.
    pub(crate) fn of(self, place: Place<'_>) -> Value<Arn<iam::ManagedPolicy>> {
        sub(&self.arn(place.system, place.environment), &[]).assume()
    }
}
