//! What the workflow asks of whoever calls it, and what an environment answers.

use crate::workflow::call::ENVIRONMENT;
use crate::workflow::pipeline::{Environment, Pipeline, Pods, Service};
use crate::workflow::trigger::Input;
use crate::workflow::value::Value;

/// Which way an image comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::workflow) enum Way {
    /// It was just published.
    Release,
    /// It ran before.
    Rollback,
}

/// One input: its name, what it is, and what an environment gives for it.
struct Asked(&'static str, &'static str, Given);

/// What an environment gives for an input.
#[expect(clippy::enum_variant_names, reason = "each says who gives it")]
enum Given {
    ByEnvironment(fn(&Environment, Way) -> Value),
    ByTasks(fn(&Service, Way) -> Value),
    ByPods(fn(&Pods) -> Value),
}

/// The commit that is released.
pub(super) const COMMIT: &str = "commit";

/// The stack of the migration.
pub(super) const MIGRATION: &str = "migration";

/// The application of `CodeDeploy`.
pub(super) const CODE_DEPLOY: &str = "code_deploy";

/// The folder of the manifests.
pub(super) const MANIFESTS: &str = "manifests";

/// What is put into the manifests.
pub(super) const OUTPUTS: &str = "outputs";

/// Where the service answers.
pub(super) const URL: &str = "url";

const FIRST: [Asked; 5] = [
    Asked(
        ENVIRONMENT,
        "The environment; the rules of GitHub's of that name say who may deploy",
        Given::ByEnvironment(|environment, _| (&environment.name).into()),
    ),
    Asked(
        "region",
        "The region",
        Given::ByEnvironment(|environment, _| (&environment.region).into()),
    ),
    Asked(
        "account",
        "The account",
        Given::ByEnvironment(|environment, _| (&environment.account).into()),
    ),
    Asked(
        "role",
        "The deploy role of the environment",
        Given::ByEnvironment(|environment, _| (&environment.deploy_role).into()),
    ),
    Asked(
        "execution_role",
        "The role that CloudFormation makes resources with",
        Given::ByEnvironment(|environment, _| (&environment.execution_role).into()),
    ),
];

const OF_TASKS: [Asked; 6] = [
    Asked(
        "stack",
        "The service's stack",
        Given::ByTasks(|service, _| (&service.stack.name).into()),
    ),
    Asked(
        "capabilities",
        "What the stack needs the deployer to agree to",
        Given::ByTasks(|service, _| service.stack.capabilities().into()),
    ),
    Asked(
        "cluster",
        "The ECS cluster",
        Given::ByTasks(|service, _| (&service.cluster).into()),
    ),
    Asked(
        "service",
        "The ECS service",
        Given::ByTasks(|service, _| (&service.name).into()),
    ),
    Asked(
        "log_group",
        "Where the service logs",
        Given::ByTasks(|service, _| (&service.log_group).into()),
    ),
    Asked(
        "url_stack",
        "The stack that knows the service's address",
        Given::ByTasks(|service, _| (&service.url_stack).into()),
    ),
];

const OF_PODS: [Asked; 5] = [
    Asked(
        "cluster",
        "The EKS cluster",
        Given::ByPods(|pods| (&pods.cluster).into()),
    ),
    Asked(
        MANIFESTS,
        "The folder of the environment's manifests",
        Given::ByPods(|pods| (&pods.folder).into()),
    ),
    Asked(
        OUTPUTS,
        "What is put into the manifests, a line each: the placeholder, the stack, its output",
        Given::ByPods(|pods| pods.lines_of_outputs().into()),
    ),
    Asked(
        "stack",
        "The stack whose alarms look at the load balancer",
        Given::ByPods(|pods| (&pods.watching).into()),
    ),
    Asked(
        URL,
        "Where the service answers; nothing where only its load balancer has a name",
        Given::ByPods(|pods| pods.url.as_deref().unwrap_or_default().into()),
    ),
];

const LAST: [Asked; 2] = [
    Asked(
        "tag",
        "The image's tag: the SHA of a commit, or its first digits",
        Given::ByEnvironment(|_, way| match way {
            Way::Release => RELEASED,
            Way::Rollback => Value::Input("rollback_tag"),
        }),
    ),
    Asked(
        COMMIT,
        "The commit that is released; nothing for a rollback, which may go back",
        Given::ByEnvironment(|_, way| match way {
            Way::Release => RELEASED,
            Way::Rollback => "".into(),
        }),
    ),
];

const RELEASED: Value = Value::Context("github.sha");

/// Only where a system has one. An earlier image works with the database as it is: a change of it is made in two
/// releases.
const OF_MIGRATION: Asked = Asked(
    MIGRATION,
    "The stack of the task that runs before the release; nothing for a rollback, which leaves the database as it is",
    Given::ByTasks(|service, way| match (way, &service.migration) {
        (Way::Release, Some(stack)) => (&stack.name).into(),
        _ => "".into(),
    }),
);

/// Only where an environment moves traffic with it.
const OF_CODE_DEPLOY: Asked = Asked(
    CODE_DEPLOY,
    "The application of CodeDeploy that moves the traffic; nothing where ECS does",
    Given::ByTasks(|service, _| service.code_deploy.as_deref().unwrap_or_default().into()),
);

fn all(pipeline: &Pipeline) -> Vec<Asked> {
    let mut all: Vec<Asked> = FIRST.into();
    if pipeline.first.pods().is_some() {
        all.extend(OF_PODS);
    } else {
        all.extend(OF_TASKS);
    }
    all.extend(LAST);
    all.extend(pipeline.migrates().then_some(OF_MIGRATION));
    all.extend(with_code_deploy(pipeline).then_some(OF_CODE_DEPLOY));
    all
}

/// The inputs as the workflow declares them.
pub(super) fn asked(pipeline: &Pipeline) -> impl Iterator<Item = Input> {
    all(pipeline).into_iter().map(|Asked(name, about, _)| Input {
        name,
        about,
        required: true,
        options: Vec::new(),
    })
}

/// What an environment gives for them.
pub(super) fn given(
    pipeline: &Pipeline,
    environment: &Environment,
    way: Way,
) -> impl Iterator<Item = (&'static str, Value)> {
    all(pipeline).into_iter().map(move |Asked(name, _, given)| {
        let value = match given {
            Given::ByEnvironment(of) => Some(of(environment, way)),
            Given::ByTasks(of) => environment.tasks().map(|service| of(service, way)),
            Given::ByPods(of) => environment.pods().map(of),
        };
        (name, value.unwrap_or_else(|| "".into()))
    })
}

/// Whether an environment moves traffic with `CodeDeploy`.
pub(super) fn with_code_deploy(pipeline: &Pipeline) -> bool {
    let mut services = pipeline.environments().filter_map(Environment::tasks);
    services.any(|service| service.code_deploy.is_some())
}
