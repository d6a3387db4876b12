//! The one way to a running image, shared by release and rollback.

mod inputs;
mod pods;
mod tasks;

pub(super) use inputs::Way;

use super::call::{ENVIRONMENT, SELF};
use super::infra;
use super::model::{Cancel, Concurrency, Ending, Job, Run, Runner, Work, Workflow};
use super::pipeline::{Environment, Pipeline, Runs};
use super::registry::{VERIFY, mark, verify};
use super::step::{Does, Stack, Step, Tool, When};
use super::trigger::Trigger;
use super::value::Value;
use inputs::COMMIT;

const FILE: &str = "deploy";

pub(super) fn workflow(pipeline: &Pipeline) -> Workflow {
    Workflow {
        file: FILE,
        prefix: pipeline.prefix.clone(),
        ending: Ending::Yml,
        renders: pipeline.project.typed.clone(),
        name: format!("{} deploy", pipeline.system),
        about: "Runs the image of a tag in one environment. Release and rollback come here; what differs between \
                environments is an input. The job that verifies the signature may pull from the registry, the one that \
                marks the image may push to it, and the one that deploys has no rights there: it runs no program of \
                others.",
        triggers: vec![Trigger::Call {
            inputs: inputs::asked(pipeline).collect(),
            outputs: pods::told(pipeline).collect(),
        }],
        concurrency: None,
        waiver: None,
        jobs: vec![verify(pipeline), job(pipeline), mark(pipeline, FILE)],
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

fn job(pipeline: &Pipeline) -> Job {
    let run = Run {
        runner: Runner::Ubuntu,
        // The role's session lasts an hour, and what comes before it may take half of one.
        minutes: 90,
        environment: Some(Value::After(pipeline.prefix.clone(), ENVIRONMENT)),
        concurrency: Some(Concurrency {
            group: format!("{}/${{{{ inputs.environment }}}}", pipeline.system),
            cancel: Cancel::Never,
        }),
        steps: start(pipeline).into_iter().chain(steps(pipeline)).collect(),
    };
    Job {
        id: FILE.into(),
        name: "Deploy".into(),
        needs: vec![VERIFY.into()],
        only: None,
        work: Work::Run(run),
    }
}

fn start(pipeline: &Pipeline) -> [Step; 2] {
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
    [
        Step::new("Wait for the stacks of this commit", templates).when(When::Given(COMMIT)),
        Step::new("Assume the deploy role", role),
    ]
}

/// What follows, by what the image runs as.
fn steps(pipeline: &Pipeline) -> Vec<Step> {
    let newer = |does: Does| Step::new("See that nothing newer runs", does).when(When::Given(COMMIT));
    match &pipeline.first.runs {
        Runs::Tasks(service) => {
            let first = [newer(tasks::refuse_older().into())];
            let release = tasks::release(pipeline, service);
            first
                .into_iter()
                .chain(release)
                .chain(tasks::report(pipeline))
                .collect()
        }
        Runs::Pods(pods) => {
            let ready = pods::connect(pods);
            let first = [newer(pods::refuse_older(pods).into())];
            ready
                .into_iter()
                .chain(first)
                .chain(pods::release(pipeline, pods))
                .collect()
        }
    }
}
