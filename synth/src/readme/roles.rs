//! Who may do what: every role, whom it trusts, and each of its statements with what needs it.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use super::words::{cell, code, each, list};
use super::{Site, Whole};
use crate::model::Account;
use crate::permissions::{self, Policy};

/// The roles by environment.
#[derive(Serialize)]
pub(super) struct View {
    no_resource_level: &'static str,
    chosen_by_aws: &'static str,
    environments: Vec<Environment>,
}

#[derive(Serialize)]
struct Environment {
    name: String,
    roles: Vec<Role>,
}

#[derive(Serialize)]
struct Role {
    name: String,
    stack: String,
    about: String,
    trusts: Vec<String>,
    policies: String,
    statements: Vec<Statement>,
}

#[derive(Serialize)]
struct Statement {
    sid: String,
    actions: String,
    resources: String,
    why: String,
}

pub(super) fn view(whole: &Whole<'_>) -> View {
    let environments = whole.sites.iter().map(|site| Environment {
        name: site.name().to_owned(),
        roles: roles(site),
    });
    View {
        no_resource_level: permissions::NO_RESOURCE_LEVEL,
        chosen_by_aws: permissions::CHOSEN_BY_AWS,
        environments: environments.collect(),
    }
}

fn roles(site: &Site<'_>) -> Vec<Role> {
    let mut roles = Vec::new();
    for part in &site.parts {
        for (id, resource) in super::words::resources(&part.template) {
            let account = &site.environment.account;
            let stack = &part.entry.stack;
            match resource["Type"].as_str() {
                Some("AWS::IAM::Role") => roles.push(role(account, site, (id, stack), &resource["Properties"])),
                Some("AWS::IAM::ManagedPolicy") if id == "Boundary" => {
                    roles.push(boundary(account, site, stack, &resource["Properties"]));
                }
                // The first of them stands for all.
                Some("AWS::IAM::ManagedPolicy") if id == "Reading1Policy" => {
                    roles.push(reading(account, site, stack));
                }
                _ => {}
            }
        }
    }
    roles
}

/// What the computed roles may do is told by the computation, which knows what needs it; what others may do, by their
/// templates.
fn role(account: &Account, site: &Site<'_>, (id, stack): (&str, &str), role: &Json) -> Role {
    let computed: &[Policy] = match (stack, id) {
        ("permissions", "CloudformationRole") => &site.access.execution,
        ("bootstrap", "DeployRole") => &site.access.deploy.policies,
        ("bootstrap", "PublishRole") => &site.access.publish.policies,
        ("bootstrap", "ReviewRole") => &site.access.review.policies,
        ("bootstrap", "VerifyRole") => &site.access.verify.policies,
        _ => &[],
    };
    let statements = if computed.is_empty() {
        inline(account, role)
    } else {
        rows(account, computed)
    };
    Role {
        name: role["RoleName"].as_str().unwrap_or(id).to_owned(),
        stack: stack.to_owned(),
        about: role["Description"].as_str().unwrap_or_default().to_owned(),
        trusts: trusts(account, &role["AssumeRolePolicyDocument"]),
        policies: if computed.is_empty() {
            attached(account, role)
        } else {
            policies(computed)
        },
        statements,
    }
}

/// The policies of AWS's that a role of a stack has.
fn attached(account: &Account, role: &Json) -> String {
    let names: Vec<String> = each(&role["ManagedPolicyArns"])
        .iter()
        .map(|arn| code(&short(account, arn)))
        .collect();
    if names.is_empty() {
        return String::new();
    }
    format!("It may do what {} allows", list(&names))
}

fn boundary(account: &Account, site: &Site<'_>, stack: &str, policy: &Json) -> Role {
    Role {
        name: policy["ManagedPolicyName"].as_str().unwrap_or("Boundary").to_owned(),
        stack: stack.to_owned(),
        about: policy["Description"].as_str().unwrap_or_default().to_owned(),
        trusts: Vec::new(),
        policies: policies(&site.access.boundary),
        statements: rows(account, &site.access.boundary),
    }
}

/// What several roles have: it is told once.
fn reading(account: &Account, site: &Site<'_>, stack: &str) -> Role {
    Role {
        name: "reading policies".to_owned(),
        stack: stack.to_owned(),
        about: "What the execution role and the review role may both do: read the resources of the stacks".to_owned(),
        trusts: Vec::new(),
        policies: policies(&site.access.reading),
        statements: rows(account, &site.access.reading),
    }
}

fn policies(policies: &[Policy]) -> String {
    match policies {
        [] => String::new(),
        [one] => format!("1 managed policy of {} characters", one.size),
        many => {
            let size: usize = many.iter().map(|policy| policy.size).sum();
            format!("{} managed policies of {size} characters", many.len())
        }
    }
}

fn trusts(account: &Account, document: &Json) -> Vec<String> {
    let statements = document["Statement"].as_array().into_iter().flatten();
    let trust = |statement: &Json| {
        let principals = statement["Principal"].as_object().into_iter().flatten();
        let principals: Vec<String> = principals
            .flat_map(|(kind, who)| match kind.as_str() {
                "Federated" => vec!["jobs on GitHub".to_owned()],
                _ => each(who).iter().map(|who| code(&short(account, who))).collect(),
            })
            .collect();
        let conditions = conditions(account, &statement["Condition"]);
        if conditions.is_empty() {
            list(&principals)
        } else {
            format!("{} where {}", list(&principals), list(&conditions))
        }
    };
    statements.map(trust).collect()
}

