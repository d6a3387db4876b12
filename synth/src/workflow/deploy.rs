//! The one way to a running image, shared by release and rollback.

use super::infra;
use super::model::{Cancel, Concurrency, Input, Job, Program, Run, Runner, Trigger, Waiver, Work, Workflow};
use super::pipeline::{Environment, Pipeline, Service as Running};
use super::registry::{DIGEST, DIGESTS, TAG, VERIFY, mark, verify};
use super::step::{Service, Stack, Step, Tasks, Tool, When};
use super::value::Value;

const FILE: &str = "deploy";

const INPUTS: [(&str, &str); 13] = [
    (
        ENVIRONMENT,
        "The environment; the rules of GitHub's of that name say who may deploy",
    ),
    ("region", "The region"),
    ("account", "The account"),
    ("role", "The deploy role of the environment"),
    ("execution_role", "The role that CloudFormation makes resources with"),
    ("stack", "The service's stack"),
    ("capabilities", "What the stack needs the deployer to agree to"),
    ("cluster", "The ECS cluster"),
    ("service", "The ECS service"),
    ("log_group", "Where the service logs"),
    ("url_stack", "The stack that knows the service's address"),
    ("tag", "The image's tag: the SHA of a commit, or its first digits"),
    (
        COMMIT,
        "The commit that is released; nothing for a rollback, which may go back",
    ),
];

pub(super) const ENVIRONMENT: &str = "environment";

const COMMIT: &str = "commit";

/// Only where a system has one.
const MIGRATION: (&str, &str) = (
    "migration",
    "The stack of the task that runs before the release; nothing for a rollback, which leaves the database as it is",
);

/// Which way an image comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It was just published.
    Release,
    /// It ran before.
    Rollback,
}

/// Only where an environment moves traffic with it.
const CODE_DEPLOY: (&str, &str) = (
    "code_deploy",
    "The application of CodeDeploy that moves the traffic; nothing where ECS does",
);

pub(super) fn workflow(pipeline: &Pipeline) -> Workflow {
    let input = |(name, about)| Input {
        name,
        about,
        options: Vec::new(),
    };
    Workflow {
        file: FILE,
        prefix: pipeline.prefix.clone(),
        renders: pipeline.project.typed.clone(),
        name: format!("{} deploy", pipeline.system),
        about: "Runs the image of a tag in one environment. Release and rollback come here; what differs between \
                environments is an input. The job that verifies the signature may pull from the registry, the one that \
                marks the image may push to it, and the one that deploys has no rights there: it runs no program of \
                others.",
        triggers: vec![Trigger::Call {
            inputs: INPUTS
                .into_iter()
                .chain(pipeline.migrates().then_some(MIGRATION))
                .chain(with_code_deploy(pipeline).then_some(CODE_DEPLOY))
                .map(input)
                .collect(),
        }],
        concurrency: None,
        waiver: None,
        jobs: vec![
            verify(pipeline),
            job(pipeline, &pipeline.first.service),
            mark(pipeline, FILE),
        ],
    }
}

/// Whether an environment moves traffic with CodeDeploy.
fn with_code_deploy(pipeline: &Pipeline) -> bool {
    pipeline
        .environments()
        .any(|environment| environment.service.code_deploy.is_some())
}

/// A call of a file beside.
pub(super) const SELF: Waiver = Waiver {
    program: Program::Zizmor,
    check: "self-repository",
    reason: "no step comes before a call, so nothing can have changed the file",
};

/// Calls it for an environment.
pub(super) fn call(pipeline: &Pipeline, environment: &Environment, way: Way) -> Work {
    let Environment {
        name,
        region,
        account,
        deploy_role,
        execution_role,
        service,
        migration,
        ..
    } = environment;
    // An earlier image works with the database as it is: a change of it is made in two releases.
    let (tag, migration) = match way {
        Way::Release => (Value::Context("github.sha"), migration.as_ref()),
        Way::Rollback => (Value::Input("rollback_tag"), None),
    };
    let commit = match way {
        Way::Release => tag.clone(),
        Way::Rollback => "".into(),
    };
    let migration = migration.map(|stack| stack.name.as_str()).unwrap_or_default();
    let migration = pipeline.migrates().then(|| (MIGRATION.0, migration.into()));
    let application = service.code_deploy.as_deref().unwrap_or_default();
    let application = with_code_deploy(pipeline).then(|| (CODE_DEPLOY.0, application.into()));
    Work::Call {
        workflow: FILE,
        with: [
            (ENVIRONMENT, name.into()),
            ("region", region.into()),
            ("account", account.into()),
            ("role", deploy_role.into()),
            ("execution_role", execution_role.into()),
            ("stack", (&service.stack.name).into()),
            ("capabilities", service.stack.capabilities().into()),
            ("cluster", (&service.cluster).into()),
            ("service", (&service.name).into()),
            ("log_group", (&service.log_group).into()),
            ("url_stack", (&service.url_stack).into()),
            ("tag", tag),
            (COMMIT, commit),
        ]
        .into_iter()
        .chain(migration)
        .chain(application)
        .collect(),
        waiver: Some(SELF),
    }
}

