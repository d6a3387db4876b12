//! Changes of the templates: shown on a pull request, deployed on the branch.

use super::ci;
use super::model::{Cancel, Concurrency, Job, Only, Run, Runner, Trigger, Work, Workflow};
use super::pipeline::{Environment, Pipeline};
use super::step::{Plan, Stack, Step, Tool, When};

const FILE: &str = "infra";

pub(super) fn workflow(pipeline: &Pipeline) -> Workflow {
    let branch = pipeline.branch.clone();
    let before = [None]
        .into_iter()
        .chain(pipeline.environments().map(|one| Some(one.name.clone())));
    let plans = pipeline.environments().map(|environment| plan(pipeline, environment));
    let deploys = pipeline
        .environments()
        .zip(before)
        .map(|(environment, before)| deploy(pipeline, environment, before));
    Workflow {
        file: FILE,
        prefix: pipeline.prefix.clone(),
        name: format!("{} infra", pipeline.system),
        about: "Shows on a pull request what its templates would change, and deploys them when it is merged. The \
                image stays the one that runs: a release changes it, never this.",
        triggers: vec![
            Trigger::Push {
                branch: branch.clone(),
                paths: paths(pipeline),
            },
            Trigger::PullRequest {
                branch,
                paths: paths(pipeline),
            },
            // What was cut off or came before the roles is done again without a change.
            Trigger::Dispatch { inputs: Vec::new() },
        ],
        concurrency: Some(Concurrency {
            group: format!("{}-infra-${{{{ github.ref }}}}", pipeline.system),
            cancel: Cancel::OnPullRequests,
        }),
        waiver: None,
        jobs: review(pipeline).into_iter().chain(plans).chain(deploys).collect(),
    }
}

/// What the stacks are made from, and this workflow itself.
fn paths(pipeline: &Pipeline) -> Vec<String> {
    let of = |environment: &Environment| {
        let templates = environment.stacks().map(|stack| stack.template.clone());
        templates.chain([environment.parameters.clone()]).collect::<Vec<_>>()
    };
    pipeline
        .environments()
        .flat_map(of)
        .chain([pipeline.path(FILE)])
        .collect()
}

/// What the templates say of the change, without AWS. The job that runs the pull request's own code may only read; the
/// one that may write runs none of it.
fn review(pipeline: &Pipeline) -> [Job; 2] {
    let system = pipeline.system.clone();
    let marker = format!("<!-- {system}: templates -->");
    let compare = vec![
        Step::new("Check out", Tool::CheckoutMerge),
        ci::rust(pipeline),
        Step::new("Keep compiled dependencies", Tool::RustCache),
        Step::new("Compare the templates", Stack::Review { system }),
        Step::new("Keep the review", Stack::KeepReview),
    ];
    let post = vec![
        Step::new("Fetch the review", Stack::FetchReview),
        Step::new(
            "Post the review",
            Stack::Comment {
                text: "review.md",
                marker,
            },
        ),
    ];
    let job = |id: &str, name: &str, steps| Job {
        id: id.into(),
        name: name.into(),
        needs: Vec::new(),
        only: Some(Only::PullRequest),
        work: Work::Run(Run {
            runner: Runner::Ubuntu,
            minutes: 20,
            environment: None,
            concurrency: None,
            steps,
        }),
    };
    // An environment can be called anything but this: its jobs have its name.
    let compare = job("review_templates", "Review the templates", compare);
    let post = Job {
        needs: vec![compare.id.clone()],
        only: Some(Only::OwnPullRequest),
        ..job("post_review", "Post the review", post)
    };
    [compare, post]
}

fn plan(pipeline: &Pipeline, environment: &Environment) -> Job {
    let Environment { name, .. } = environment;
    let marker = format!("<!-- {} {name} -->", pipeline.system);
    let steps = [
        Step::new("Plan the stacks", Stack::Plan(stacks(environment))),
        // A refused change is worth a comment, too.
        Step::new(
            "Post the plan",
            Stack::Comment {
                text: "plan.md",
                marker,
            },
        )
        .when(When::Ended),
    ];
    let run = Run {
        runner: Runner::Ubuntu,
        minutes: 20,
        environment: None,
        concurrency: None,
        steps: start(environment, &environment.review_role, "Assume the review role")
            .into_iter()
            .chain(steps)
            .collect(),
    };
    Job {
        id: format!("plan-{name}"),
        name: format!("Plan {name}"),
        needs: Vec::new(),
        only: Some(Only::OwnPullRequest),
        work: Work::Run(run),
    }
}

fn deploy(pipeline: &Pipeline, environment: &Environment, before: Option<String>) -> Job {
    let Environment {
        name, execution_role, ..
    } = environment;
    let names = environment.stacks().map(|stack| (&stack.name).into()).collect();
    let plan = stacks(environment);
    let steps = [
        Step::new(
            "Deploy the stacks",
            Stack::Deploy {
                plan,
                execution_role: execution_role.clone(),
            },
        ),
        Step::new("Report failed resources", Stack::Report { stacks: names }).when(When::Failing),
    ];
    let run = Run {
        runner: Runner::Ubuntu,
        minutes: 60,
        environment: Some(pipeline.github_environment(environment).into()),
        // The group of the releases: a stack takes one change at a time.
        concurrency: Some(Concurrency {
            // Of what waits in a group, GitHub keeps the newest. A release that waits must not take the place of the
            // templates, so that they wait elsewhere; each looks whether the other is at work on a stack.
            group: format!("{}/{name}/infra", pipeline.system),
            cancel: Cancel::Never,
        }),
        steps: start(environment, &environment.deploy_role, "Assume the deploy role")
            .into_iter()
            .chain(steps)
            .collect(),
    };
    Job {
        id: name.clone(),
        name: format!("Deploy to {name}"),
        needs: before.into_iter().collect(),
        only: Some(Only::Deployment),
        work: Work::Run(run),
    }
}

fn start(environment: &Environment, role: &str, name: &str) -> [Step; 2] {
    let role = Tool::AssumeRole {
        role: role.into(),
        region: (&environment.region).into(),
        account: (&environment.account).into(),
    };
    [Step::new("Check out", Tool::Checkout), Step::new(name, role)]
}

fn stacks(environment: &Environment) -> Plan {
    Plan {
        stacks: environment.stacks().cloned().collect(),
        parameters: environment.parameters.clone(),
    }
}
