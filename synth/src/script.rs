//! The script that deploys a system without GitHub.

mod pods;
mod restore;

use serde::Serialize;

use self::pods::Pods;
use crate::model::{Entry, GitHubRepository};
use crate::readme::apart;
use crate::render::{Command, Quota, Site, Whole, commands, from_page, linked_services, quotas};
use crate::resources::{IMAGE_TAG, OPERATOR, READER};
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
    tag_parameter: &'a str,
    /// What is only of tasks of ECS.
    tasks: Option<Tasks<'a>>,
    /// What is only of pods of EKS.
    pods: Option<Pods<'a>>,
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
    /// The stack that a release changes: of tasks the service's, of pods the one whose alarms look at the load balancer.
    service_stack: &'a str,
    /// The stack that knows where tasks answer; empty for pods.
    url_stack: &'a str,
    /// Where pods answer; empty for the load balancer's own name.
    url: &'a str,
    /// The roles that a person takes to change the cluster, and to look into it; empty for tasks.
    operator: String,
    reader: String,
    /// What is put into manifests, a line each: the placeholder, the stack, its output.
    outputs: Vec<String>,
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

/// What is only of tasks of ECS.
#[derive(Serialize)]
struct Tasks<'a> {
    digest_parameter: &'a str,
    url_output: &'a str,
    container: &'a str,
    port: u16,
}

impl<'a> Tasks<'a> {
    fn of(service: &'a pipeline::Service) -> Self {
        Self {
            digest_parameter: &service.digest_parameter,
            url_output: &service.url_output,
            container: &service.container,
            port: service.port,
        }
    }
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
            tag_parameter: IMAGE_TAG,
            tasks: first.tasks().map(Tasks::of),
            pods: first.pods().map(|pods| Pods::of(whole, pods)),
            code_deploy: pipeline
                .environments()
                .any(|one| one.tasks().is_some_and(|service| service.code_deploy.is_some())),
            linked: linked_services(whole.system).join(" "),
            database: whole.system.database().is_some(),
            database_user: whole.system.database().map_or("", |database| &database.name),
            keeps: pipeline.environments().any(|one| one.protected),
            github: owner.github.full_name(),
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
    let (tasks, pods) = (environment.tasks(), environment.pods());
    let either =
        |of_tasks: fn(&'a pipeline::Service) -> &'a str, of_pods: fn(&'a pipeline::Pods) -> &'a str| match &environment
            .runs
        {
            pipeline::Runs::Tasks(service) => of_tasks(service),
            pipeline::Runs::Pods(pods) => of_pods(pods),
        };
    let of_people = |role: &str| {
        let (system, environment) = (whole.system, site.environment);
        let arn = pods.map(|_| environment.account().role(&system.named(environment, role)));
        arn.unwrap_or_default()
    };
    Environment {
        name: &environment.name,
        account: &environment.account,
        region: &environment.region,
        cluster: either(|service| &service.cluster, |pods| &pods.cluster),
        service: either(|service| &service.name, |pods| &pods.name),
        service_stack: either(|service| &service.stack.name, |pods| &pods.watching),
        url_stack: either(|service| &service.url_stack, |_| ""),
        url: either(|_| "", |pods| pods.url.as_deref().unwrap_or_default()),
        operator: of_people(OPERATOR),
        reader: of_people(READER),
        outputs: pods.map(outputs).unwrap_or_default(),
        log_group: environment.log_group(),
        database: restore::database(whole, site),
        code_deploy: tasks
            .and_then(|service| service.code_deploy.as_deref())
            .unwrap_or_default(),
        keeps: environment.protected,
        certificate: match &site.environment.entry {
            Entry::Https { .. } => site.environment.account().certificate.to_string(),
            Entry::Http { .. } => String::new(),
        },
        quotas: quotas(whole.systems, site.environment.account()),
        stacks: commands(whole, site).into_iter().map(|one| stack(whole, one)).collect(),
    }
}

/// What the manifests take of stacks, a line each.
fn outputs(pods: &pipeline::Pods) -> Vec<String> {
    pods.lines_of_outputs().lines().map(str::to_owned).collect()
}

fn stack(whole: &Whole<'_>, command: Command) -> Stack {
    let or_hyphen = |text: String| if text.is_empty() { "-".to_owned() } else { text };
    Stack {
        template: from_page(whole.system, &command.template).to_owned(),
        name: command.stack,
        role: or_hyphen(command.role),
        capabilities: or_hyphen(command.capabilities),
        parameters: command.parameters,
    }
}
