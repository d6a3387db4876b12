//! Who is told how a release or a rollback ended.

use super::model::{Job, Only, Run, Runner, Work};
use super::step::{Notice, Step};

/// An environment of the system cannot be called this: its jobs have its name.
const TELL: &str = "tell_people";

/// Jobs, and the one that tells how they ended, with the address that a GitHub environment has; nobody is told without one.
pub(super) fn with(system: &str, environment: Option<String>, jobs: Vec<Job>) -> Vec<Job> {
    let told = environment.map(|environment| tell(system, environment, &jobs));
    jobs.into_iter().chain(told).collect()
}

fn tell(system: &str, environment: String, jobs: &[Job]) -> Job {
    let notice = Notice {
        system: system.to_owned(),
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
