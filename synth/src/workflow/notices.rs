//! Who is told how a release or a rollback ended.

use super::model::{Job, Only, Run, Runner, Work};
use super::pipeline::Pipeline;
use super::step::{Notice, Step};

/// An environment of the system cannot be called this: its jobs have its name.
const TELL: &str = "tell_people";

/// Jobs, and the one that tells how they ended.
pub(super) fn with(pipeline: &Pipeline, jobs: Vec<Job>) -> Vec<Job> {
    let told = pipeline.notices().map(|environment| tell(pipeline, environment, &jobs));
    jobs.into_iter().chain(told).collect()
}

fn tell(pipeline: &Pipeline, environment: String, jobs: &[Job]) -> Job {
    let notice = Notice {
        system: pipeline.system.clone(),
        environment: environment.clone(),
    };
    // Code scanning may be a thing that the repository has not.
    let counted = jobs.iter().filter(|job| job.only != Some(Only::Findings));
    Job {
        id: TELL.into(),
        name: "Tell how it ended".into(),
        needs: counted.map(|job| job.id.clone()).collect(),
        only: Some(Only::Ended),
        work: Work::Run(Run {
            runner: Runner::Ubuntu,
            minutes: 5,
            environment: Some(environment.into()),
            concurrency: None,
            steps: vec![Step::new("Tell the channel", notice)],
        }),
    }
}
