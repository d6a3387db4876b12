//! What AWS's services change by themselves, so that the workflow `drift` does not object to it.

use serde::Serialize;

use super::words::cell;
use crate::render::Whole;
use crate::workflow::Work;
use crate::workflow::step::{Does, Stack};

#[derive(Serialize, PartialEq, Eq)]
pub(super) struct Row {
    stack: String,
    resource: String,
    property: String,
    /// `500`, or `anything`.
    most: String,
    because: String,
}

/// One row a stack, a resource and a property.
pub(super) fn rows(whole: &Whole<'_>) -> Vec<Row> {
    let jobs = whole.workflows.iter().flat_map(|workflow| &workflow.jobs);
    let runs = jobs.filter_map(|job| match &job.work {
        Work::Run(run) => Some(run),
        Work::Call { .. } => None,
    });
    let moves = runs.flat_map(|run| &run.steps).filter_map(|step| match &step.does {
        Does::Stack(Stack::DetectDrift { moves, .. }) => Some(moves),
        _ => None,
    });
    let rows = moves.flatten().map(|(stack, moved)| Row {
        stack: stack.clone(),
        resource: moved.resource.clone(),
        property: moved.property.to_owned(),
        most: moved
            .most
            .map_or_else(|| "anything".to_owned(), |most| most.to_string()),
        because: cell(moved.because),
    });
    rows.collect()
}
