//! What a job hands on to others: follows from what they take.

use std::collections::BTreeSet;

use super::model::{Job, Work, Workflow};
use super::step::{Setting, Shape, Step};
use super::trigger::{Output, Trigger};

/// What the other jobs of the workflow take from a job's steps, or who calls it.
pub(super) fn outputs(job: &Job, workflow: &Workflow) -> Vec<(&'static str, String)> {
    let steps = |job: &'_ Job| match &job.work {
        Work::Run(run) => run.steps.clone(),
        Work::Call { .. } => Vec::new(),
    };
    let taken: BTreeSet<String> = workflow
        .jobs
        .iter()
        .flat_map(steps)
        .flat_map(|step| settings(&step))
        .map(|(_, value)| value.text())
        .collect();
    let given: BTreeSet<String> = workflow.triggers.iter().flat_map(given).collect();
    let of_step = |step: Step| {
        let id = step.id.unwrap_or_default();
        step.gives()
            .iter()
            .map(move |&name| (name, format!("${{{{ steps.{id}.outputs.{name} }}}}")))
    };
    steps(job)
        .into_iter()
        .flat_map(of_step)
        .filter(|(name, _)| {
            taken.contains(&format!("${{{{ needs.{}.outputs.{name} }}}}", job.id))
                || given.contains(&format!("${{{{ jobs.{}.outputs.{name} }}}}", job.id))
        })
        .collect()
}

/// What a workflow gives back to who calls it.
fn given(trigger: &Trigger) -> Vec<String> {
    match trigger {
        Trigger::Call { outputs, .. } => outputs.iter().map(Output::value).collect(),
        _ => Vec::new(),
    }
}

fn settings(step: &Step) -> Vec<Setting> {
    match step.shape() {
        Shape::Uses { with, .. } => with,
        Shape::Runs { env, .. } => env,
    }
}