fn conditions(account: &Account, conditions: &Json) -> Vec<String> {
    let operators = conditions.as_object().into_iter().flatten();
    let each_key = operators.flat_map(|(operator, keys)| {
        let keys = keys.as_object().into_iter().flatten();
        keys.map(move |(key, values)| {
            let values: Vec<String> = each(values).iter().map(|value| code(&short(account, value))).collect();
            format!("`{key}` {operator} {}", values.join(" or "))
        })
    });
    each_key.collect()
}

fn inline(account: &Account, role: &Json) -> Vec<Statement> {
    let policies = role["Policies"].as_array().into_iter().flatten();
    let statements = policies.flat_map(|policy| {
        let statements = policy["PolicyDocument"]["Statement"].as_array().into_iter().flatten();
        statements.map(|statement| (policy["PolicyName"].as_str().unwrap_or_default(), statement))
    });
    let told = |(policy, statement): (&str, &Json)| {
        let mut actions: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for action in each(&statement["Action"]) {
            let (service, name) = action.split_once(':').unwrap_or(("", &action));
            actions.entry(service.to_owned()).or_default().push(name.to_owned());
        }
        let mut why = vec![format!("policy `{policy}`")];
        why.extend(
            conditions(account, &statement["Condition"])
                .iter()
                .map(|condition| only_where(condition)),
        );
        let resources = each(&statement["Resource"]);
        if resources.iter().any(|resource| resource == "*") {
            why.push(wide(permissions::NO_RESOURCE_LEVEL));
        }
        Statement {
            sid: statement["Sid"].as_str().unwrap_or_default().to_owned(),
            actions: actions_of(&actions),
            resources: on(account, &resources),
            why: why.join("<br>"),
        }
    };
    statements.map(told).collect()
}

fn rows(account: &Account, policies: &[Policy]) -> Vec<Statement> {
    let row = |row: &permissions::Row| {
        let conditions = row.conditions.iter();
        let conditions = conditions.map(|condition| only_where(&short(account, condition)));
        let reasons = row.reasons.iter().map(|reason| wide(reason));
        let why: Vec<String> = std::iter::once(cell(&needed_by(row)))
            .chain(conditions.map(|text| cell(&text)))
            .chain(reasons)
            .collect();
        Statement {
            sid: row.sid.clone(),
            actions: actions_of(&row.actions),
            resources: on(account, &row.resources),
            why: why.join("<br>"),
        }
    };
    policies.iter().flat_map(|policy| &policy.rows).map(row).collect()
}

/// Steps with the workflows that have them: `Deploy the digest (release, rollback)`.
fn needed_by(row: &permissions::Row) -> String {
    let mut all: Vec<(&str, Vec<&str>)> = Vec::new();
    for what in &row.needed_by {
        let (workflow, step) = what
            .split_once(" / ")
            .map_or((None, what.as_str()), |(workflow, step)| (Some(workflow), step));
        match all.iter_mut().find(|(known, _)| *known == step) {
            Some((_, workflows)) => workflows.extend(workflow),
            None => all.push((step, workflow.into_iter().collect())),
        }
    }
    let told = all.iter().map(|(step, workflows)| match workflows.as_slice() {
        [] => step.strip_prefix("AWS::").unwrap_or(step).to_owned(),
        workflows => format!("{step} ({})", workflows.join(", ")),
    });
    told.collect::<Vec<_>>().join(", ")
}

fn only_where(condition: &str) -> String {
    format!("only where {condition}")
}

/// Why there is a `*`. The two reasons that nearly all have are short, and explained once above the tables.
fn wide(reason: &str) -> String {
    match reason {
        permissions::NO_RESOURCE_LEVEL => "`*`: no resource level".to_owned(),
        permissions::CHOSEN_BY_AWS => "`*`: chosen by AWS".to_owned(),
        reason => format!("`*`: {}", cell(reason)),
    }
}

fn actions_of(actions: &BTreeMap<String, Vec<String>>) -> String {
    let of = |(service, names): (&String, &Vec<String>)| format!("{service}: {}", names.join(", "));
    cell(&actions.iter().map(of).collect::<Vec<_>>().join("<br>"))
}

fn on(account: &Account, resources: &[String]) -> String {
    let resources = resources.iter().map(|resource| code(&short(account, resource)));
    cell(&resources.collect::<Vec<_>>().join("<br>"))
}

/// An ARN without what every ARN here has: `ecr:…:repository/predict-api`.
fn short(account: &Account, text: &str) -> String {
    let (id, region) = (account.id.to_string(), account.region.as_str());
    let known = [
        ("${AWS::Partition}", account.region.partition()),
        ("${AWS::Region}", region),
        ("${AWS::AccountId}", id.as_str()),
        (&format!("arn:{}:", account.region.partition()), ""),
        (&format!(":{region}:{id}:"), ":…:"),
        (&format!("::{id}:"), ":…:"),
    ];
    // Looking costs much less than replacing.
    known.iter().fold(text.to_owned(), |text, (from, to)| {
        if text.contains(from) {
            text.replace(from, to)
        } else {
            text
        }
    })
}
