//! What somebody changed by hand.

use super::model::{Cancel, Concurrency, Ending, Job, Run, Runner, Work, Workflow};
use super::objects::{compare, connect_to, look_at_operators};
use super::pipeline::{Environment, Pipeline, Pods};
use super::step::{Manifests, Stack, Step, Tool, When};
use super::trigger::Trigger;

pub(super) fn workflow(pipeline: &Pipeline) -> Workflow {
    Workflow {
        file: "drift",
        prefix: pipeline.prefix.clone(),
        ending: Ending::Yml,
        renders: pipeline.project.typed.clone(),
        name: format!("{} drift", pipeline.system),
        about: "Fails when what is there is not what the stacks say, or could not be looked at. What AWS's services \
                change by themselves, as they are meant to, is told and no failure. The role can read and nothing else, and no \
                environment's rule is in the way, so that nobody must approve a look.",
        triggers: vec![
            Trigger::Schedule {
                branch: pipeline.branch.clone(),
                cron: "17 4 * * *",
            },
            Trigger::Dispatch { inputs: Vec::new() },
        ],
        concurrency: Some(Concurrency {
            group: format!("{}-drift", pipeline.system),
            cancel: Cancel::Always,
        }),
        waiver: None,
        jobs: pipeline.environments().map(job).collect(),
    }
}

fn job(environment: &Environment) -> Job {
    let role = Tool::AssumeRole {
        role: (&environment.review_role).into(),
        region: (&environment.region).into(),
        account: (&environment.account).into(),
    };
    let made = environment.stacks.iter();
    let moves = made.flat_map(|stack| stack.moves.iter().map(|one| (stack.name.clone(), one.clone())));
    let look = Stack::DetectDrift {
        moves: moves.collect(),
        stacks: environment
            .by_hand
            .iter()
            .chain(environment.stacks.iter().map(|stack| &stack.name))
            .cloned()
            .collect(),
    };
    let stacks = [
        Step::new("Assume the review role", role),
        Step::new("Compare the stacks with what is there", look),
    ];
    let run = Run {
        runner: Runner::Ubuntu,
        minutes: 30,
        environment: None,
        concurrency: None,
        steps: stacks
            .into_iter()
            .chain(environment.pods().into_iter().flat_map(objects))
            .collect(),
    };
    Job {
        id: environment.name.clone(),
        name: format!("Drift in {}", environment.name),
        needs: Vec::new(),
        only: None,
        work: Work::Run(run),
    }
}

/// The same of the objects in the cluster, whatever the stacks came to.
fn objects(pods: &Pods) -> Vec<Step> {
    let check_out = Step::new("Check out", Tool::Checkout);
    let connect = connect_to(pods, (&pods.cluster).into());
    let compare = compare(pods, Manifests::of(pods), true);
    let operators = look_at_operators(pods, true);
    let all = [check_out].into_iter().chain(connect).chain(operators).chain(compare);
    all.map(|step| step.when(When::Ended)).collect()
}
