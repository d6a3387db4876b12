//! The pipeline, drawn: each job, and those before it.

use serde::Serialize;

use crate::workflow::Workflow;

/// The jobs of the workflow.
#[derive(Serialize)]
pub(super) struct View {
    path: String,
    name: String,
    jobs: Vec<Job>,
}

#[derive(Serialize)]
struct Job {
    id: String,
    name: String,
    /// Those right before it; the push for the first.
    from: String,
}

pub(super) fn view(workflow: &Workflow) -> View {
    let jobs = workflow.jobs.iter().filter(|job| job.id != "other_branch");
    View {
        path: workflow.path(),
        name: format!("{}{}", workflow.prefix, workflow.file),
        jobs: jobs
            .map(|job| Job {
                id: own(&job.id),
                name: job.name.clone(),
                from: match job.needs.as_slice() {
                    [] => "push".to_owned(),
                    needs => needs.iter().map(|need| own(need)).collect::<Vec<_>>().join(" & "),
                },
            })
            .collect(),
    }
}

/// `end` and the like are words of Mermaid's.
fn own(id: &str) -> String {
    format!("job_{}", id.replace('-', "_"))
}
