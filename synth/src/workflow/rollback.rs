//! Back to an image that was released before.

use super::deploy::{self, Way};
use super::model::{Ending, Job, Only, Program, Waiver, Workflow};
use super::notices;
use super::pipeline::{Environment, Pipeline};
use super::trigger::{Input, Trigger};

pub(super) fn workflow(pipeline: &Pipeline) -> Workflow {
    Workflow {
        file: "rollback",
        prefix: pipeline.prefix.clone(),
        ending: Ending::Yml,
        renders: pipeline.project.typed.clone(),
        name: format!("{} rollback", pipeline.system),
        about: "Runs an earlier image again. It takes the way of a release: the tag becomes a digest, the signature \
                is verified, the stack gets the digest, and what runs is compared with it.",
        triggers: vec![trigger(pipeline)],
        // The environments do not wait for each other.
        concurrency: None,
        waiver: Some(WAIVER),
        jobs: notices::with(&pipeline.system, pipeline.notices(), jobs(pipeline)),
    }
}

fn jobs(pipeline: &Pipeline) -> Vec<Job> {
    let environments = pipeline.environments();
    environments.map(|environment| job(pipeline, environment)).collect()
}

/// A person rolls back, and says where and to what.
pub(super) fn trigger(pipeline: &Pipeline) -> Trigger {
    let names = pipeline
        .environments()
        .map(|environment| environment.name.clone())
        .collect();
    let inputs = vec![
        Input {
            name: "environment",
            about: "Where to roll back",
            required: true,
            options: names,
        },
        Input {
            name: "rollback_tag",
            about: "The earlier image: the SHA of its commit, the first digits of it, or NAME:SHA",
            required: true,
            options: Vec::new(),
        },
    ];
    Trigger::Dispatch { inputs }
}

/// What is chosen is not what is built.
pub(super) const WAIVER: Waiver = Waiver {
    program: Program::Checkov,
    check: "CKV_GHA_7",
    reason: "the input chooses among published and signed images; nothing is built from it",
};

pub(super) fn job(pipeline: &Pipeline, environment: &Environment) -> Job {
    Job {
        id: environment.name.clone(),
        name: format!("Roll {} back", environment.name),
        needs: Vec::new(),
        only: Some(Only::Chosen {
            input: "environment",
            value: environment.name.clone(),
        }),
        work: deploy::call(pipeline, environment, Way::Rollback),
    }
}
