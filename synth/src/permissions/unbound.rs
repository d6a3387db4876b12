//! What IAM cannot bind to one environment.

use std::collections::{BTreeMap, BTreeSet};

use super::scope::{self, Scope};
use super::{Grant, needs};
use crate::schema::iam::{self, Action, Level, ResourceKind, Service};

/// Actions that a role may do on what another environment in the same account has, as IAM has no way to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unbound {
    /// Why, in a sentence.
    pub why: String,
    /// The actions, such as `ecs:DeregisterTaskDefinition`.
    pub actions: BTreeSet<String>,
    /// On what: ARNs with wildcards, or `*`.
    pub resources: BTreeSet<String>,
}

/// Why tagging is not bound to what this environment makes.
const TAKES: &str = "what has no such tags yet can be given them: CloudFormation tags some things after it has made \
                     them. What another environment has is tagged, and out of reach";

/// What grants allow beyond their environment: writing, tagging, changing permissions and reading what is kept. Reading
/// how something is set up is no part of it.
#[must_use]
pub fn unbound(scope: &Scope, grants: &[Grant]) -> Vec<Unbound> {
    let mut found: BTreeMap<String, Unbound> = BTreeMap::new();
    for grant in grants {
        for action in grant.actions.iter().filter(|action| matters(action)) {
            let known = iam::action(action);
            for resource in &grant.resources {
                let kind = known.and_then(|(service, action)| scope::kind(service, action, resource));
                if !acts_on(known, kind, resource) || scope.holds_kind(grant, kind, resource) {
                    continue;
                }
                let why = if scope.claims(grant) {
                    TAKES.to_owned()
                } else {
                    why(scope, grants, grant, action, resource)
                };
                let entry = found.entry(why.clone()).or_insert_with(|| Unbound {
                    why,
                    ..Unbound::default()
                });
                entry.actions.insert(action.clone());
                entry.resources.insert(resource.clone());
            }
        }
    }
    for (actions, why) in UNSEEN {
        for grant in grants {
            let allowed = actions.iter().filter(|action| grant.actions.contains(**action));
            for action in allowed {
                let entry = found.entry(why.to_owned()).or_insert_with(|| Unbound {
                    why: why.to_owned(),
                    ..Unbound::default()
                });
                entry.actions.insert((*action).to_owned());
                entry.resources.extend(grant.resources.iter().cloned());
            }
        }
    }
    found.into_values().collect()
}

/// Whether an action takes such a resource: a statement has actions side by side that take different ones.
fn acts_on(action: Option<(&Service, &Action)>, kind: Option<&ResourceKind>, resource: &str) -> bool {
    resource == "*" || kind.is_some() || action.is_none_or(|(_, action)| action.resources.is_empty())
}

/// What IAM does not look at when it allows an action, and what stands in between.
const UNSEEN: [(&[&str], &str); 5] = [
    (
        &["iam:CreateRole"],
        "IAM does not look at whom a new role trusts; whoever takes it stays inside the boundary of this environment",
    ),
    (
        &[
            "ecs:CreateService",
            "ecs:RunTask",
            "ecs:UpdateService",
            "elasticloadbalancing:CreateLoadBalancer",
            "elasticloadbalancing:SetSecurityGroups",
            "elasticloadbalancing:SetSubnets",
            "rds:CreateDBInstance",
            "rds:ModifyDBInstance",
        ],
        "IAM does not look at whose subnets, security groups and target groups are named: what is placed there has the \
         rights and the keys of this environment alone",
    ),
    (
        &["ecs:RegisterTaskDefinition"],
        "ECS asks for it on `*`: a revision of another's family can be registered, and nobody there runs it",
    ),
    (
        &["cloudformation:CreateChangeSet"],
        "a template can read what another stack of the account exports: ids and names, no rights",
    ),
    (
        &["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:PutImage"],
        "a system has one registry, so that what runs in one environment is what ran in the one before",
    ),
];

/// Whether an action changes something or shows what is kept.
pub(super) fn matters(action: &str) -> bool {
    match iam::action(action) {
        Some((service, known)) => match known.level {
            Some(Level::List) => false,
            Some(Level::Read) => shows_data(service.prefix, &known.name),
            _ => true,
        },
        None => true,
    }
}

/// Whether an action that reads shows more than settings: secrets, rows, objects, messages, logs.
fn shows_data(service: &str, name: &str) -> bool {
    match service {
        "secretsmanager" => name == "GetSecretValue" || name == "BatchGetSecretValue",
        "ssm" => name.starts_with("GetParameter"),
        "s3" => name.starts_with("GetObject"),
        "dynamodb" => [
            "BatchGetItem",
            "GetItem",
            "GetRecords",
            "PartiQLSelect",
            "Query",
            "Scan",
        ]
        .contains(&name),
        "logs" => [
            "FilterLogEvents",
            "GetLogEvents",
            "GetLogRecord",
            "GetQueryResults",
            "StartQuery",
            "StartLiveTail",
        ]
        .contains(&name),
        "sqs" => name == "ReceiveMessage",
        "kinesis" => name == "GetRecords",
        "ecr" => ["BatchGetImage", "GetDownloadUrlForLayer"].contains(&name),
        _ => false,
    }
}

fn why(scope: &Scope, grants: &[Grant], grant: &Grant, action: &str, resource: &str) -> String {
    if let Some(why) = grant.needed_by.iter().find_map(|kind| needs::anywhere(kind, action)) {
        return why.to_owned();
    }
    let Some((service, known)) = iam::action(action) else {
        return "IAM's own reference does not know the action".to_owned();
    };
    if resource == "*" && known.resources.is_empty() {
        return "IAM takes neither a resource nor a tag for it".to_owned();
    }
    let kind = scope::kind(service, known, resource);
    let why = match kind {
        Some(kind) if kind.conditions.iter().any(|key| key.starts_with("aws:ResourceTag/")) => {
            let kind = kind.name.trim_end_matches('/');
            format!("what it acts on has no tags of ours (`{kind}` of `{}`)", service.prefix)
        }
        _ => "IAM has no condition for it that tells environments apart".to_owned(),
    };
    let asked = |other: &&String| {
        let mut of_other = grants.iter().filter(|grant| grant.actions.contains(*other)).peekable();
        let holds = |grant: &Grant| {
            grant
                .resources
                .iter()
                .all(|resource| scope.holds(grant, iam::action(other), resource))
        };
        of_other.peek().is_some() && of_other.all(holds)
    };
    let besides: Vec<_> = known
        .depends_on
        .iter()
        .filter(asked)
        .map(|other| format!("`{other}`"))
        .collect();
    match besides.as_slice() {
        [] => why,
        besides => format!("{why}; AWS asks for {} besides, which is bound", besides.join(" and ")),
    }
}
