//! Who may do what: every role, whom it trusts, and each of its statements with what needs it.

use serde::Serialize;
use serde_json::Value as Json;

use super::groups;
use super::statements::{Line, conditions, inline, rows, short};
use super::words::{code, each, list};
use crate::model::{Account, Stack};
use crate::permissions::{self, Policy};
use crate::render::{Site, Whole};
use crate::resources::Duty;

/// The roles: in a sentence each, and by environment with everything.
#[derive(Serialize)]
pub(super) struct View {
    no_resource_level: &'static str,
    chosen_by_aws: &'static str,
    summaries: Vec<Summary>,
    environments: Vec<Environment>,
}

/// A role of every environment that has it.
#[derive(Serialize)]
struct Summary {
    name: String,
    stack: String,
    about: String,
    /// To where it is told in full, by the environment's name.
    links: String,
}

#[derive(Serialize)]
struct Environment {
    name: String,
    /// What names of the environment begin with.
    #[serde(skip)]
    prefix: String,
    roles: Vec<Role>,
    /// Who may do what inside of its cluster, if it has one.
    cluster: Option<groups::View>,
}

#[derive(Serialize)]
struct Role {
    name: String,
    stack: String,
    about: String,
    trusts: Vec<String>,
    policies: String,
    statements: Vec<Line>,
}

pub(super) fn view(whole: &Whole<'_>) -> View {
    let environments = whole.sites.iter().map(|site| Environment {
        name: site.name().to_owned(),
        prefix: whole.system.cluster(site.environment),
        roles: roles(site),
        cluster: groups::view(whole, site),
    });
    let environments: Vec<Environment> = environments.collect();
    View {
        no_resource_level: permissions::NO_RESOURCE_LEVEL,
        chosen_by_aws: permissions::CHOSEN_BY_AWS,
        summaries: summaries(whole, &environments),
        environments,
    }
}

/// What a role is for is the same in every environment, so it is told once.
fn summaries(whole: &Whole<'_>, environments: &[Environment]) -> Vec<Summary> {
    let general = format!("{}-ENVIRONMENT", whole.system.name);
    let mut all: Vec<Summary> = Vec::new();
    for environment in environments {
        for role in &environment.roles {
            let link = format!("[{}](PERMISSIONS.md#{})", environment.name, anchor(role, environment));
            let name = role.name.replace(&environment.prefix, &general);
            let same = |known: &&mut Summary| known.name == name && known.stack == role.stack;
            match all.iter_mut().find(same) {
                Some(summary) => summary.links = format!("{}, {link}", summary.links),
                None => all.push(Summary {
                    name,
                    stack: role.stack.clone(),
                    about: role.about.replace(&environment.prefix, &general),
                    links: link,
                }),
            }
        }
    }
    all
}

/// Where GitHub puts the heading of a role: in lower case, without punctuation, with hyphens for spaces.
fn anchor(role: &Role, environment: &Environment) -> String {
    let heading = format!("{} in {} of {}", role.name, role.stack, environment.name);
    heading.to_lowercase().replace(' ', "-")
}

fn roles(site: &Site<'_>) -> Vec<Role> {
    let mut roles = Vec::new();
    for part in &site.parts {
        for (id, resource) in part.resources() {
            let account = site.environment.account();
            let stack = part.entry.stack;
            match resource["Type"].as_str() {
                Some("AWS::IAM::Role") => roles.push(role(account, site, (id, stack), &resource["Properties"])),
                Some("AWS::IAM::ManagedPolicy") => {
                    let own = site
                        .access
                        .boundaries
                        .iter()
                        .find(|(boundary, _)| boundary.id().as_str() == id);
                    roles.extend(own.map(|(_, policy)| boundary(account, policy, stack, &resource["Properties"])));
                    // The first of them stands for all.
                    roles.extend((id == "Reading1Policy").then(|| reading(account, site, stack)));
                }
                _ => {}
            }
        }
    }
    roles
}

/// What the computed roles may do is told by the computation, which knows what needs it; what others may do, by their
/// templates.
fn role(account: &Account, site: &Site<'_>, (id, stack): (&str, Stack), role: &Json) -> Role {
    let mut duties = Duty::ALL.into_iter();
    let computed = duties.find(|duty| stack.is_by_hand() && duty.id().as_str() == id);
    let computed = computed.map_or(&[][..], |duty| site.access.policies(duty));
    let statements = if computed.is_empty() {
        inline(account, role)
    } else {
        rows(account, computed)
    };
    Role {
        name: role["RoleName"].as_str().unwrap_or(id).to_owned(),
        stack: stack.to_string(),
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

fn boundary(account: &Account, computed: &Policy, stack: Stack, policy: &Json) -> Role {
    let computed = std::slice::from_ref(computed);
    Role {
        name: policy["ManagedPolicyName"].as_str().unwrap_or("Boundary").to_owned(),
        stack: stack.to_string(),
        about: policy["Description"].as_str().unwrap_or_default().to_owned(),
        trusts: Vec::new(),
        policies: policies(computed),
        statements: rows(account, computed),
    }
}

/// What several roles have: it is told once.
fn reading(account: &Account, site: &Site<'_>, stack: Stack) -> Role {
    Role {
        name: "reading policies".to_owned(),
        stack: stack.to_string(),
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

/// A document that is a text, as it is before the deployment.
fn text(document: &Json) -> Option<Json> {
    let sub = document.get("Fn::Sub")?;
    serde_json::from_str(sub.get(0).unwrap_or(sub).as_str()?).ok()
}

/// Whom a role trusts. The cluster's own issuer is only known at the deployment, so that its claims are told without it.
fn trusts(account: &Account, document: &Json) -> Vec<String> {
    let text = text(document);
    let (document, federated) = match &text {
        Some(text) => (text, "what the cluster signed"),
        None => (document, "jobs on GitHub"),
    };
    let statements = document["Statement"].as_array().into_iter().flatten();
    let trust = |statement: &Json| {
        let principals = statement["Principal"].as_object().into_iter().flatten();
        let principals: Vec<String> = principals
            .flat_map(|(kind, who)| match kind.as_str() {
                "Federated" => vec![federated.to_owned()],
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
