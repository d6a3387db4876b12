//! From the model to resources: one file for each thing of the model.
//!
//! `network/` is what everything stands in, `entry/` how requests come in, `stores/` what holds data, `ecs/` and `eks/` what runs,
//! `watch/` who is told, `own/` what a user adds.
//! A new platform is a folder beside them.

mod access;
mod ecs;
mod eks;
pub(crate) mod entry;
mod key;
mod log_group;
mod network;
mod own;
mod place;
mod registry;
mod role;
mod stores;
mod waivers;
mod watch;

pub use access::{Access, Callers, Duty, Role};
pub(crate) use ecs::{IMAGE_DIGEST, IMAGE_TAG};
pub(crate) use eks::{
    ACCESS_LOGS, BALANCER_GROUP, CONTROLLER, CONTROLLER_ID, DEPLOYERS, FIREWALL, LOAD_BALANCER, OPERATOR, READER,
    REVIEWERS, TARGET_GROUP, VERIFIER, VERIFIER_ID, balancer, identity, insights,
};
pub(crate) use entry::PREFIX as ACCESS_LOGS_PREFIX;
pub(crate) use entry::{CERTIFICATE_ARN, TLS_POLICY, URL};
pub(crate) use place::DELETION_PROTECTION;
pub use role::Boundary;
pub(crate) use watch::NOTIFICATION_EMAIL;

use std::collections::BTreeMap;

use crate::aws::kms;
use crate::model::{Checker, Cluster, Database, Environment, Platform, Stack, System, Waiver};
use crate::permissions::Scope;
use crate::template::{self, Handle, Node, Template, ToNode};
use ecs::{Targets, migration, targets};
use entry::{balancer, firewall};
use network::{doors, vpc};
use place::Place;
use stores::database;
use watch::observability;

/// The stacks of an environment but those that a person deploys, whose permissions follow from these.
///
/// # Errors
///
/// What [`Template::add`] refuses.
pub fn expand(system: &System, environment: &Environment) -> Result<Vec<(Stack, Template)>, template::Error> {
    let place = Place { system, environment };
    let mut templates = match &system.platform {
        Platform::Kubernetes(kubernetes) => {
            let Cluster::Eks(eks) = &kubernetes.cluster;
            eks::expand(place, kubernetes, eks)?
        }
        Platform::Fargate => match system.database().zip(system.migration()) {
            Some(given) => with_database(place, given)?,
            None => without_database(place)?,
        },
        // They stand in no account of AWS.
        Platform::Machines(_) => Vec::new(),
    };
    for (stack, template) in &mut templates {
        finish(place, *stack, template)?;
    }
    Ok(templates)
}

fn without_database(place: Place<'_>) -> Result<Vec<(Stack, Template)>, template::Error> {
    let ground = ground(place, None)?;
    let (service, targets) = service(place, &ground, None)?;
    let observability = observability(place, &ground, &targets)?;
    Ok(vec![
        (Stack::Network, ground.template),
        (Stack::Service, service),
        (Stack::Observability, observability),
    ])
}

fn with_database(
    place: Place<'_>,
    (database, command): (&Database, &[String]),
) -> Result<Vec<(Stack, Template)>, template::Error> {
    let mut ground = ground(place, Some(database))?;
    let (network, key) = (&ground.parts, &ground.key);
    let doors = doors::expand(place, &mut ground.template, network, &ground.way, database)?;
    migration::tell(&mut ground.template, network, &doors)?;
    let mut data = place.template(Stack::Data, "the database, its logs, and the secret of its user")?;
    let parts = database::expand(place, &mut data, (network, &doors, key), database)?;
    let (service, targets) = service(place, &ground, Some(&parts))?;
    let mut migration = place.template(
        Stack::Migration,
        "the task that brings the database up to date before a release",
    )?;
    // It logs where the service does.
    migration.follow(service.stack());
    migration::expand(place, &mut migration, (key, &parts), command)?;
    let observability = observability(place, &ground, &targets)?;
    Ok(vec![
        (Stack::Network, ground.template),
        (Stack::Data, data),
        (Stack::Service, service),
        (Stack::Migration, migration),
        (Stack::Observability, observability),
    ])
}

