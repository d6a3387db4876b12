//! What a change must pass before it is merged.

use super::model::{Cancel, Concurrency, Job, Run, Runner, Trigger, Work, Workflow};
use super::pipeline::Pipeline;
use super::{sources, thorough};

pub(super) fn workflow(pipeline: &Pipeline) -> Workflow {
    let about = "Checks a change. Nothing here has a right on AWS.";
    of_branch(pipeline, ("ci", about), &pipeline.branch, jobs(pipeline))
}

/// Checks what is pushed to a branch, and what would be merged into it.
pub(super) fn of_branch(
    pipeline: &Pipeline,
    (file, about): (&'static str, &'static str),
    branch: &str,
    jobs: Vec<Job>,
) -> Workflow {
    Workflow {
        file,
        prefix: pipeline.prefix.clone(),
        renders: pipeline.project.typed.clone(),
        name: format!("{} {file}", pipeline.system),
        about,
        triggers: vec![
            Trigger::Push {
                branch: branch.to_owned(),
                paths: Vec::new(),
            },
            Trigger::PullRequest {
                branch: branch.to_owned(),
                paths: Vec::new(),
            },
        ],
        concurrency: Some(Concurrency {
            group: format!("{}-{file}-${{{{ github.ref }}}}", pipeline.system),
            cancel: Cancel::OnPullRequests,
        }),
        waiver: None,
        jobs,
    }
}

fn jobs(pipeline: &Pipeline) -> Vec<Job> {
    if pipeline.trial.is_some() {
        return thorough::jobs(pipeline);
    }
    let tests = sources::tests(pipeline).into_iter();
    tests.chain([image(pipeline)]).collect()
}

fn image(pipeline: &Pipeline) -> Job {
    let run = Run {
        runner: Runner::Each(pipeline.image.platforms.clone()),
        minutes: 45,
        environment: None,
        concurrency: None,
        steps: sources::build(pipeline),
    };
    Job {
        id: "image".into(),
        name: "Image".into(),
        needs: Vec::new(),
        only: None,
        work: Work::Run(run),
    }
}
