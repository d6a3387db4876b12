//! From a system to all its files, in memory.

mod pipeline;
mod stacks;

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::checks::{self, Finding};
use crate::model::{Checked, Environment, Repository, System};
use crate::read::{self, Document};
use crate::readme::{self, Part, Site};
use crate::resources::{self, Access};
use crate::template::{self, Stack, pretty};
use crate::{compose, permissions, script, text, workflow};
pub use stacks::StackEntry;

/// Why a system cannot be rendered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Its templates do not fit together.
    #[error(transparent)]
    Template(#[from] template::Error),
    /// What its roles need does not fit into policies.
    #[error(transparent)]
    Permissions(#[from] permissions::Error),
    /// A template cannot be read back.
    #[error("{0}")]
    Read(Box<read::Error>),
    /// A text cannot be laid out.
    #[error(transparent)]
    Text(#[from] text::Error),
}

/// Everything that a system is rendered to.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    /// The text of each file, by its path from the root of the repository.
    pub files: BTreeMap<String, String>,
    /// The stacks in the order of deployment.
    pub stacks: Vec<StackEntry>,
    /// What the checks say of the templates.
    pub findings: Vec<Finding>,
    /// What the user should know, a line each.
    pub notices: Vec<String>,
}

/// An environment with its linked stacks and its permissions.
struct Place<'a> {
    environment: &'a Environment,
    /// All but those that a person deploys.
    stacks: Vec<Stack>,
}

/// Renders a system of those that were looked at.
///
/// # Errors
///
/// [`Error`] if the system is one that nothing refused before.
pub fn render(system: Checked<'_>) -> Result<Rendered, Error> {
    let prefix = system.prefix();
    let (systems, system) = (system.systems(), system.system());
    let mut places = Vec::new();
    for environment in &system.environments {
        let templates = resources::expand(system, environment)?;
        places.push(Place {
            environment,
            stacks: template::link(&templates)?,
        });
    }
    let pipeline = pipeline::of(system, &places, prefix.clone());
    let workflows = pipeline.as_ref().map(workflow::all).unwrap_or_default();
    let mut out = Rendered {
        notices: system.notices(),
        ..Rendered::default()
    };
    let sites = places.into_iter().map(|place| site(system, place, &workflows));
    let sites = sites.collect::<Result<Vec<Site<'_>>, Error>>()?;
    for site in &sites {
        out.files.extend(files(system, site));
        out.stacks.extend(site.parts.iter().map(|part| part.entry.clone()));
    }
    let whole = readme::Whole {
        system,
        systems,
        sites: &sites,
        workflows: &workflows,
        prefix: &prefix,
        notices: &out.notices,
    };
    let folder = format!("out/{}", system.name);
    let pages = readme::pages(&whole)?;
    if let Some(pipeline) = &pipeline {
        let script = script::deploy(&whole, pipeline)?;
        out.files.insert(format!("{folder}/deploy.sh"), script);
    }
    let pages = pages.into_iter();
    out.files
        .extend(pages.map(|(name, text)| (format!("{folder}/{name}"), text)));
    let local = compose::files(system)?.into_iter();
    out.files
        .extend(local.map(|(name, text)| (format!("{folder}/{name}"), text)));
    let root = match system.pipeline.repository {
        Repository::Own => String::new(),
        Repository::Foreign => format!("out/{}/", system.name),
    };
    let files = workflow::render(&workflows)?;
    out.findings = checks::run(&documents(&out)?);
    out.findings.extend(checks::workflow::run(&files));
    out.files.extend(
        files
            .into_iter()
            .map(|file| (format!("{root}{}", file.path), file.text)),
    );
    Ok(out)
}

/// The templates as they will be written, read back.
fn documents(out: &Rendered) -> Result<Vec<Document>, Error> {
    let templates = out.files.iter().filter(|(path, _)| path.ends_with(".template.json"));
    let documents = templates.map(|(path, text)| read::document(path, text));
    documents
        .collect::<Result<_, _>>()
        .map_err(|error| Error::Read(Box::new(error)))
}

/// An environment with all its stacks, those that a person deploys first.
fn site<'a>(system: &System, place: Place<'a>, workflows: &[workflow::Workflow]) -> Result<Site<'a>, Error> {
    let environment = place.environment;
    let (access, by_hand) = by_hand(system, &place, workflows)?;
    let parts = by_hand.into_iter().chain(place.stacks).map(|stack| Part {
        entry: stacks::entry(system, environment, &stack),
        template: stack.template,
    });
    let parts: Vec<Part> = parts.collect();
    Ok(Site {
        environment,
        access,
        parameters: parameters(system, environment, &parts),
        grafana: resources::grafana(system, environment),
        parts,
    })
}

