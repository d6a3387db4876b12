//! What is done with the stacks of an environment, each written once: looking at what a change set would do, and
//! deploying them.

use super::call::{ENVIRONMENT, SELF};
use super::model::{Cancel, Concurrency, Input, Job, Run, Runner, Trigger, Work, Workflow};
use super::pipeline::{Environment, Pipeline};
use super::step::{KEPT, Plan, Stack, Step, Tool, When};
use super::value::Value;

const PLAN: &str = "plan-stacks";
const DEPLOY: &str = "deploy-stacks";
const KEEPING: &str = "keeping";

const INPUTS: [(&str, &str); 6] = [
    (
        ENVIRONMENT,
        "The environment; the rules of GitHub's of that name say who may deploy",
    ),
    ("region", "The region"),
    ("account", "The account"),
    (
        "role",
        "The role of the environment that looks, or the one that deploys",
    ),
    (
        "stacks",
        "The stacks in order, a line each: name, template, and what to agree to",
    ),
    ("parameters", "The file with their parameters"),
];

/// Only where something is deployed.
const DEPLOYED: [(&str, &str); 3] = [
    ("execution_role", "The role that CloudFormation makes resources with"),
    (KEEPING, "Whether the stacks are kept or disposable"),
    ("names", "The names of the stacks"),
];

pub(super) fn workflows(pipeline: &Pipeline) -> [Workflow; 2] {
    let plan = Run {
        runner: Runner::Ubuntu,
        minutes: 20,
        environment: None,
        concurrency: None,
        steps: plan(pipeline),
    };
    let deploy = Run {
        runner: Runner::Ubuntu,
        minutes: 60,
        // Of what waits in a group, GitHub keeps the newest. A release that waits must not take the place of the
        // templates, so that they wait elsewhere; each looks whether the other is at work on a stack.
        concurrency: Some(Concurrency {
            group: format!("{}/{}/infra", pipeline.system, Value::Input(ENVIRONMENT).text()),
            cancel: Cancel::Never,
        }),
        environment: Some(Value::After(pipeline.prefix.clone(), ENVIRONMENT)),
        steps: deploy(),
    };
    [
        called(
            pipeline,
            (PLAN, "Plan"),
            "Tells on a pull request what the change sets of one environment would do. The role can execute none.",
            (&INPUTS, plan),
        ),
        called(
            pipeline,
            (DEPLOY, "Deploy"),
            "Deploys the stacks of one environment, as far as their templates changed.",
            (&[&INPUTS[..], &DEPLOYED].concat(), deploy),
        ),
    ]
}

/// A workflow of one job that another calls for each environment.
fn called(
    pipeline: &Pipeline,
    (file, name): (&'static str, &str),
    about: &'static str,
    (inputs, run): (&[(&'static str, &'static str)], Run),
) -> Workflow {
    let input = |&(name, about): &(&'static str, &'static str)| Input {
        name,
        about,
        options: Vec::new(),
    };
    let job = Job {
        id: "stacks".into(),
        name: name.into(),
        needs: Vec::new(),
        only: None,
        work: Work::Run(run),
    };
    Workflow {
        file,
        prefix: pipeline.prefix.clone(),
        renders: pipeline.project.typed.clone(),
        name: format!("{} {file}", pipeline.system),
        about,
        triggers: vec![Trigger::Call {
            inputs: inputs.iter().map(input).collect(),
        }],
        concurrency: None,
        waiver: None,
        jobs: vec![job],
    }
}

/// The files, for whom a change of them is a change of the templates.
pub(super) const FILES: [&str; 2] = [PLAN, DEPLOY];

/// Looks at the stacks of an environment.
pub(super) fn call_plan(environment: &Environment) -> Work {
    let with = given(environment, &environment.review_role);
    Work::Call {
        workflow: PLAN,
        with: with.into(),
        waiver: Some(SELF),
    }
}

/// Deploys the stacks of an environment.
pub(super) fn call_deploy(environment: &Environment) -> Work {
    let names: Vec<_> = environment.stacks().map(|stack| stack.name.as_str()).collect();
    let more = [
        ("execution_role", (&environment.execution_role).into()),
        (KEEPING, if environment.protected { KEPT } else { "disposable" }.into()),
        ("names", names.join(" ").into()),
    ];
    let with = given(environment, &environment.deploy_role);
    Work::Call {
        workflow: DEPLOY,
        with: with.into_iter().chain(more).collect(),
        waiver: Some(SELF),
    }
}

fn given(environment: &Environment, role: &str) -> [(&'static str, Value); 6] {
    [
        (ENVIRONMENT, (&environment.name).into()),
        ("region", (&environment.region).into()),
        ("account", (&environment.account).into()),
        ("role", role.into()),
        ("stacks", Plan::lines(environment.stacks()).into()),
        ("parameters", (&environment.parameters).into()),
    ]
}

fn plan(pipeline: &Pipeline) -> Vec<Step> {
    let marker = format!("<!-- {} {} -->", pipeline.system, Value::Input(ENVIRONMENT).text());
    let post = Stack::Comment {
        text: "plan.md",
        marker,
    };
    let [check_out, assume] = start("Assume the review role");
    vec![
        check_out,
        assume,
        Step::new("Plan the stacks", Stack::Plan(stacks())),
        // A refused change is worth a comment, too.
        Step::new("Post the plan", post).when(When::Ended),
    ]
}

fn deploy() -> Vec<Step> {
    let deploy = Stack::Deploy {
        plan: stacks(),
        execution_role: Value::Input("execution_role"),
        keeping: Value::Input(KEEPING),
    };
    let report = Stack::Report {
        stacks: vec![Value::Input("names")],
    };
    let [check_out, assume] = start("Assume the deploy role");
    vec![
        check_out,
        assume,
        Step::new("Deploy the stacks", deploy),
        Step::new("Report failed resources", report).when(When::Failing),
    ]
}

fn start(name: &str) -> [Step; 2] {
    let role = Tool::AssumeRole {
        role: Value::Input("role"),
        region: Value::Input("region"),
        account: Value::Input("account"),
    };
    [Step::new("Check out", Tool::Checkout), Step::new(name, role)]
}

fn stacks() -> Plan {
    Plan {
        stacks: Value::Input("stacks"),
        parameters: Value::Input("parameters"),
    }
}
