//! Changes of the templates: shown on a pull request, deployed on the branch.

use super::model::{Cancel, Concurrency, Ending, Job, Only, Run, Runner, Work, Workflow};
use super::pipeline::{Environment, Pipeline};
use super::sources::{self, Sources};
use super::stacks;
use super::step::{Stack, Step, Tool};
use super::trigger::Trigger;

pub(super) const FILE: &str = "infra";

pub(super) fn workflow(pipeline: &Pipeline) -> Workflow {
    let branch = pipeline.branch.clone();
    let before = [None]
        .into_iter()
        .chain(pipeline.environments().map(|one| Some(one.name.clone())));
    let plans = pipeline.environments().map(plan);
    let deploys = pipeline
        .environments()
        .zip(before)
        .map(|(environment, before)| deploy(environment, before));
    Workflow {
        file: FILE,
        prefix: pipeline.prefix.clone(),
        ending: Ending::Yml,
        renders: pipeline.project.typed.clone(),
        name: format!("{} infra", pipeline.system),
        about: "Shows on a pull request what its templates would change, and deploys them when it is merged. The \
                image stays the one that runs: a release changes it, never this.",
        triggers: vec![
            Trigger::Push {
                branches: vec![branch.clone()],
                paths: paths(pipeline),
            },
            Trigger::PullRequest {
                branches: vec![branch],
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

/// What the stacks are made from, this workflow itself, and those that it calls.
fn paths(pipeline: &Pipeline) -> Vec<String> {
    let of = |environment: &Environment| {
        let templates = environment.stacks.iter().map(|stack| stack.template.clone());
        let manifests = environment.pods().map(|pods| format!("{}/**", pods.folder));
        let others = [environment.parameters.clone()].into_iter().chain(manifests);
        templates.chain(others).collect::<Vec<_>>()
    };
    pipeline
        .environments()
        .flat_map(of)
        .chain([FILE].into_iter().chain(stacks::FILES).map(|file| pipeline.path(file)))
        .collect()
}

/// What the templates say of the change, without AWS. The job that runs the pull request's own code may only read; the
/// one that may write runs none of it.
fn review(pipeline: &Pipeline) -> [Job; 2] {
    let system = pipeline.system.clone();
    let marker = format!("<!-- {system}: templates -->");
    let mut compare = vec![Step::new("Check out", Tool::CheckoutMerge)];
    if pipeline.project.checks.is_some() {
        compare.push(sources::rust(Sources::of(pipeline)));
        compare.push(Step::new("Keep compiled dependencies", Tool::RustCache));
    }
    let synth = pipeline.project.reviews.clone();
    compare.push(Step::new("Compare the templates", Stack::Review { system, synth }));
    compare.push(Step::new("Keep the review", Stack::KeepReview));
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

fn plan(environment: &Environment) -> Job {
    let name = &environment.name;
    Job {
        id: format!("plan-{name}"),
        name: format!("Plan {name}"),
        needs: Vec::new(),
        only: Some(Only::OwnPullRequest),
        work: stacks::call_plan(environment),
    }
}

/// The name of the job that deploys the stacks of an environment: a release waits for it.
pub(super) fn deploying(environment: &str) -> String {
    format!("Deploy to {environment}")
}

fn deploy(environment: &Environment, before: Option<String>) -> Job {
    let name = &environment.name;
    Job {
        id: name.clone(),
        name: deploying(name),
        needs: before.into_iter().collect(),
        only: Some(Only::Deployment),
        work: stacks::call_deploy(environment),
    }
}
