//! Who is told how a release or a rollback ended.

use super::model::{Job, Only, Run, Runner, Work};
use super::pipeline::Pipeline;
use super::step::{Notice, Step};
use crate::model::Tells;

/// The end of the name of the GitHub environment that has the address, and nothing else: a job that deploys cannot read
/// it, and one that is told of cannot deploy.
const ENVIRONMENT: &str = "notices";

/// An environment of the system cannot be called this: its jobs have its name.
const TELL: &str = "tell_people";

/// Jobs, and the one that tells how they ended.
pub(super) fn with(pipeline: &Pipeline, jobs: Vec<Job>) -> Vec<Job> {
    let told = match pipeline.tells {
        Tells::Nobody => None,
        Tells::Slack => Some(tell(pipeline, &jobs)),
    };
    jobs.into_iter().chain(told).collect()
}

fn tell(pipeline: &Pipeline, jobs: &[Job]) -> Job {
    let environment = format!("{}{ENVIRONMENT}", pipeline.prefix);
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
