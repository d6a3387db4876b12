//! What a change must pass on the branch that work is collected on.

use super::model::{Cancel, Concurrency, Trigger, Workflow};
use super::pipeline::Pipeline;
use super::thorough;

/// Nothing where work goes to the released branch at once.
pub(super) fn workflow(pipeline: &Pipeline) -> Option<Workflow> {
    let branch = &pipeline.development.as_ref()?.branch;
    let jobs = thorough::jobs(pipeline).into_iter();
    Some(Workflow {
        file: "dev-ci",
        prefix: pipeline.prefix.clone(),
        renders: pipeline.project.typed.clone(),
        name: format!("{} dev-ci", pipeline.system),
        about: "Checks a change of the branch that work is collected on, as one of the branch that is released is checked. \
                Nothing here has a right on AWS, and nothing is published or deployed.",
        triggers: vec![
            Trigger::Push {
                branch: branch.clone(),
                paths: Vec::new(),
            },
            Trigger::PullRequest {
                branch: branch.clone(),
                paths: Vec::new(),
            },
        ],
        concurrency: Some(Concurrency {
            group: format!("{}-dev-ci-${{{{ github.ref }}}}", pipeline.system),
            cancel: Cancel::OnPullRequests,
        }),
        waiver: None,
        jobs: jobs.chain(thorough::development(pipeline)).collect(),
    })
}
