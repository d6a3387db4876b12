//! What the workflow asks of whoever calls it, and what an environment answers.

use crate::workflow::call::ENVIRONMENT;
use crate::workflow::model::Input;
use crate::workflow::pipeline::{Environment, Pipeline};
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
struct Asked(&'static str, &'static str, fn(&Environment, Way) -> Value);

/// The commit that is released.
pub(super) const COMMIT: &str = "commit";

/// The stack of the migration.
pub(super) const MIGRATION: &str = "migration";

/// The application of `CodeDeploy`.
pub(super) const CODE_DEPLOY: &str = "code_deploy";

const ALWAYS: [Asked; 13] = [
    Asked(
        ENVIRONMENT,
        "The environment; the rules of GitHub's of that name say who may deploy",
        |environment, _| (&environment.name).into(),
    ),
    Asked("region", "The region", |environment, _| (&environment.region).into()),
    Asked("account", "The account", |environment, _| (&environment.account).into()),
    Asked("role", "The deploy role of the environment", |environment, _| {
        (&environment.deploy_role).into()
    }),
    Asked(
        "execution_role",
        "The role that CloudFormation makes resources with",
        |environment, _| (&environment.execution_role).into(),
    ),
    Asked("stack", "The service's stack", |environment, _| {
        (&environment.service.stack.name).into()
    }),
    Asked(
        "capabilities",
        "What the stack needs the deployer to agree to",
        |environment, _| environment.service.stack.capabilities().into(),
    ),
    Asked("cluster", "The ECS cluster", |environment, _| {
        (&environment.service.cluster).into()
    }),
    Asked("service", "The ECS service", |environment, _| {
        (&environment.service.name).into()
    }),
    Asked("log_group", "Where the service logs", |environment, _| {
        (&environment.service.log_group).into()
    }),
    Asked(
        "url_stack",
        "The stack that knows the service's address",
        |environment, _| (&environment.service.url_stack).into(),
    ),
    Asked(
        "tag",
        "The image's tag: the SHA of a commit, or its first digits",
        |_, way| match way {
            Way::Release => RELEASED,
            Way::Rollback => Value::Input("rollback_tag"),
        },
    ),
    Asked(
        COMMIT,
        "The commit that is released; nothing for a rollback, which may go back",
        |_, way| match way {
            Way::Release => RELEASED,
            Way::Rollback => "".into(),
        },
    ),
];

const RELEASED: Value = Value::Context("github.sha");

/// Only where a system has one. An earlier image works with the database as it is: a change of it is made in two
/// releases.
const OF_MIGRATION: Asked = Asked(
    MIGRATION,
    "The stack of the task that runs before the release; nothing for a rollback, which leaves the database as it is",
    |environment, way| match (way, &environment.migration) {
        (Way::Release, Some(stack)) => (&stack.name).into(),
        _ => "".into(),
    },
);

/// Only where an environment moves traffic with it.
const OF_CODE_DEPLOY: Asked = Asked(
    CODE_DEPLOY,
    "The application of CodeDeploy that moves the traffic; nothing where ECS does",
    |environment, _| environment.service.code_deploy.as_deref().unwrap_or_default().into(),
);

fn all(pipeline: &Pipeline) -> impl Iterator<Item = Asked> {
    ALWAYS
        .into_iter()
        .chain(pipeline.migrates().then_some(OF_MIGRATION))
        .chain(with_code_deploy(pipeline).then_some(OF_CODE_DEPLOY))
}

/// The inputs as the workflow declares them.
pub(super) fn asked(pipeline: &Pipeline) -> impl Iterator<Item = Input> {
    all(pipeline).map(|Asked(name, about, _)| Input {
        name,
        about,
        options: Vec::new(),
    })
}

/// What an environment gives for them.
pub(super) fn given(
    pipeline: &Pipeline,
    environment: &Environment,
    way: Way,
) -> impl Iterator<Item = (&'static str, Value)> {
    all(pipeline).map(move |Asked(name, _, of)| (name, of(environment, way)))
}

/// Whether an environment moves traffic with `CodeDeploy`.
pub(super) fn with_code_deploy(pipeline: &Pipeline) -> bool {
    let mut environments = pipeline.environments();
    environments.any(|environment| environment.service.code_deploy.is_some())
}
