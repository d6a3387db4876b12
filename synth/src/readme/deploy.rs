//! From an empty account to a running system, and back: the commands.

use serde::Serialize;
use serde_json::Value as Json;

use super::home;
use super::hosts::{Certificate, Host, certificates, host, region};
use super::leftovers;
use super::words::list;
use crate::cluster;
use crate::model::{Keeping, Release, Renderer};
use crate::render::{Command, Part, Quota, Site, Whole, command, linked_services, quotas, role};
use crate::resources::Duty;

/// What the commands of all environments share, and the environments.
#[derive(Serialize)]
pub(super) struct View {
    /// The name of the registry's repository.
    registry: String,
    registry_region: String,
    image: Image,
    /// The account of the registry.
    registry_account: String,
    /// The environments in other accounts than that, in a sentence; empty without.
    apart: String,
    /// The services whose own roles the stacks rely on, in one line.
    linked: String,
    /// The accounts, in words; empty where there is one.
    accounts: String,
    makes_provider: bool,
    /// The other system that makes GitHub's identity provider in an account of this one; empty if none does.
    provider_of: String,
    /// The quotas of the accounts.
    quotas: Vec<Quota>,
    /// What runs in the clusters for others.
    operators: Vec<cluster::Install>,
    /// What `setup` is told of them; empty where the model says what they are to the byte.
    sums: &'static str,
    /// Whether some environment is protected once it is there.
    protects: bool,
    /// Whether this repository is the one that deploys.
    own_repository: bool,
    environments: Vec<Environment>,
    /// The environments that a person approves, in words; empty if there is none.
    approved: String,
    certificates: Vec<Certificate>,
    hosts: Vec<Host>,
    /// How the subjects of GitHub's tokens begin that AWS trusts, in words.
    subject: String,
    /// The environment that is released first.
    first: String,
    /// The one that users see.
    last: String,
    /// In the opposite order.
    deletions: Vec<Deletion>,
    /// The environments whose stacks are protected from being deleted, in a sentence; empty if none are.
    keeps: String,
}

/// How an image is built without the pipeline.
#[derive(Serialize)]
struct Image {
    /// The registry's host.
    registry: String,
    name: String,
    dockerfile: String,
    package: String,
    port: u16,
    /// The processor that it runs on.
    platform: &'static str,
}

#[derive(Serialize)]
struct Environment {
    name: String,
    /// The account to be signed in to; empty where there is one.
    account: String,
    approved: bool,
    /// Whether its stacks are protected from being deleted.
    keeps: bool,
    by_hand: Vec<Command>,
    others: Vec<Command>,
}

/// How an environment goes.
#[derive(Serialize)]
struct Deletion {
    environment: String,
    /// The account to be signed in to; empty where there is one.
    account: String,
    region: String,
    /// Whether its stacks are protected from being deleted.
    keeps: bool,
    /// The stack whose load balancer is protected; empty if none is.
    protected: String,
    /// The database that is protected; empty if none is.
    database: String,
    /// The stacks that were made with the execution role, the last one first, in one line.
    stacks: String,
    role: String,
    /// The stacks that a person deployed, the last one first, in one line.
    by_hand: String,
    /// What stays, a line each.
    stays: Vec<String>,
}

pub(super) fn view(whole: &Whole<'_>) -> View {
    let name = |site: Option<&Site<'_>>| site.map_or_else(String::new, |site| site.name().to_owned());
    let registry_account = whole.system.registry_account();
    View {
        certificates: certificates(whole),
        hosts: whole.sites.iter().filter_map(|site| host(whole, site)).collect(),
        registry_region: registry_account.map_or_else(String::new, |it| it.region.as_str().to_owned()),
        registry: whole.system.name.to_string(),
        image: image(whole),
        registry_account: registry_account.map_or_else(String::new, |it| it.id.to_string()),
        apart: home::apart(whole),
        linked: linked_services(whole.system).join(" "),
        accounts: home::each(whole),
        quotas: all_quotas(whole),
        provider_of: home::provider_of(whole),
        sums: if whole.system.operators().any(|installed| installed.pin.is_none()) {
            "SUMS=operators.sums "
        } else {
            ""
        },
        operators: cluster::lock(whole.system),
        protects: whole.sites.iter().any(|site| site.environment.keeping == Keeping::Keep),
        makes_provider: whole
            .sites
            .iter()
            .any(|site| whole.system.makes_provider(site.environment)),
        own_repository: whole.system.pipeline.renderer == Renderer::Package("synth".to_owned()),
        environments: whole.sites.iter().map(|site| environment(whole, site)).collect(),
        approved: approved(whole),
        subject: whole.system.owner.github.subjects("…").join("` or `"),
        first: name(whole.sites.first()),
        last: name(whole.sites.last()),
        deletions: whole.sites.iter().rev().map(|site| deletion(whole, site)).collect(),
        keeps: {
            let kept = whole.sites.iter().filter(|site| keeps(site));
            let kept: Vec<&str> = kept.map(Site::name).collect();
            if kept.is_empty() { String::new() } else { list(&kept) }
        },
    }
}

