//! A system with everything that is rendered for it, as a value: pages, scripts and checks read it.

mod branches;
mod command;
mod pipeline;
mod quotas;
mod site;
mod stacks;
mod trial;

pub(crate) use branches::{branches, infra_folder, overlay_folder};
pub(crate) use command::{Command, command, commands, linked_services};
pub(crate) use quotas::{Quota, quotas};
pub(crate) use site::{Manifests, Part, Site, Whole, role};
pub use stacks::StackEntry;
pub(crate) use stacks::{cluster_folder, folder, from_page, grafana_file, manifest_folder};

use serde_json::{Value as Json, json};

use crate::manifest::{self, Bundle};
use crate::model::{self, Checked, Environment, System};
use crate::resources::{self, Access, Boundary, CERTIFICATE_ARN, DEPLOYERS, Duty, NOTIFICATION_EMAIL, REVIEWERS};
use crate::template::{self, Stack, Template};
use crate::{cluster, machines, permissions, read, text, workflow};

/// Why a system cannot be rendered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Its templates do not fit together.
    #[error(transparent)]
    Template(#[from] template::Error),
    /// What its roles need does not fit into policies.
    #[error(transparent)]
    Permissions(#[from] permissions::Error),
    /// A stack that its pipeline cannot do without is not there.
    #[error("{environment} has no stack `{stack}`, which its pipeline deploys")]
    Lacks {
        /// The environment.
        environment: String,
        /// What the stack would be for.
        stack: model::Stack,
    },
    /// No environment, so that there is nothing to deploy to.
    #[error("{0} has no environment")]
    Nowhere(String),
    /// Its manifests do not stand together.
    #[error(transparent)]
    Manifest(#[from] manifest::Error),
    /// Its machines cannot be rendered.
    #[error(transparent)]
    Machines(#[from] machines::Error),
    /// A template cannot be read back.
    #[error("{0}")]
    Read(Box<read::Error>),
    /// A text cannot be laid out.
    #[error(transparent)]
    Text(#[from] text::Error),
}

/// A linked stack, and what it is for.
struct Made {
    kind: model::Stack,
    stack: Stack,
}

/// An environment with its linked stacks, all but those that a person deploys.
struct Place<'a> {
    environment: &'a Environment,
    made: Vec<Made>,
    /// What a cluster runs, but the rights of who deploys it.
    bundle: Option<Bundle>,
}

impl Place<'_> {
    fn stacks(&self) -> impl Iterator<Item = &Stack> {
        self.made.iter().map(|made| &made.stack)
    }
}

/// Renders a system of those that were looked at, as a value.
pub(crate) fn whole(checked: Checked<'_>) -> Result<Whole<'_>, Error> {
    let (systems, system) = (checked.systems(), checked.system());
    let mut places = Vec::new();
    for environment in &system.environments {
        let made = linked(resources::expand(system, environment)?)?;
        let bundle = system.kubernetes().map(|_| cluster::bundle(system, environment));
        places.push(Place {
            environment,
            made,
            bundle: bundle.transpose()?,
        });
    }
    let pipeline = pipeline::of(system, &places, checked.prefix())?;
    let workflows = workflow::all(&pipeline);
    let signer = pipeline.signer(&system.owner.github.full_name());
    let sites = places.into_iter().map(|place| site(system, place, &workflows, &signer));
    Ok(Whole {
        system,
        systems,
        sites: sites.collect::<Result<_, _>>()?,
        pipeline,
        workflows,
        notices: system.notices(),
    })
}

fn linked(templates: Vec<(model::Stack, Template)>) -> Result<Vec<Made>, Error> {
    let (kinds, templates): (Vec<_>, Vec<_>) = templates.into_iter().unzip();
    let stacks = template::link(&templates)?.into_iter();
    let made = stacks.map(|stack| Made {
        kind: kinds[stack.position],
        stack,
    });
    Ok(made.collect())
}

/// An environment with all its stacks, those that a person deploys first.
fn site<'a>(
    system: &System,
    place: Place<'a>,
    workflows: &[workflow::Workflow],
    signer: &str,
) -> Result<Site<'a>, Error> {
    let environment = place.environment;
    let (access, by_hand) = by_hand(system, &place, workflows)?;
    let parts = by_hand.into_iter().chain(place.made).map(|made| Part {
        entry: stacks::entry(system, environment, &made),
        template: made.stack.template,
    });
    let parts: Vec<Part> = parts.collect();
    let manifests = place
        .bundle
        .map(|bundle| manifests(system, environment, bundle, workflows));
    Ok(Site {
        manifests: manifests.transpose()?.unwrap_or_default(),
        beside: cluster::beside(system, environment, signer)?,
        operators: cluster::values(system, environment),
        environment,
        access,
        parameters: parameters(system, environment, &parts),
        grafana: resources::grafana(system, environment),
        parts,
    })
}

/// The manifests with the rights of who deploys them: those follow from the jobs, as on AWS.
fn manifests(
    system: &System,
    environment: &Environment,
    mut bundle: Bundle,
    workflows: &[workflow::Workflow],
) -> Result<Manifests, Error> {
    let of = |duty| workflow::rules_for(&role(system, environment, duty), workflows);
    let rules = [(DEPLOYERS, of(Duty::Deploy)), (REVIEWERS, of(Duty::Review))].into();
    cluster::rights(system, environment, &mut bundle, &rules)?;
    let waivers = cluster::waive(system, environment, &mut bundle, &rules);
    Ok(Manifests {
        files: bundle.files(),
        kinds: bundle.objects().into_iter().map(|(_, object)| object.kind).collect(),
        rules,
        waivers,
    })
}

/// What the roles may do, and the stacks that a person deploys. The role that looks for drift reads these too, and its
/// policies stand in them: they are made until no policy is added.
fn by_hand(system: &System, place: &Place<'_>, workflows: &[workflow::Workflow]) -> Result<(Access, Vec<Made>), Error> {
    let environment = place.environment;
    let mut access = access(system, place, workflows)?;
    let link = |access: &Access| linked(resources::by_hand(system, environment, access)?);
    let mut made = link(&access)?;
    let review = role(system, environment, Duty::Review);
    let looked_at = workflow::stacks_read_by(&review, workflows);
    let grants = workflow::grants_for(&review, workflows);
    let scope = resources::scope(system, environment);
    loop {
        let before = access.review.policies.len();
        let stacks = made.iter().map(|made| &made.stack);
        let looked_at = stacks.filter(|stack| looked_at.contains(stack.name.as_str()));
        let reading = permissions::reading(looked_at, &scope)?;
        let all = permissions::merge(grants.iter().cloned().chain(reading));
        access.review.policies = permissions::pack(&all, permissions::POLICIES_PER_ROLE)?;
        made = link(&access)?;
        if access.review.policies.len() <= before {
            return Ok((access, made));
        }
    }
}

/// What the roles of an environment may do: computed from its templates and from the jobs that assume them.
fn access(system: &System, place: &Place<'_>, workflows: &[workflow::Workflow]) -> Result<Access, Error> {
    let most = permissions::POLICIES_PER_ROLE;
    let review = role(system, place.environment, Duty::Review);
    let of = |duty: Duty| {
        let role = role(system, place.environment, duty);
        Ok::<_, Error>(resources::Role {
            policies: permissions::pack(&workflow::grants_for(&role, workflows), most)?,
            callers: pipeline::callers(system, place.environment, &role, workflows),
        })
    };
    let within = |boundary: Boundary| boundary.arn(system, place.environment);
    // Looking for drift reads the resources with the rights of who looks, and CloudFormation reads them too.
    let looked_at = workflow::stacks_read_by(&review, workflows);
    let looked_at = place.stacks().filter(|stack| looked_at.contains(stack.name.as_str()));
    let scope = resources::scope(system, place.environment);
    let reading = permissions::reading(looked_at, &scope)?;
    let execution = permissions::execution(place.stacks(), &scope, &within(Boundary::Rest))?;
    let mut boundaries = Vec::new();
    let mut passing = Vec::new();
    for boundary in Boundary::all(system) {
        let most = permissions::boundary(place.stacks(), &scope, Some(&within(*boundary)))?;
        let policies = permissions::pack(&most, 1)?.into_iter();
        boundaries.extend(policies.map(|policy| (*boundary, policy)));
        passing.extend(most);
    }
    let jobs = [Duty::Deploy, Duty::Review, Duty::Publish, Duty::Verify];
    let jobs = jobs.into_iter().flat_map(|duty| {
        let role = role(system, place.environment, duty);
        workflow::grants_for(&role, workflows)
    });
    let all = jobs.chain(execution.iter().chain(&passing).cloned());
    Ok(Access {
        unbound: permissions::unbound(&scope, &all.collect::<Vec<_>>()),
        boundaries,
        execution: permissions::pack(&permissions::beside(&execution, &reading), most)?,
        deploy: of(Duty::Deploy)?,
        review: of(Duty::Review)?,
        publish: of(Duty::Publish)?,
        verify: of(Duty::Verify)?,
        reading: permissions::pack(&reading, most)?,
    })
}

/// The values of the parameters that a deployer gives, for all stacks of an environment in one file:
/// `aws cloudformation deploy` takes from it what a template asks for. Parameters with a default that the pipeline
/// sets are not among them, so that a deployment keeps their values.
fn parameters(system: &System, environment: &Environment, parts: &[Part]) -> Json {
    let asked = |name: &str| parts.iter().any(|part| part.template["Parameters"][name].is_object());
    let values = [
        (CERTIFICATE_ARN, environment.account().certificate.to_string()),
        (NOTIFICATION_EMAIL, system.owner.notify.to_string()),
    ];
    let values = values.into_iter().filter(|(name, _)| asked(name));
    values
        .map(|(name, value)| json!({ "ParameterKey": name, "ParameterValue": value }))
        .collect()
}
