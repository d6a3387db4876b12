//! What a change must pass on the branch that work is collected on.

use super::model::Workflow;
use super::pipeline::Pipeline;
use super::{ci, thorough};

/// Nothing where work goes to the released branch at once.
pub(super) fn workflow(pipeline: &Pipeline) -> Option<Workflow> {
    let branch = &pipeline.development.as_ref()?.branch;
    let about = "Checks a change of the branch that work is collected on, as one of the branch that is released is checked. \
                 Nothing here has a right on AWS, and nothing is published or deployed.";
    let jobs = thorough::jobs(pipeline).into_iter();
    let jobs = jobs.chain(thorough::development(pipeline)).collect();
    Some(ci::of_branch(pipeline, ("dev-ci", about), branch, jobs))
}
