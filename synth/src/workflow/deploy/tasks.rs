//! The steps that run an image as tasks of ECS.

use super::inputs::{CODE_DEPLOY, COMMIT, MIGRATION, with_code_deploy};
use crate::workflow::pipeline::{Pipeline, Service as Deployed};
use crate::workflow::registry::{DIGEST, DIGESTS, TAG};
use crate::workflow::step::{Migrate, Release, Running, Service, Shift, Stack, Step, Tasks, When};
use crate::workflow::value::Value;

/// Fails if something newer runs.
pub(super) fn refuse_older() -> Service {
    Service::RefuseOlder {
        stack: Value::Input("stack"),
        commit: Value::Input(COMMIT),
    }
}

/// From the database to what clients get.
pub(super) fn release(pipeline: &Pipeline, service: &Deployed) -> Vec<Step> {
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

pub(super) fn report(pipeline: &Pipeline) -> Vec<Step> {
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
