//! From the model to resources: one file for each thing of the model.

mod access;
mod alarms;
mod codedeploy;
mod dashboard;
mod deployment_alarms;
mod endpoints;
mod entry;
mod firewall;
mod grafana;
mod key;
mod metrics;
mod network;
mod observability;
mod place;
mod registry;
mod rollout;
mod scaling;
mod service;
mod task;

pub use access::Access;

use std::collections::BTreeMap;

use crate::model::{Checker, Environment, System, Waiver};
use crate::template::{self, Node, Template, ToNode};
use metrics::Names;
use place::Place;

/// The stacks of an environment but `bootstrap`, whose permissions follow from these.
///
/// # Errors
///
/// What [`Template::add`] refuses.
pub fn expand(system: &System, environment: &Environment) -> Result<Vec<Template>, template::Error> {
    let place = Place { system, environment };
    let mut network = place.template(
        "network",
        "the network, the load balancer, and the key for logs and notifications",
    )?;
    let key = key::expand(place, &mut network)?;
    let parts = network::expand(place, &mut network, &key)?;
    let way = entry::expand(place, &mut network, &parts)?;
    firewall::expand(place, &mut network, &way, &key)?;
    let mut service = place.template("service", "the cluster, the service, and what takes a deployment back")?;
    let running = service::expand(place, &mut service, &parts, &way, &key)?;
    let mut observability = place.template("observability", "alarms, who hears of them, and the dashboard")?;
    observability::expand(place, &mut observability, &Names::new(place, &way, &running), &key)?;
    let mut templates = vec![network, service, observability];
    for template in &mut templates {
        finish(place, template)?;
    }
    Ok(templates)
}

/// The stack that a person deploys first: who may do what, and the registry.
///
/// # Errors
///
/// What [`Template::add`] refuses.
pub fn bootstrap(system: &System, environment: &Environment, access: &Access) -> Result<Template, template::Error> {
    let place = Place { system, environment };
    let mut template = place.template("bootstrap", "the registry, and who may do what")?;
    access::expand(place, &mut template, access)?;
    finish(place, &mut template)?;
    Ok(template)
}

/// The ARN of the boundary of an environment, as `Fn::Sub` takes it.
#[must_use]
pub fn boundary(system: &System, environment: &Environment) -> String {
    network::boundary_arn(Place { system, environment })
}

/// The dashboard for Grafana.
#[must_use]
pub fn grafana(system: &System, environment: &Environment) -> serde_json::Value {
    grafana::body(Place { system, environment })
}

/// The waivers that hold for a stack of an environment: those of the system, and those that follow from its choices.
#[must_use]
pub fn waivers(system: &System, environment: &Environment, stack: &str) -> Vec<Waiver> {
    Place { system, environment }.waivers(stack)
}

/// What the user set past the model, and the waivers where checkers read them.
fn finish(place: Place<'_>, template: &mut Template) -> Result<(), template::Error> {
    let prefix = place.system.stack(place.environment, "");
    let stack = template
        .stack()
        .as_str()
        .strip_prefix(&prefix)
        .unwrap_or_default()
        .to_owned();
    for (environment, name, property) in &place.system.overrides {
        if *name == stack && environment.as_ref().is_none_or(|name| *name == place.environment.name) {
            template.set(property.clone());
        }
    }
    let mut notes: BTreeMap<(String, Checker), Vec<Waiver>> = BTreeMap::new();
    for waiver in place.waivers(&stack) {
        notes
            .entry((waiver.resource.clone(), waiver.checker))
            .or_default()
            .push(waiver);
    }
    for ((resource, checker), waivers) in notes {
        template.note(&resource, checker.name(), note(checker, &waivers))?;
    }
    Ok(())
}

/// Waivers of one checker for one resource, in the form in which it reads them.
fn note(checker: Checker, waivers: &[Waiver]) -> Node {
    match checker {
        Checker::Synth => {
            let allowed = waivers
                .iter()
                .map(|waiver| (waiver.rule.clone(), waiver.reason.to_node()));
            Node::map([("allow", Node::map(allowed))])
        }
        Checker::CfnLint => {
            let rules = waivers.iter().map(|waiver| waiver.rule.to_node());
            let reasons = waivers
                .iter()
                .map(|waiver| (waiver.rule.clone(), waiver.reason.to_node()));
            Node::map([
                ("config", Node::map([("ignore_checks", Node::List(rules.collect()))])),
                ("reasons", Node::map(reasons)),
            ])
        }
        Checker::Checkov => {
            let skip = waivers
                .iter()
                .map(|waiver| Node::map([("id", waiver.rule.to_node()), ("comment", waiver.reason.to_node())]));
            Node::map([("skip", Node::List(skip.collect()))])
        }
    }
}