/// What the roles may do, and the stacks that a person deploys. The role that looks for drift reads these too, and its
/// policies stand in them: they are made until no policy is added.
fn by_hand(
    system: &System,
    place: &Place<'_>,
    workflows: &[workflow::Workflow],
) -> Result<(Access, Vec<Stack>), Error> {
    let environment = place.environment;
    let mut access = access(system, place, workflows)?;
    let make = |access: &Access| Ok::<_, Error>(template::link(&resources::by_hand(system, environment, access)?)?);
    let mut stacks = make(&access)?;
    let review = pipeline::role(system, environment, "review");
    let looked_at = workflow::stacks_read_by(&review, workflows);
    let grants = workflow::grants_for(&review, workflows);
    let scope = resources::scope(system, environment);
    loop {
        let before = access.review.policies.len();
        let looked_at = stacks.iter().filter(|stack| looked_at.contains(stack.name.as_str()));
        let reading = permissions::reading(looked_at, &scope)?;
        let all = permissions::merge(grants.iter().cloned().chain(reading));
        access.review.policies = permissions::pack(&all, permissions::POLICIES_PER_ROLE)?;
        stacks = make(&access)?;
        if access.review.policies.len() <= before {
            return Ok((access, stacks));
        }
    }
}

/// The files of an environment.
fn files(system: &System, site: &Site<'_>) -> BTreeMap<String, String> {
    let folder = stacks::folder(system, site.environment);
    let templates = site.parts.iter();
    let mut files: BTreeMap<String, String> = templates
        .map(|part| (part.entry.template.clone(), pretty(&part.template)))
        .collect();
    if let Some(dashboard) = site.parts.iter().find_map(|part| dashboard(&part.template)) {
        files.insert(format!("{folder}/cloudwatch-dashboard.json"), pretty(&dashboard));
    }
    files.insert(format!("{folder}/parameters.json"), pretty(&site.parameters));
    files.insert(format!("{folder}/grafana-dashboard.json"), pretty(&site.grafana));
    files
}

/// What the roles of an environment may do: computed from its templates and from the jobs that assume them.
fn access(system: &System, place: &Place<'_>, workflows: &[workflow::Workflow]) -> Result<Access, Error> {
    let most = permissions::POLICIES_PER_ROLE;
    let review = pipeline::role(system, place.environment, "review");
    let of = |name: &str| {
        let role = pipeline::role(system, place.environment, name);
        Ok::<_, Error>(resources::Role {
            policies: permissions::pack(&workflow::grants_for(&role, workflows), most)?,
            callers: pipeline::callers(system, place.environment, &role, workflows),
        })
    };
    let boundary = resources::boundary(system, place.environment);
    // Looking for drift reads the resources with the rights of who looks, and CloudFormation reads them too.
    let looked_at = workflow::stacks_read_by(&review, workflows);
    let looked_at = place
        .stacks
        .iter()
        .filter(|stack| looked_at.contains(stack.name.as_str()));
    let scope = resources::scope(system, place.environment);
    let reading = permissions::reading(looked_at, &scope)?;
    let execution = permissions::execution(&place.stacks, &scope, &boundary)?;
    let boundary = permissions::boundary(&place.stacks, &scope)?;
    let jobs = ["deploy", "review", "publish", "verify"].into_iter().flat_map(|name| {
        let role = pipeline::role(system, place.environment, name);
        workflow::grants_for(&role, workflows)
    });
    let all = jobs.chain(execution.iter().chain(&boundary).cloned());
    Ok(Access {
        unbound: permissions::unbound(&scope, &all.collect::<Vec<_>>()),
        boundary: permissions::pack(&boundary, 1)?,
        execution: permissions::pack(&permissions::beside(&execution, &reading), most)?,
        deploy: of("deploy")?,
        review: of("review")?,
        publish: of("publish")?,
        verify: of("verify")?,
        reading: permissions::pack(&reading, most)?,
    })
}

/// The dashboard of a stack as a person reads it: in the template it is one long line.
fn dashboard(template: &Json) -> Option<Json> {
    let resources = template["Resources"].as_object()?;
    let dashboard = resources
        .values()
        .find(|resource| resource["Type"] == "AWS::CloudWatch::Dashboard")?;
    let body = &dashboard["Properties"]["DashboardBody"];
    let text = body
        .as_str()
        .or_else(|| body["Fn::Sub"].as_str())
        .or_else(|| body["Fn::Sub"][0].as_str())?;
    serde_json::from_str(text).ok()
}

/// The values of the parameters that a deployer gives, for all stacks of an environment in one file:
/// `aws cloudformation deploy` takes from it what a template asks for. Parameters with a default that the pipeline
/// sets are not among them, so that a deployment keeps their values.
fn parameters(system: &System, environment: &Environment, parts: &[Part]) -> Json {
    let asked = |name: &str| parts.iter().any(|part| part.template["Parameters"][name].is_object());
    let values = [
        ("CertificateArn", environment.account.certificate.to_string()),
        ("NotificationEmail", system.owner.notify.to_string()),
    ];
    let values = values.into_iter().filter(|(name, _)| asked(name));
    values
        .map(|(name, value)| json!({ "ParameterKey": name, "ParameterValue": value }))
        .collect()
}
