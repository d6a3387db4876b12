//! From an empty account to a running system, and back: the commands.

use serde::Serialize;
use serde_json::Value as Json;

use super::stacks::gives;
use super::words::{list, resources};
use super::{Part, Site, Whole};
use crate::model::{Entry, IdentityProvider, Release};

/// What the commands of all environments share, and the environments.
#[derive(Serialize)]
pub(super) struct View {
    /// The name of the registry's repository.
    registry: String,
    makes_provider: bool,
    environments: Vec<Environment>,
    /// The environment that is released first.
    first: String,
    /// The one that users see.
    last: String,
    /// In the opposite order.
    deletions: Vec<Deletion>,
}

#[derive(Serialize)]
struct Environment {
    name: String,
    approved: bool,
    bootstrap: Vec<Command>,
    others: Vec<Command>,
    /// `predict.example.com`; empty without HTTPS.
    host: String,
    network: String,
    service: String,
}

/// A call of `aws cloudformation deploy`.
#[derive(Serialize)]
struct Command {
    stack: String,
    template: String,
    /// Empty if the stack takes nothing of it.
    parameters: String,
    /// Empty for what a person deploys.
    role: String,
    capabilities: String,
}

/// How an environment goes.
#[derive(Serialize)]
struct Deletion {
    environment: String,
    /// The stack whose load balancer is protected; empty if none is.
    protected: String,
    /// The stacks that were made with the execution role, the last one first, in one line.
    stacks: String,
    role: String,
    bootstrap: String,
    stays: Vec<Kept>,
}

/// What a stack leaves behind.
#[derive(Serialize)]
struct Kept {
    stack: String,
    resources: String,
}

pub(super) fn view(whole: &Whole<'_>) -> View {
    let name = |site: Option<&Site<'_>>| site.map_or_else(String::new, |site| site.name().to_owned());
    View {
        registry: whole.system.name.to_string(),
        makes_provider: whole.system.owner.identity_provider == IdentityProvider::Make,
        environments: whole.sites.iter().map(|site| environment(whole, site)).collect(),
        first: name(whole.sites.first()),
        last: name(whole.sites.last()),
        deletions: whole.sites.iter().rev().map(|site| deletion(whole, site)).collect(),
    }
}

fn environment(whole: &Whole<'_>, site: &Site<'_>) -> Environment {
    let (bootstrap, others): (Vec<_>, Vec<_>) = site.parts.iter().partition(|part| is_bootstrap(part));
    let command = |part: &&Part| command(whole, site, part);
    Environment {
        name: site.name().to_owned(),
        approved: site.environment.release == Release::Approved,
        bootstrap: bootstrap.iter().map(command).collect(),
        others: others.iter().map(command).collect(),
        host: match &site.environment.entry {
            Entry::Https { host } => format!("{host}.{}", whole.system.owner.domain),
            Entry::Http { .. } => String::new(),
        },
        network: whole.system.stack(site.environment, "network"),
        service: whole.system.stack(site.environment, "service"),
    }
}

fn is_bootstrap(part: &Part) -> bool {
    part.entry.stack == "bootstrap"
}

fn command(whole: &Whole<'_>, site: &Site<'_>, part: &Part) -> Command {
    let entry = &part.entry;
    let mut parameters = part.template["Parameters"].as_object().into_iter().flatten();
    let takes = parameters.any(|(name, _)| gives(&site.parameters, name));
    Command {
        stack: entry.stack_name.clone(),
        template: entry.template.clone(),
        parameters: if takes { entry.parameters.clone() } else { String::new() },
        role: if is_bootstrap(part) {
            String::new()
        } else {
            execution_role(whole, site)
        },
        capabilities: entry.capabilities.join(" "),
    }
}

/// The ARN of the role that CloudFormation makes the stacks with.
fn execution_role(whole: &Whole<'_>, site: &Site<'_>) -> String {
    let owner = &whole.system.owner;
    let role = whole.system.named(site.environment, "cloudformation");
    format!("arn:{}:iam::{}:role/{role}", owner.region.partition(), owner.account)
}

fn deletion(whole: &Whole<'_>, site: &Site<'_>) -> Deletion {
    let protected = site.parts.iter().find(|part| is_protected(&part.template));
    let made = site.parts.iter().rev().filter(|part| !is_bootstrap(part));
    let made: Vec<&str> = made.map(|part| part.entry.stack_name.as_str()).collect();
    Deletion {
        environment: site.name().to_owned(),
        protected: protected.map_or_else(String::new, |part| part.entry.stack_name.clone()),
        stacks: made.join(" "),
        role: execution_role(whole, site),
        bootstrap: whole.system.stack(site.environment, "bootstrap"),
        stays: site.parts.iter().filter_map(kept).collect(),
    }
}

/// A resource with a condition may not have been made: the README of the parameters tells.
fn kept(part: &Part) -> Option<Kept> {
    let kept = resources(&part.template).filter(|(_, resource)| is_kept(resource));
    let names = kept.map(|(id, resource)| match resource["Condition"].as_str() {
        Some(_) => format!("`{id}` if the stack made it"),
        None => format!("`{id}`"),
    });
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| Kept {
        stack: part.entry.stack.clone(),
        resources: list(&names),
    })
}

fn is_kept(resource: &Json) -> bool {
    resource["DeletionPolicy"]
        .as_str()
        .is_some_and(|policy| policy.starts_with("Retain"))
}

/// Whether it holds a load balancer that cannot be deleted before somebody allows it.
fn is_protected(template: &Json) -> bool {
    resources(template).any(|(_, resource)| {
        let attributes = resource["Properties"]["LoadBalancerAttributes"].as_array();
        attributes.into_iter().flatten().any(|attribute| {
            attribute["Key"].as_str() == Some("deletion_protection.enabled")
                && attribute["Value"].as_str() == Some("true")
        })
    })
}
