//! The one way to a running image, shared by release and rollback.

mod inputs;

pub(super) use inputs::Way;

use super::call::{ENVIRONMENT, SELF};
use super::infra;
use super::model::{Cancel, Concurrency, Job, Run, Runner, Trigger, Work, Workflow};
use super::pipeline::{Environment, Pipeline, Service as Deployed};
use super::registry::{DIGEST, DIGESTS, TAG, VERIFY, mark, verify};
use super::step::{Migrate, Release, Running, Service, Shift, Stack, Step, Tasks, Tool, When};
use super::value::Value;
use inputs::{CODE_DEPLOY, COMMIT, MIGRATION, with_code_deploy};

const FILE: &str = "deploy";

pub(super) fn workflow(pipeline: &Pipeline) -> Workflow {
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
            inputs: inputs::asked(pipeline).collect(),
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

/// Calls it for an environment.
pub(super) fn call(pipeline: &Pipeline, environment: &Environment, way: Way) -> Work {
    Work::Call {
        workflow: FILE,
        with: inputs::given(pipeline, environment, way).collect(),
        waiver: Some(SELF),
    }
}

fn job(pipeline: &Pipeline, service: &Deployed) -> Job {
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

/// From the database to what clients get.
fn release(pipeline: &Pipeline, service: &Deployed) -> Vec<Step> {
    let mut steps = Vec::new();
    if pipeline.migrates() {
        steps.extend(migrate(service));
    }
    steps.push(Step::new("Deploy the digest", give_digest("stack", service)));
    steps.extend(with_code_deploy(pipeline).then(|| shift(service)));
    steps.extend(verify_running(service));
    steps
}

/// The digest for a stack. The stack of the migration makes roles as that of the service does, and asks for the same
/// agreement.
fn give_digest(stack: &'static str, service: &Deployed) -> Service {
    Service::Release(Release {
        stack: Value::Input(stack),
        digest: DIGEST,
        tag: TAG,
        capabilities: Value::Input("capabilities"),
        execution_role: Value::Input("execution_role"),
        parameter: service.digest_parameter.clone(),
    })
}

fn migrate(service: &Deployed) -> [Step; 2] {
    let migrate = Migrate {
        stack: Value::Input(MIGRATION),
        network: Value::Input("url_stack"),
        cluster: Value::Input("cluster"),
        log_group: Value::Input("log_group"),
    };
    let given = When::Given(MIGRATION);
    [
        Step::new("Give the digest to the migration", give_digest(MIGRATION, service)).when(given),
        Step::new("Migrate the database", Service::Migrate(migrate)).when(given),
    ]
}

fn shift(service: &Deployed) -> Step {
    let shift = Shift {
        application: Value::Input(CODE_DEPLOY),
        family: Value::Input("cluster"),
        container: (&service.container).into(),
        port: service.port,
    };
    Step::new("Move the traffic", Service::Shift(shift)).when(When::Given(CODE_DEPLOY))
}

fn verify_running(service: &Deployed) -> [Step; 2] {
    let running = Running {
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
    [
        Step::new("Verify that the digest runs", Service::VerifyRunning(running)),
        Step::new("Ask the service", smoke),
    ]
}

fn report(pipeline: &Pipeline) -> Vec<Step> {
    let migration = pipeline.migrates().then_some(Value::Input(MIGRATION));
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