/// What everything else stands on: the first stack that the pipeline deploys.
struct Ground {
    template: Template,
    key: Handle<kms::Key>,
    parts: network::Parts,
    way: entry::Way,
}

fn ground(place: Place<'_>, database: Option<&Database>) -> Result<Ground, template::Error> {
    let what = match database {
        Some(_) => "the network, the load balancer, and the key for the database, logs and notifications",
        None => "the network, the load balancer, and the key for logs and notifications",
    };
    let mut template = place.template(Stack::Network, what)?;
    let key = key::expand(place, &mut template)?;
    let parts = vpc::expand(place, &mut template, &key)?;
    let way = balancer::expand(place, &mut template, &parts)?;
    firewall::expand(place, &mut template, Some(&way), &key)?;
    Ok(Ground {
        template,
        key,
        parts,
        way,
    })
}

fn service(
    place: Place<'_>,
    ground: &Ground,
    database: Option<&database::Parts>,
) -> Result<(Template, Targets), template::Error> {
    let mut template = place.template(
        Stack::Service,
        "the listeners, the cluster, the service, and what takes a deployment back",
    )?;
    let targets = ecs::service::expand(
        place,
        &mut template,
        (&ground.parts, &ground.way, &ground.key),
        database,
    )?;
    Ok((template, targets))
}

fn observability(place: Place<'_>, ground: &Ground, targets: &Targets) -> Result<Template, template::Error> {
    let mut template = place.template(Stack::Observability, "alarms, who hears of them, and the dashboard")?;
    let names = targets::names(place, &ground.way, targets);
    observability::expand(place, &mut template, &names, &ground.key)?;
    Ok(template)
}

/// The stacks that a person deploys first: who may do what, and the registry.
///
/// # Errors
///
/// What [`Template::add`] refuses.
pub fn by_hand(
    system: &System,
    environment: &Environment,
    access: &Access,
) -> Result<Vec<(Stack, Template)>, template::Error> {
    let place = Place { system, environment };
    let holds = if system.is_first(environment) {
        "the registry, and who may do what"
    } else {
        "who may do what"
    };
    let mut bootstrap = place.template(Stack::Bootstrap, holds)?;
    let mut permissions = place.template(Stack::Permissions, "what CloudFormation may do")?;
    access::expand(place, &mut bootstrap, &mut permissions, access)?;
    finish(place, Stack::Bootstrap, &mut bootstrap)?;
    finish(place, Stack::Permissions, &mut permissions)?;
    Ok(vec![(Stack::Bootstrap, bootstrap), (Stack::Permissions, permissions)])
}

/// What the permissions of an environment are bound to: the beginning of its names, and its tags.
#[must_use]
pub fn scope(system: &System, environment: &Environment) -> Scope {
    Place { system, environment }.scope()
}

/// The tags that everything of an environment has.
#[must_use]
pub(crate) fn tags(system: &System, environment: &Environment) -> BTreeMap<&'static str, String> {
    Place { system, environment }.tags().into()
}

/// The dashboard for Grafana.
#[must_use]
pub fn grafana(system: &System, environment: &Environment) -> serde_json::Value {
    crate::monitoring::grafana::body((system, environment))
}

/// The waivers that hold for a stack of an environment: those of the system, and those that follow from its choices.
#[must_use]
pub fn waivers(system: &System, environment: &Environment, stack: Stack) -> Vec<Waiver> {
    waivers::of(Place { system, environment }, stack)
}

/// What the user set past the model, and the waivers where checkers read them.
fn finish(place: Place<'_>, stack: Stack, template: &mut Template) -> Result<(), template::Error> {
    own::apply(place, stack, template)?;
    let mut notes: BTreeMap<(String, Checker), Vec<Waiver>> = BTreeMap::new();
    for waiver in waivers::of(place, stack) {
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
