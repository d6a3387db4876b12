//! What is done with the stacks of an environment, each written once: looking at what a change set would do, and
//! deploying them.

use super::call::{ENVIRONMENT, SELF};
use super::model::{Cancel, Concurrency, Ending, Job, Run, Runner, Work, Workflow};
use super::objects::{bring, compare, connect_to, look_at_operators};
use super::pipeline::{Environment, Pipeline, Pods};
use super::step::{KEPT, Manifests, Plan, Stack, Step, Tool, When};
use super::trigger::{Input, Trigger};
use super::value::Value;

const PLAN: &str = "plan-stacks";
const DEPLOY: &str = "deploy-stacks";
const KEEPING: &str = "keeping";
const CLUSTER: &str = "cluster";
const MANIFESTS: &str = "manifests";
const OUTPUTS: &str = "outputs";

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

/// Only where pods run.
const OF_PODS: [(&str, &str); 3] = [
    (CLUSTER, "The EKS cluster"),
    (MANIFESTS, "The folder of the environment's manifests"),
    (
        OUTPUTS,
        "What is put into the manifests, a line each: the placeholder, the stack, its output",
    ),
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
        steps: deploy(pipeline),
    };
    let of_pods: &[_] = if pipeline.first.pods().is_some() { &OF_PODS } else { &[] };
    let asked = [&INPUTS[..], of_pods].concat();
    [
        called(pipeline, (PLAN, "Plan"), about(pipeline, PLANS), (&asked, plan)),
        called(
            pipeline,
            (DEPLOY, "Deploy"),
            about(pipeline, DEPLOYS),
            (&[&asked[..], &DEPLOYED].concat(), deploy),
        ),
    ]
}

/// What a workflow does, where only stacks are, and where pods run.
type About = [&'static str; 2];

const PLANS: About = [
    "Tells on a pull request what the change sets of one environment would do. The role can execute none.",
    "Tells on a pull request what the change sets of one environment would do, and where its objects are not what the \
     manifests say. The role can execute no change set and change no object.",
];

const DEPLOYS: About = [
    "Deploys the stacks of one environment, as far as their templates changed.",
    "Deploys the stacks of one environment, as far as their templates changed, and applies its manifests with the image \
     that runs.",
];

fn about(pipeline: &Pipeline, [of_stacks, of_pods]: About) -> &'static str {
    if pipeline.first.pods().is_some() {
        of_pods
    } else {
        of_stacks
    }
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
        required: true,
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
        ending: Ending::Yml,
        renders: pipeline.project.typed.clone(),
        name: format!("{} {file}", pipeline.system),
        about,
        triggers: vec![Trigger::Call {
            outputs: Vec::new(),
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
        with: with.into_iter().chain(of_pods(environment)).collect(),
        waiver: Some(SELF),
    }
}

/// Deploys the stacks of an environment.
pub(super) fn call_deploy(environment: &Environment) -> Work {
    let names: Vec<_> = environment.stacks.iter().map(|stack| stack.name.as_str()).collect();
    let more = [
        ("execution_role", (&environment.execution_role).into()),
        (KEEPING, if environment.protected { KEPT } else { "disposable" }.into()),
        ("names", names.join(" ").into()),
    ];
    let with = given(environment, &environment.deploy_role);
    Work::Call {
        workflow: DEPLOY,
        with: with.into_iter().chain(of_pods(environment)).chain(more).collect(),
        waiver: Some(SELF),
    }
}

fn given(environment: &Environment, role: &str) -> [(&'static str, Value); 6] {
    [
        (ENVIRONMENT, (&environment.name).into()),
        ("region", (&environment.region).into()),
        ("account", (&environment.account).into()),
        ("role", role.into()),
        ("stacks", Plan::lines(environment.stacks.iter()).into()),
        ("parameters", (&environment.parameters).into()),
    ]
}

fn of_pods(environment: &Environment) -> Vec<(&'static str, Value)> {
    let of = |pods: &Pods| {
        vec![
            (CLUSTER, (&pods.cluster).into()),
            (MANIFESTS, (&pods.folder).into()),
            (OUTPUTS, pods.lines_of_outputs().into()),
        ]
    };
    environment.pods().map(of).unwrap_or_default()
}

fn manifests(pods: &Pods) -> Manifests {
    Manifests {
        folder: Value::Input(MANIFESTS),
        outputs: Value::Input(OUTPUTS),
        ..Manifests::of(pods)
    }
}

fn plan(pipeline: &Pipeline) -> Vec<Step> {
    let marker = format!("<!-- {} {} -->", pipeline.system, Value::Input(ENVIRONMENT).text());
    let post = Stack::Comment {
        text: "plan.md",
        marker,
    };
    let [check_out, assume] = start("Assume the review role");
    let mut steps = vec![
        check_out,
        assume,
        Step::new("Plan the stacks", Stack::Plan(stacks())),
        // A refused change is worth a comment, too.
        Step::new("Post the plan", post).when(When::Ended),
    ];
    if let Some(pods) = pipeline.first.pods() {
        steps.extend(connect_to(pods, Value::Input(CLUSTER)));
        steps.extend(look_at_operators(pods, false));
        steps.extend(compare(pods, manifests(pods), false));
    }
    steps
}

fn deploy(pipeline: &Pipeline) -> Vec<Step> {
    let deploy = Stack::Deploy {
        plan: stacks(),
        execution_role: Value::Input("execution_role"),
        keeping: Value::Input(KEEPING),
    };
    let report = Stack::Report {
        stacks: vec![Value::Input("names")],
    };
    let [check_out, assume] = start("Assume the deploy role");
    let mut steps = vec![check_out, assume, Step::new("Deploy the stacks", deploy)];
    if let Some(pods) = pipeline.first.pods() {
        steps.extend(connect_to(pods, Value::Input(CLUSTER)));
        steps.extend(look_at_operators(pods, true));
        steps.extend(bring(pods, manifests(pods), None));
    }
    steps.push(Step::new("Report failed resources", report).when(When::Failing));
    steps
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
