//! GitHub workflows as types: from plain values to files that GitHub runs.
//!
//! [`all`] makes the workflows of a [`Pipeline`], [`of_branches`] that of [`Branches`], [`render`] lays them out. The roles that they assume follow from
//! them: [`grants_for`] says what a role must be allowed to do and which steps need it, [`subjects_for`] whom it must
//! trust.

pub mod branches;
mod call;
mod ci;
mod ci_cd;
mod conditions;
mod deploy;
mod dev_ci;
mod drift;
mod grant;
mod infra;
mod kept;
mod model;
mod notices;
mod objects;
mod outputs;
mod permissions;
pub mod pipeline;
mod pods;
mod registry;
mod release;
mod right;
mod rollback;
mod sources;
mod stacks;
pub mod step;
mod thorough;
mod trial;
mod trigger;
mod value;
mod view;
mod yaml;

pub use branches::{Branches, workflow as of_branches};
pub use grant::{Subject, files_for, grants_for, rules_for, stacks_read_by, subjects_for};
pub use model::{Cancel, Concurrency, Ending, Job, Only, Program, Run, Runner, Waiver, Work, Workflow};
pub use permissions::{Need, Permissions};
pub use pipeline::Pipeline;
pub use step::Step;
pub(crate) use step::in_use;
pub(crate) use trial::{PACKAGES, REQUIREMENTS};
pub use trigger::{Input, Output, Trigger};
pub use value::{Bindings, ByBranch, Value};

use crate::model::Files;
use crate::read::File;
use crate::text;

/// The workflows of a system, sorted by file name.
#[must_use]
pub fn all(pipeline: &Pipeline) -> Vec<Workflow> {
    let [plan_stacks, deploy_stacks] = stacks::workflows(pipeline);
    let others = [
        deploy::workflow(pipeline),
        deploy_stacks,
        drift::workflow(pipeline),
        infra::workflow(pipeline),
        plan_stacks,
    ];
    let mut all: Vec<Workflow> = match pipeline.files {
        Files::Several => vec![
            ci::workflow(pipeline),
            release::workflow(pipeline),
            rollback::workflow(pipeline),
        ],
        Files::One => vec![ci_cd::workflow(pipeline)],
    };
    all.extend(others);
    all.extend(dev_ci::workflow(pipeline));
    all.sort_by_key(Workflow::path);
    all
}

/// Lays workflows out, each a file.
///
/// # Errors
///
/// If a template does not fit what it is given, which is a mistake in this crate.
pub fn render(workflows: &[Workflow]) -> Result<Vec<File>, text::Error> {
    let file = |workflow: &Workflow| {
        let text = text::render(text::WORKFLOW, &workflow.renders, &view::workflow(workflow, workflows))?;
        Ok(File {
            path: workflow.path(),
            text,
        })
    };
    workflows.iter().map(file).collect()
}
