//! Policies as IAM evaluates them, written from its documentation and not from what computes them.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use synth::schema::iam;

use super::condition::{Condition, Context, Holds, texts};
use super::pattern::Pattern;

/// What somebody asks for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request<'a> {
    /// Such as `ec2:CreateSubnet`.
    pub(super) action: &'a str,
    /// An ARN, or `*` for an action that takes none.
    pub(super) resource: &'a str,
    pub(super) context: &'a Context,
}

/// A statement without functions.
#[derive(Debug)]
pub(super) struct Statement {
    /// Its `Sid`.
    pub(super) name: String,
    denies: bool,
    /// In lower case, which IAM does not look at.
    actions: Vec<Pattern>,
    all_actions_but: bool,
    resources: Vec<Pattern>,
    all_resources_but: bool,
    pub(super) conditions: Vec<Condition>,
}

impl Statement {
    fn new(json: &Json) -> Self {
        let (actions, all_actions_but) = either(json, "Action", "NotAction");
        let (resources, all_resources_but) = either(json, "Resource", "NotResource");
        let lower = actions.iter().map(|action| Pattern::new(&action.to_ascii_lowercase()));
        Self {
            name: json["Sid"].as_str().unwrap_or("a statement without a name").to_owned(),
            denies: json["Effect"] == "Deny",
            actions: lower.collect(),
            all_actions_but,
            resources: resources.iter().map(|resource| Pattern::new(resource)).collect(),
            all_resources_but,
            conditions: Condition::all(&json["Condition"]),
        }
    }

    /// Whether it speaks of an action, which is in lower case.
    fn speaks_of(&self, action: &str) -> bool {
        self.actions.iter().any(|pattern| pattern.covers(action)) != self.all_actions_but
    }

    /// The actions of all services that it speaks of, in lower case.
    fn names(&self) -> Vec<String> {
        let written = |pattern: &Pattern| !self.all_actions_but && !pattern.text().contains(['*', '?']);
        let (written, patterns): (Vec<_>, Vec<_>) = self.actions.iter().partition(|pattern| written(pattern));
        let mut names: Vec<String> = written.iter().map(|pattern| pattern.text().to_owned()).collect();
        if !patterns.is_empty() {
            for service in iam::prefixes().filter_map(iam::service) {
                let all = service.actions.iter();
                let all = all.map(|action| format!("{}:{}", service.prefix, action.name.to_ascii_lowercase()));
                names.extend(all.filter(|action| self.speaks_of(action)));
            }
        }
        names
    }

    fn applies(&self, request: Request<'_>) -> Holds {
        if self.resources.iter().any(|pattern| pattern.covers(request.resource)) == self.all_resources_but {
            return Holds::Never;
        }
        let conditions = self.conditions.iter().map(|one| one.holds(request.context));
        conditions.min().unwrap_or(Holds::Always)
    }
}

/// What stands under one of two names, and whether it is the second.
fn either(json: &Json, name: &str, other: &str) -> (Vec<String>, bool) {
    match (json.get(name), json.get(other)) {
        (Some(these), None) => (texts(these), false),
        (None, Some(all_but)) => (texts(all_but), true),
        _ => panic!("a statement has either `{name}` or `{other}`: {json}"),
    }
}

/// The statements of one policy or of several together.
#[derive(Debug, Default)]
pub(super) struct Policy {
    pub(super) statements: Vec<Statement>,
    /// The statements that speak of an action, by its name in lower case.
    of: BTreeMap<String, Vec<usize>>,
}

impl Policy {
    /// From documents without functions.
    pub(super) fn new<'a>(documents: impl IntoIterator<Item = &'a Json>) -> Self {
        let statements = documents.into_iter().flat_map(|document| match &document["Statement"] {
            Json::Array(several) => several.iter().map(Statement::new).collect(),
            one => vec![Statement::new(one)],
        });
        let mut policy = Self {
            statements: statements.collect(),
            of: BTreeMap::new(),
        };
        for (index, statement) in policy.statements.iter().enumerate() {
            for action in statement.names() {
                let found = policy.of.entry(action).or_default();
                if found.last() != Some(&index) {
                    found.push(index);
                }
            }
        }
        policy
    }

    /// The actions that it may allow on something, in lower case.
    pub(super) fn actions(&self) -> impl Iterator<Item = &str> {
        let allows = |statements: &[usize]| statements.iter().any(|index| !self.statements[*index].denies);
        self.of
            .iter()
            .filter(move |(_, statements)| allows(statements))
            .map(|(action, _)| action.as_str())
    }

    /// The statement by which a request is allowed, if it is or if the caller can make it so.
    pub(super) fn allows(&self, request: Request<'_>) -> Option<&Statement> {
        let found = self.of.get(&request.action.to_ascii_lowercase())?;
        let statements = || found.iter().map(|index| &self.statements[*index]);
        if statements().any(|one| one.denies && one.applies(request) == Holds::Always) {
            return None;
        }
        statements().find(|one| !one.denies && one.applies(request) != Holds::Never)
    }
}

/// Somebody with policies.
#[derive(Debug)]
pub(super) struct Principal {
    /// What it is called in a report.
    pub(super) name: String,
    pub(super) arn: String,
    pub(super) identity: Policy,
    pub(super) boundary: Option<Policy>,
}

