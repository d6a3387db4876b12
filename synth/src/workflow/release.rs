//! From a commit on the branch to what runs, one environment after the other.

use super::ci;
use super::deploy::{self, Way};
use super::model::{Cancel, Concurrency, Job, Run, Runner, Trigger, Work, Workflow};
use super::pipeline::{Environment, Pipeline};
use super::step::{Image, Step, Tool, When};
use super::value::Value;

pub(super) fn workflow(pipeline: &Pipeline) -> Workflow {
    Workflow {
        // The identity that signs images ends with this file's name, so that nothing else can sign one.
        file: pipeline.release_file(),
        prefix: pipeline.prefix.clone(),
        name: format!("{} release", pipeline.system),
        about: "Builds the image of a commit once, publishes it under the commit's SHA, and runs that digest in one \
                environment after the other. The build has no rights on AWS; what is published has passed the scan.",
        triggers: vec![Trigger::Push {
            branch: pipeline.branch.clone(),
            paths: Vec::new(),
        }],
        // Only runs of one commit wait for each other: one that waits for an approval would hold up every release after
        // it. Each environment takes one deployment at a time, and none that is older than what runs there.
        concurrency: Some(Concurrency {
            group: format!("{}-release-${{{{ github.sha }}}}", pipeline.system),
            cancel: Cancel::Never,
        }),
        waiver: None,
        jobs: [build(pipeline), publish(pipeline)]
            .into_iter()
            .chain(deploys(pipeline))
            .collect(),
    }
}

pub(super) fn build(pipeline: &Pipeline) -> Job {
    let keep = Step::new("Keep the image", Image::Keep);
    let run = Run {
        runner: Runner::Each(pipeline.image.platforms.clone()),
        minutes: 45,
        environment: None,
        concurrency: None,
        steps: ci::build(pipeline).into_iter().chain([keep]).collect(),
    };
    Job {
        id: "build".into(),
        name: "Build".into(),
        needs: Vec::new(),
        only: None,
        work: Work::Run(run),
    }
}

pub(super) fn publish(pipeline: &Pipeline) -> Job {
    let run = Run {
        runner: Runner::Ubuntu,
        minutes: 20,
        environment: Some(pipeline.github_environment(&pipeline.first).into()),
        concurrency: None,
        steps: publish_steps(pipeline),
    };
    Job {
        id: "publish".into(),
        name: "Publish".into(),
        needs: vec!["build".into()],
        only: None,
        work: Work::Run(run),
    }
}

/// A tag cannot be pushed twice, so a second run of the same commit goes on with the image of the first. What comes
/// after the push can be done twice: a run that was cut off there is made good by running it again.
fn publish_steps(pipeline: &Pipeline) -> Vec<Step> {
    let registry = || pipeline.registry.clone();
    let tag = Value::Context("github.sha");
    let platforms = pipeline.image.platforms.clone();
    let Environment {
        deploy_role,
        region,
        account,
        ..
    } = &pipeline.first;
    let role = Tool::AssumeRole {
        role: deploy_role.into(),
        region: region.into(),
        account: account.into(),
    };
    let absent = When::NoImage("published");
    vec![
        Step::new("Assume the deploy role", role),
        Step::new("Log in to the registry", Tool::RegistryLogin(registry())),
        Step::new(
            "Find the image of this commit",
            Image::Find {
                registry: registry(),
                tag: tag.clone(),
            },
        )
        .id("published"),
        Step::new("Fetch the images", Image::Fetch).when(absent),
        Step::new(
            "Push the image",
            Image::Push {
                registry: registry(),
                tag: tag.clone(),
                platforms,
            },
        )
        .when(absent),
        Step::new(
            "Resolve the tag to a digest",
            Image::Resolve {
                registry: registry(),
                tag,
            },
        )
        .id("image"),
        Step::new("Install cosign", Tool::Cosign),
        Step::new("Sign the image", Image::Sign(registry())),
        Step::new("Attest where it comes from", Image::AttestProvenance(registry())),
        Step::new("List what is in it", Image::Sbom(registry())),
        Step::new("Attest what is in it", Image::AttestSbom(registry())),
    ]
}

/// A job for each environment, one after the other.
pub(super) fn deploys(pipeline: &Pipeline) -> impl Iterator<Item = Job> {
    let before = ["publish"]
        .into_iter()
        .chain(pipeline.environments().map(|one| one.name.as_str()));
    pipeline
        .environments()
        .zip(before)
        .map(move |(environment, before)| Job {
            id: environment.name.clone(),
            name: format!("Deploy to {}", environment.name),
            needs: vec![before.to_owned()],
            only: None,
            work: deploy::call(pipeline, environment, Way::Release),
        })
}
