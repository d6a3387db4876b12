//! From an empty account to a running system, and back: the commands.

use serde::Serialize;
use serde_json::Value as Json;

use super::hosts::{Certificate, Host, certificates, host, region};
use super::leftovers;
use super::words::{list, resources};
use super::{Part, Quota, Site, Whole, home, quotas};
use crate::model::{BY_HAND, Capacity, Keeping, Release, Renderer, System};
use crate::workflow::pipeline::Registry;

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
    /// The quotas of the accounts.
    quotas: Vec<Quota>,
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

/// A call of `aws cloudformation deploy`.
#[derive(Serialize)]
pub(crate) struct Command {
    pub(crate) region: String,
    pub(crate) stack: String,
    pub(crate) template: String,
    /// What the stack takes of the file of parameters, as `Name=value`: the AWS CLI 1 knows no other form.
    pub(crate) parameters: Vec<String>,
    /// Empty for what a person deploys.
    pub(crate) role: String,
    pub(crate) capabilities: String,
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
        image: image(whole.system),
        registry_account: registry_account.map_or_else(String::new, |it| it.id.to_string()),
        apart: home::apart(whole),
        linked: linked(whole.system).join(" "),
        accounts: home::each(whole),
        quotas: all_quotas(whole),
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
    for site in whole.sites {
        for row in quotas(whole.systems, &site.environment.account) {
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

/// The services whose own roles must be there before the first stack. AWS would make each with the first resource that
/// needs it, and then may not find it in the same minute.
pub(crate) fn linked(system: &System) -> Vec<&'static str> {
    let scales = system
        .environments
        .iter()
        .any(|one| matches!(one.capacity, Capacity::Scaling { .. }));
    let all = [
        ("ecs.amazonaws.com", true),
        ("elasticloadbalancing.amazonaws.com", true),
        ("ecs.application-autoscaling.amazonaws.com", scales),
        ("rds.amazonaws.com", system.database.is_some()),
    ];
    all.into_iter()
        .filter(|(_, used)| *used)
        .map(|(name, _)| name)
        .collect()
}

fn image(system: &System) -> Image {
    let registry = system.registry_account().map(|account| Registry {
        repository: system.name.to_string(),
        account: account.id.to_string(),
        region: account.region.as_str().to_owned(),
    });
    let name = registry.map_or_else(String::new, |registry| registry.image());
    let host = name.split('/').next().unwrap_or_default();
    Image {
        registry: host.to_owned(),
        name,
        dockerfile: system.pipeline.dockerfile.clone(),
        package: system.pipeline.package.clone(),
        port: system.service.port.number(),
    }
}

fn environment(whole: &Whole<'_>, site: &Site<'_>) -> Environment {
    let (by_hand, others): (Vec<_>, Vec<_>) = site.parts.iter().partition(|part| is_by_hand(part));
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

/// The commands that deploy the stacks of an environment, in order.
pub(crate) fn commands(whole: &Whole<'_>, site: &Site<'_>) -> Vec<Command> {
    site.parts.iter().map(|part| command(whole, site, part)).collect()
}

fn keeps(site: &Site<'_>) -> bool {
    site.environment.keeping == Keeping::Keep
}

fn is_by_hand(part: &Part) -> bool {
    BY_HAND.contains(&part.entry.stack.as_str())
}

fn command(whole: &Whole<'_>, site: &Site<'_>, part: &Part) -> Command {
    let entry = &part.entry;
    Command {
        region: region(site),
        stack: entry.stack_name.clone(),
        template: entry.template.clone(),
        parameters: parameters(site, part),
        role: if is_by_hand(part) {
            String::new()
        } else {
            execution_role(whole, site)
        },
        capabilities: entry.capabilities.join(" "),
    }
}

fn parameters(site: &Site<'_>, part: &Part) -> Vec<String> {
    let given = site.parameters.as_array().into_iter().flatten();
    let given = given.filter_map(|one| Some((one["ParameterKey"].as_str()?, one["ParameterValue"].as_str()?)));
    let taken = given.filter(|(name, _)| part.template["Parameters"][*name].is_object());
    taken.map(|(name, value)| format!("{name}={value}")).collect()
}

/// The ARN of the role that CloudFormation makes the stacks with.
fn execution_role(whole: &Whole<'_>, site: &Site<'_>) -> String {
    let role = whole.system.named(site.environment, "cloudformation");
    site.environment.account.role(&role)
}

fn deletion(whole: &Whole<'_>, site: &Site<'_>) -> Deletion {
    let protected = site.parts.iter().find(|part| is_protected(&part.template));
    let names = site.parts.iter().rev();
    let (by_hand, made): (Vec<&Part>, Vec<&Part>) = names.partition(|part| is_by_hand(part));
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
        role: execution_role(whole, site),
        by_hand: by_hand.join(" "),
        stays: leftovers::of(site),
    }
}

/// Whether it holds a load balancer that cannot be deleted before somebody allows it.
fn is_protected(template: &Json) -> bool {
    resources(template).any(|(_, resource)| {
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
