//! The script that deploys a system without GitHub.

mod restore;

use serde::Serialize;

use crate::model::{Entry, GitHubRepository};
use crate::readme::apart;
use crate::render::{Command, Quota, Site, Whole, commands, linked_services, quotas};
use crate::resources::IMAGE_TAG;
use crate::text;
use crate::workflow::{self, pipeline};

#[derive(Serialize)]
struct View<'a> {
    name: &'a str,
    /// Of the registry, as the next two are.
    region: &'a str,
    account: &'a str,
    repository: &'a str,
    /// The environments in other accounts than the registry, in a sentence.
    apart: String,
    /// The names of the environments, in a sentence.
    choices: String,
    first: &'a str,
    digest_parameter: &'a str,
    tag_parameter: &'a str,
    url_output: &'a str,
    container: &'a str,
    port: u16,
    /// Whether CodeDeploy moves the traffic in some environment.
    code_deploy: bool,
    /// The services whose own roles must be there, in one line.
    linked: String,
    /// Whether there is a database, and so a migration before a release.
    database: bool,
    /// The user that the service is there; empty without one.
    database_user: &'a str,
    /// Whether an environment's stacks are protected from being deleted.
    keeps: bool,
    environments: Vec<Environment<'a>>,
    /// The repository, as GitHub names it.
    github: String,
    /// Whether its tokens must say numbers, `true` or `false`; empty where both are trusted.
    immutable: &'static str,
    /// The functions that tell which exports are in use.
    in_use: String,
}

#[derive(Serialize)]
struct Environment<'a> {
    name: &'a str,
    account: &'a str,
    region: &'a str,
    cluster: &'a str,
    service: &'a str,
    service_stack: &'a str,
    url_stack: &'a str,
    log_group: &'a str,
    database: Option<restore::Database>,
    /// The application of CodeDeploy; empty where ECS moves the traffic.
    code_deploy: &'a str,
    /// Whether its stacks are protected from being deleted.
    keeps: bool,
    /// The ARN of its certificate; empty for plain HTTP.
    certificate: String,
    quotas: Vec<Quota>,
    stacks: Vec<Stack>,
}

#[derive(Serialize)]
struct Stack {
    name: String,
    /// The path of its template from the script.
    template: String,
    /// A hyphen for what a person deploys.
    role: String,
    /// A hyphen for nothing.
    capabilities: String,
    parameters: Vec<String>,
}

/// The text of `deploy.sh`.
pub(crate) fn deploy(whole: &Whole<'_>) -> Result<String, text::Error> {
    let pipeline = &whole.pipeline;
    let (first, owner) = (&pipeline.first, &whole.system.owner);
    let environments = whole.sites.iter().zip(pipeline.environments());
    let names: Vec<&str> = pipeline.environments().map(|one| one.name.as_str()).collect();
    text::render(
        text::DEPLOY_SCRIPT,
        &pipeline.project.typed,
        &View {
            name: &pipeline.system,
            region: &pipeline.registry.region,
            account: &pipeline.registry.account,
            repository: &pipeline.registry.repository,
            apart: apart(whole),
            choices: names.join(" or "),
            first: &first.name,
            digest_parameter: &first.service.digest_parameter,
            tag_parameter: IMAGE_TAG,
            url_output: &first.service.url_output,
            container: &first.service.container,
            port: first.service.port,
            code_deploy: pipeline.environments().any(|one| one.service.code_deploy.is_some()),
            linked: linked_services(whole.system).join(" "),
            database: whole.system.database().is_some(),
            database_user: whole.system.database().map_or("", |database| &database.name),
            keeps: pipeline.environments().any(|one| one.protected),
            github: format!("{}/{}", owner.github.owner, owner.github.name),
            immutable: immutable(&owner.github),
            in_use: workflow::in_use(),
            environments: environments.map(|(site, one)| environment(whole, site, one)).collect(),
        },
    )
}

/// Which form of subject the roles trust, if it is one.
fn immutable(github: &GitHubRepository) -> &'static str {
    let subjects = github.subjects("");
    let numbered = subjects.iter().filter(|subject| subject.contains('@')).count();
    match numbered {
        0 => "false",
        all if all == subjects.len() => "true",
        _ => "",
    }
}

fn environment<'a>(whole: &Whole<'_>, site: &Site<'_>, environment: &'a pipeline::Environment) -> Environment<'a> {
    let service = &environment.service;
    Environment {
        name: &environment.name,
        account: &environment.account,
        region: &environment.region,
        cluster: &service.cluster,
        service: &service.name,
        service_stack: &service.stack.name,
        url_stack: &service.url_stack,
        log_group: &service.log_group,
        database: restore::database(whole, site),
        code_deploy: service.code_deploy.as_deref().unwrap_or_default(),
        keeps: environment.protected,
        certificate: match &site.environment.entry {
            Entry::Https { .. } => site.environment.account().certificate.to_string(),
            Entry::Http { .. } => String::new(),
        },
        quotas: quotas(whole.systems, site.environment.account()),
        stacks: commands(whole, site).into_iter().map(|one| stack(whole, one)).collect(),
    }
}

fn stack(whole: &Whole<'_>, command: Command) -> Stack {
    let or_hyphen = |text: String| if text.is_empty() { "-".to_owned() } else { text };
    let folder = format!("out/{}/", whole.system.name);
    Stack {
        template: command
            .template
            .strip_prefix(&folder)
            .unwrap_or(&command.template)
            .to_owned(),
        name: command.stack,
        role: or_hyphen(command.role),
        capabilities: or_hyphen(command.capabilities),
        parameters: command.parameters,
    }
}
