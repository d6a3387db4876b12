//! What a change must pass before it is merged.

use super::model::{Cancel, Concurrency, Ending, Job, Workflow};
use super::pipeline::Pipeline;
use super::sources::{self, Sources};
use super::thorough;
use super::trigger::Trigger;

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
        ending: Ending::Yml,
        renders: pipeline.project.typed.clone(),
        name: format!("{} {file}", pipeline.system),
        about,
        triggers: vec![
            Trigger::Push {
                branches: vec![branch.to_owned()],
                paths: Vec::new(),
            },
            Trigger::PullRequest {
                branches: vec![branch.to_owned()],
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
    let sources = Sources::of(pipeline);
    let image = sources::each(sources, ("image", "Image"), 45, sources::build(sources));
    sources::tests(sources).into_iter().chain([image]).collect()
}
