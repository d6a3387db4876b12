//! The whole way of a commit in one file: what a pull request must pass, the release, and the rollback.

use super::model::{Cancel, Concurrency, Ending, Job, Only, Workflow};
use super::pipeline::Pipeline;
use super::trigger::Trigger;
use super::{notices, release, rollback, thorough};

pub(super) fn workflow(pipeline: &Pipeline) -> Workflow {
    let branch = pipeline.branch.clone();
    Workflow {
        file: pipeline.release_file(),
        prefix: pipeline.prefix.clone(),
        ending: Ending::Yml,
        renders: pipeline.project.typed.clone(),
        name: format!("{} ci-cd", pipeline.system),
        about: "Tests a change and builds its image, without rights on AWS; on the branch it publishes the image and runs \
                its digest in one environment after the other. Started by a person, it rolls back instead.",
        triggers: vec![
            Trigger::Push {
                branches: vec![branch.clone()],
                paths: Vec::new(),
            },
            Trigger::PullRequest {
                branches: vec![branch],
                paths: Vec::new(),
            },
            rollback::trigger(pipeline),
        ],
        // A release has a group of its own: one that waits for an approval would hold up all after it.
        concurrency: Some(Concurrency {
            group: format!(
                "{}-ci-cd-${{{{ github.event_name == 'pull_request' && github.ref || github.run_id }}}}",
                pipeline.system
            ),
            cancel: Cancel::OnPullRequests,
        }),
        waiver: Some(rollback::WAIVER),
        jobs: notices::with(&pipeline.system, pipeline.notices(), jobs(pipeline)),
    }
}

fn jobs(pipeline: &Pipeline) -> Vec<Job> {
    let change = thorough::jobs(pipeline).into_iter().map(|job| Job {
        only: job.only.or_else(|| job.needs.is_empty().then_some(Only::Commit)),
        ..job
    });
    let deploys = release::deploys(pipeline).map(|job| Job {
        id: format!("deploy-{}", job.id),
        needs: job.needs.iter().map(|need| after(need)).collect(),
        only: Some(Only::Push),
        ..job
    });
    let rollbacks = pipeline.environments().map(|environment| Job {
        id: format!("rollback-{}", environment.name),
        ..rollback::job(pipeline, environment)
    });
    let published = release::published(pipeline, thorough::trials(pipeline)).map(|job| Job {
        only: Some(Only::Push),
        ..job
    });
    let all = change.chain(published);
    all.chain(deploys).chain(rollbacks).collect()
}

/// Here an environment may be called `test`, so its job says what it does.
fn after(need: &str) -> String {
    match need {
        release::SIGN => need.to_owned(),
        environment => format!("deploy-{environment}"),
    }
}