fn job(pipeline: &Pipeline, service: &Running) -> Job {
    let run = Run {
        runner: Runner::Ubuntu,
        // The role's session lasts an hour, and what comes before it may take half of one.
        minutes: 90,
        environment: Some(Value::After(pipeline.prefix.clone(), ENVIRONMENT)),
        concurrency: Some(Concurrency {
            group: format!("{}/${{{{ inputs.environment }}}}", pipeline.system),
            cancel: Cancel::Never,
        }),
        steps: [start(pipeline).into(), release(pipeline, service), report(pipeline)].concat(),
    };
    Job {
        id: FILE.into(),
        name: "Deploy".into(),
        needs: vec![VERIFY.into()],
        only: None,
        work: Work::Run(run),
    }
}

fn start(pipeline: &Pipeline) -> [Step; 3] {
    let templates = Stack::Await {
        workflow: format!("{}{}", pipeline.prefix, infra::FILE),
        job: infra::deploying("${{ inputs.environment }}"),
        commit: Value::Input(COMMIT),
    };
    let role = Tool::AssumeRole {
        role: Value::Input("role"),
        region: Value::Input("region"),
        account: Value::Input("account"),
    };
    let newer = Service::RefuseOlder {
        stack: Value::Input("stack"),
        commit: Value::Input(COMMIT),
    };
    [
        Step::new("Wait for the stacks of this commit", templates).when(When::Given(COMMIT)),
        Step::new("Assume the deploy role", role),
        Step::new("See that nothing newer runs", newer).when(When::Given(COMMIT)),
    ]
}

fn release(pipeline: &Pipeline, service: &Running) -> Vec<Step> {
    // The stack of the migration makes roles as that of the service does, and asks for the same agreement.
    let release = |stack| Service::Release {
        stack: Value::Input(stack),
        digest: DIGEST,
        tag: TAG,
        capabilities: Value::Input("capabilities"),
        execution_role: Value::Input("execution_role"),
        parameter: service.digest_parameter.clone(),
    };
    let migrate = Service::Migrate {
        stack: Value::Input(MIGRATION.0),
        network: Value::Input("url_stack"),
        cluster: Value::Input("cluster"),
        log_group: Value::Input("log_group"),
    };
    let running = Service::VerifyRunning {
        digest: DIGEST,
        digests: DIGESTS,
        tasks: tasks(),
        container: (&service.container).into(),
    };
    let smoke = Service::Smoke {
        stack: Value::Input("url_stack"),
        output: service.url_output.clone(),
        paths: service.smoke_paths.clone(),
    };
    let shift = Service::Shift {
        application: Value::Input(CODE_DEPLOY.0),
        family: Value::Input("cluster"),
        container: (&service.container).into(),
        port: service.port,
    };
    let shift = Step::new("Move the traffic", shift).when(When::Given(CODE_DEPLOY.0));
    let mut steps = Vec::new();
    if pipeline.migrates() {
        let given = When::Given(MIGRATION.0);
        steps.push(Step::new("Give the digest to the migration", release(MIGRATION.0)).when(given));
        steps.push(Step::new("Migrate the database", migrate).when(given));
    }
    steps.push(Step::new("Deploy the digest", release("stack")));
    steps.extend(with_code_deploy(pipeline).then_some(shift));
    steps.extend([
        Step::new("Verify that the digest runs", running),
        Step::new("Ask the service", smoke),
    ]);
    steps
}

fn report(pipeline: &Pipeline) -> Vec<Step> {
    let migration = pipeline.migrates().then_some(Value::Input(MIGRATION.0));
    let stacks = Stack::Report {
        stacks: [Value::Input("stack")].into_iter().chain(migration).collect(),
    };
    let service = Service::Report {
        tasks: tasks(),
        log_group: Value::Input("log_group"),
    };
    vec![
        Step::new("Report failed resources", stacks).when(When::Failing),
        Step::new("Report stopped tasks and last log lines", service).when(When::Failing),
    ]
}

fn tasks() -> Tasks {
    Tasks {
        cluster: Value::Input("cluster"),
        service: Value::Input("service"),
    }
}