/// The quotas of each account and region once.
fn all_quotas(whole: &Whole<'_>) -> Vec<Quota> {
    let mut rows: Vec<Quota> = Vec::new();
    for site in &whole.sites {
        for row in quotas(whole.systems, site.environment.account()) {
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
    }
    rows
}

fn approved(whole: &Whole<'_>) -> String {
    let asks = |site: &&Site<'_>| site.environment.release == Release::Approved;
    let names: Vec<&str> = whole.sites.iter().filter(asks).map(Site::name).collect();
    if names.is_empty() { String::new() } else { list(&names) }
}

fn image(whole: &Whole<'_>) -> Image {
    let system = whole.system;
    let home = system.registry_account();
    let name = home.map_or_else(String::new, |account| account.image(system.name.as_str()));
    let host = name.split('/').next().unwrap_or_default();
    Image {
        registry: host.to_owned(),
        name,
        dockerfile: system.pipeline.dockerfile.clone(),
        package: system.service.package.clone(),
        port: system.service.port.number(),
        platform: whole.pipeline.image.runs_on.name(),
    }
}

fn environment(whole: &Whole<'_>, site: &Site<'_>) -> Environment {
    let (by_hand, others): (Vec<_>, Vec<_>) = site.parts.iter().partition(|part| part.entry.stack.is_by_hand());
    let command = |part: &&Part| command(whole, site, part);
    Environment {
        name: site.name().to_owned(),
        account: home::own(whole, site),
        approved: site.environment.release == Release::Approved,
        keeps: keeps(site),
        by_hand: by_hand.iter().map(command).collect(),
        others: others.iter().map(command).collect(),
    }
}

fn keeps(site: &Site<'_>) -> bool {
    site.environment.keeping == Keeping::Keep
}

fn deletion(whole: &Whole<'_>, site: &Site<'_>) -> Deletion {
    let protected = site.parts.iter().find(|part| is_protected(part));
    let names = site.parts.iter().rev();
    let (by_hand, made): (Vec<&Part>, Vec<&Part>) = names.partition(|part| part.entry.stack.is_by_hand());
    let names = |parts: Vec<&Part>| {
        parts
            .iter()
            .map(|part| part.entry.stack_name.clone())
            .collect::<Vec<_>>()
    };
    let (by_hand, made) = (names(by_hand), names(made));
    Deletion {
        environment: site.name().to_owned(),
        account: home::own(whole, site),
        region: region(site),
        keeps: keeps(site),
        database: site
            .of_type("AWS::RDS::DBInstance")
            .filter(|database| is_on(&database["Properties"]["DeletionProtection"]))
            .filter_map(|database| database["Properties"]["DBInstanceIdentifier"].as_str())
            .collect(),
        protected: protected.map_or_else(String::new, |part| part.entry.stack_name.clone()),
        stacks: made.join(" "),
        role: role(whole.system, site.environment, Duty::CloudFormation),
        by_hand: by_hand.join(" "),
        stays: leftovers::of(site),
    }
}

/// Whether it holds a load balancer that cannot be deleted before somebody allows it.
fn is_protected(part: &Part) -> bool {
    part.resources().any(|(_, resource)| {
        let attributes = resource["Properties"]["LoadBalancerAttributes"].as_array();
        attributes.into_iter().flatten().any(|attribute| {
            attribute["Key"].as_str() == Some("deletion_protection.enabled") && is_on(&attribute["Value"])
        })
    })
}

/// Whether a protection is on, or will be when the stack is there.
fn is_on(protection: &Json) -> bool {
    protection == "true" || protection == true || protection.is_object()
}
