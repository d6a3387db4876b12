//! The one way to a running image, shared by release and rollback.

use super::model::{Cancel, Concurrency, Input, Job, Program, Run, Runner, Trigger, Waiver, Work, Workflow};
use super::pipeline::{Environment, Pipeline, Service as Running};
use super::step::{Image, Service, Stack, Step, Tasks, Tool, When};
use super::value::Value;

const FILE: &str = "deploy";

const INPUTS: [(&str, &str); 11] = [
    ("environment", "The GitHub environment, whose rules say who may deploy"),
    ("region", "The region"),
    ("account", "The account"),
    ("role", "The deploy role of the environment"),
    ("execution_role", "The role that CloudFormation makes resources with"),
    ("stack", "The service's stack"),
    ("capabilities", "What the stack needs the deployer to agree to"),
    ("cluster", "The ECS cluster"),
    ("service", "The ECS service"),
    ("log_group", "Where the service logs"),
    ("tag", "The image's tag: the SHA of a commit"),
];

pub(super) fn workflow(pipeline: &Pipeline) -> Workflow {
    let input = |(name, about)| Input {
        name,
        about,
        options: Vec::new(),
    };
    Workflow {
        file: FILE,
        name: format!("{} deploy", pipeline.system),
        about: "Runs the image of a tag in one environment. Release and rollback come here; what differs between \
                environments is an input.",
        triggers: vec![Trigger::Call {
            inputs: INPUTS.map(input).into(),
        }],
        concurrency: None,
        waiver: None,
        jobs: vec![job(pipeline, &pipeline.first.service)],
    }
}

/// Calls it for an environment.
pub(super) fn call(environment: &Environment, tag: Value) -> Work {
    let Environment {
        name,
        region,
        account,
        deploy_role,
        execution_role,
        service,
        ..
    } = environment;
    Work::Call {
        workflow: FILE,
        with: vec![
            ("environment", name.into()),
            ("region", region.into()),
            ("account", account.into()),
            ("role", deploy_role.into()),
            ("execution_role", execution_role.into()),
            ("stack", (&service.stack.name).into()),
            ("capabilities", service.stack.capabilities().into()),
            ("cluster", (&service.cluster).into()),
            ("service", (&service.name).into()),
            ("log_group", (&service.log_group).into()),
            ("tag", tag),
        ],
        waiver: Some(Waiver {
            program: Program::Zizmor,
            check: "self-repository",
            reason: "no step comes before a call, so nothing can have changed the file",
        }),
    }
}

fn job(pipeline: &Pipeline, service: &Running) -> Job {
    let run = Run {
        runner: Runner::Ubuntu,
        // The role's session lasts an hour.
        minutes: 60,
        environment: Some(Value::Input("environment")),
        concurrency: Some(Concurrency {
            group: format!("{}-${{{{ inputs.environment }}}}", pipeline.system),
            cancel: Cancel::Never,
        }),
        steps: [resolve(pipeline), release(pipeline, service), report()].concat(),
    };
    Job {
        id: FILE.into(),
        name: "Deploy".into(),
        needs: Vec::new(),
        only: None,
        work: Work::Run(run),
    }
}

fn resolve(pipeline: &Pipeline) -> Vec<Step> {
    let registry = || pipeline.registry.clone();
    let role = Tool::AssumeRole {
        role: Value::Input("role"),
        region: Value::Input("region"),
        account: Value::Input("account"),
    };
    let verify = Image::VerifySignature {
        registry: registry(),
        branch: pipeline.branch.clone(),
    };
    vec![
        Step::new("Assume the deploy role", role),
        Step::new(
            "Resolve the tag to a digest",
            Image::Resolve {
                registry: registry(),
                tag: Value::Input("tag"),
            },
        )
        .id("image"),
        Step::new("Log in to the registry", Tool::RegistryLogin(registry())),
        Step::new("Install cosign", Tool::Cosign),
        Step::new("Verify the signature", verify),
    ]
}

fn release(pipeline: &Pipeline, service: &Running) -> Vec<Step> {
    let stack = Value::Input("stack");
    let release = Service::Release {
        stack: stack.clone(),
        capabilities: Value::Input("capabilities"),
        execution_role: Value::Input("execution_role"),
        parameter: service.digest_parameter.clone(),
    };
    let running = Service::VerifyRunning {
        registry: pipeline.registry.clone(),
        tasks: tasks(),
        container: (&service.container).into(),
    };
    let smoke = Service::Smoke {
        stack,
        output: service.url_output.clone(),
        paths: service.smoke_paths.clone(),
    };
    vec![
        Step::new("Deploy the digest", release),
        Step::new("Verify that the digest runs", running),
        Step::new("Ask the service", smoke),
    ]
}

fn report() -> Vec<Step> {
    let stacks = Stack::Report {
        stacks: vec![Value::Input("stack")],
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