impl Principal {
    /// Its name without the environment: `deploy`, or `service/TaskRole`.
    pub(super) fn short(&self) -> String {
        let name = self.name.rsplit_once('/').map_or_else(
            || self.name.clone(),
            |(stack, id)| format!("{}/{id}", stack.rsplit('-').next().unwrap()),
        );
        name.replace("cloudformation", "execution")
    }

    /// The statement of its own policies by which a request is allowed; the boundary has to allow it too.
    pub(super) fn allows(&self, request: Request<'_>) -> Option<&Statement> {
        let own = self.identity.allows(request)?;
        let within = self
            .boundary
            .as_ref()
            .is_none_or(|boundary| boundary.allows(request).is_some());
        within.then_some(own)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::super::condition::Context;
    use super::{Policy, Principal, Request};

    fn policy(statements: &Json) -> Policy {
        Policy::new([&json!({ "Version": "2012-10-17", "Statement": statements })])
    }

    fn allow(action: &str, resource: &str) -> Json {
        json!({ "Effect": "Allow", "Action": action, "Resource": resource })
    }

    fn allowed(policy: &Policy, action: &str, resource: &str) -> bool {
        let context = &Context::default();
        policy
            .allows(Request {
                action,
                resource,
                context,
            })
            .is_some()
    }

    #[test]
    fn nothing_is_allowed_that_no_statement_allows() {
        let policy = policy(&allow("s3:GetObject", "arn:aws:s3:::logs/*"));
        assert!(allowed(&policy, "s3:GetObject", "arn:aws:s3:::logs/a/b"));
        assert!(!allowed(&policy, "s3:PutObject", "arn:aws:s3:::logs/a"));
        assert!(!allowed(&policy, "s3:GetObject", "arn:aws:s3:::Logs/a"));
    }

    #[test]
    fn the_case_of_an_action_does_not_matter() {
        let policy = policy(&allow("S3:getobject*", "*"));
        assert!(allowed(&policy, "s3:GetObjectTagging", "arn:aws:s3:::logs/a"));
        assert!(!allowed(&policy, "s3:Get", "arn:aws:s3:::logs/a"));
    }

    #[test]
    fn a_denial_wins() {
        let denial = json!({ "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::secret/*" });
        let policy = policy(&json!([allow("s3:GetObject", "*"), denial]));
        assert!(allowed(&policy, "s3:GetObject", "arn:aws:s3:::logs/a"));
        assert!(!allowed(&policy, "s3:GetObject", "arn:aws:s3:::secret/a"));
    }

    #[test]
    fn a_denial_that_the_caller_can_avoid_does_not_help() {
        let denial =
            |condition: Json| json!({ "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": condition });
        let asked = |condition: Json| {
            let context = Context::default()
                .with("aws:ResourceTag/environment", ["prod"])
                .open_but([]);
            let policy = policy(&json!([allow("kms:Decrypt", "*"), denial(condition)]));
            policy
                .allows(Request {
                    action: "kms:Decrypt",
                    resource: "*",
                    context: &context,
                })
                .is_some()
        };
        assert!(asked(json!({ "StringNotEquals": { "kms:ViaService": "rds" } })));
        assert!(!asked(
            json!({ "StringNotEquals": { "aws:ResourceTag/environment": "dev" } })
        ));
    }

    #[test]
    fn all_but_some_is_all_but_those() {
        let statement = json!({ "Effect": "Allow", "NotAction": "iam:*", "NotResource": "arn:aws:s3:::secret" });
        let policy = policy(&statement);
        assert!(allowed(&policy, "s3:ListBucket", "arn:aws:s3:::logs"));
        assert!(!allowed(&policy, "iam:CreateUser", "arn:aws:iam::1:user/a"));
        assert!(!allowed(&policy, "s3:ListBucket", "arn:aws:s3:::secret"));
    }

    #[test]
    fn a_boundary_allows_nothing_and_takes_away() {
        let principal = |boundary: Option<Json>| Principal {
            name: "role".into(),
            arn: String::new(),
            identity: policy(&allow("s3:*", "*")),
            boundary: boundary.map(|boundary| policy(&boundary)),
        };
        let asks = |principal: Principal, action: &str| {
            let context = &Context::default();
            principal
                .allows(Request {
                    action,
                    resource: "arn:aws:s3:::logs/a",
                    context,
                })
                .is_some()
        };
        let boundary = || Some(json!([allow("s3:GetObject", "*"), allow("iam:*", "*")]));
        assert!(asks(principal(None), "s3:PutObject"));
        assert!(asks(principal(boundary()), "s3:GetObject"));
        assert!(!asks(principal(boundary()), "s3:PutObject"));
        assert!(!asks(principal(boundary()), "iam:CreateUser"));
    }

    #[test]
    fn an_action_on_anything_takes_a_policy_on_anything() {
        assert!(allowed(
            &policy(&allow("ec2:DescribeVpcs", "*")),
            "ec2:DescribeVpcs",
            "*"
        ));
        assert!(!allowed(
            &policy(&allow("ec2:DescribeVpcs", "arn:aws:ec2:*")),
            "ec2:DescribeVpcs",
            "*"
        ));
    }
}
