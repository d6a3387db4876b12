//! From a commit on the branch to what runs, one environment after the other.

use super::deploy::{self, Way};
use super::model::{Cancel, Concurrency, Ending, Job, Run, Runner, Work, Workflow};
use super::notices;
use super::pipeline::{Kept, Pipeline};
use super::registry::publisher;
use super::sources::{self, Sources};
use super::step::{Image, Published, Step, Tool, When};
use super::trigger::Trigger;
use super::value::Value;

pub(super) fn workflow(pipeline: &Pipeline) -> Workflow {
    Workflow {
        // The identity that signs images ends with this file's name, so that nothing else can sign one.
        file: pipeline.release_file(),
        prefix: pipeline.prefix.clone(),
        ending: Ending::Yml,
        renders: pipeline.project.typed.clone(),
        name: format!("{} release", pipeline.system),
        about: "Builds the image of a commit once, publishes it under the commit's SHA, signs it, and runs that digest in \
                one environment after the other. The build has no rights on AWS; what is published has passed the scan. \
                What publishes and signs has rights in the registry and nowhere else.",
        triggers: vec![Trigger::Push {
            branches: vec![pipeline.branch.clone()],
            paths: Vec::new(),
        }],
        // Only runs of one commit wait for each other: one that waits for an approval would hold up every release after
        // it. Each environment takes one deployment at a time, and none that is older than what runs there.
        concurrency: Some(Concurrency {
            group: format!("{}-release-${{{{ github.sha }}}}", pipeline.system),
            cancel: Cancel::Never,
        }),
        waiver: None,
        jobs: notices::with(&pipeline.system, pipeline.notices(), jobs(pipeline)),
    }
}

fn jobs(pipeline: &Pipeline) -> Vec<Job> {
    let build = [sources::built(Sources::of(pipeline))].into_iter();
    build
        .chain(published(pipeline, Vec::new()))
        .chain(deploys(pipeline))
        .collect()
}

/// The jobs that publish an image, list what is in it and sign it. Each has the rights that it needs and no others: the
/// programs of others that sign can push to the registry, the one that lists can do nothing at all.
/// It is published after the build and what `tried` it.
pub(super) fn published(pipeline: &Pipeline, tried: Vec<String>) -> [Job; 3] {
    let job = |id: &str, name: &str, needs: Vec<String>, steps| Job {
        id: id.into(),
        name: name.into(),
        needs,
        only: None,
        work: Work::Run(Run {
            runner: Runner::Ubuntu,
            minutes: 20,
            environment: None,
            concurrency: None,
            steps,
        }),
    };
    let first = [sources::BUILD.to_owned()].into_iter().chain(tried).collect();
    let both = vec![PUBLISH.to_owned(), LIST.to_owned()];
    let login = Tool::RegistryLogin(pipeline.registry.clone());
    let enter = [publisher(pipeline), Step::new("Log in to the registry", login)];
    [
        job(PUBLISH, "Publish", first, publish(pipeline)),
        job(LIST, "List what is in it", vec![PUBLISH.to_owned()], list()),
        job(SIGN, "Sign", both, sign(enter, Kept::InEcr(pipeline.registry.clone()))),
    ]
}

/// The job that publishes.
pub(super) const PUBLISH: &str = "publish";

/// The job that lists what is in it.
pub(super) const LIST: &str = "list_contents";

/// An environment can be called anything but this: its jobs have its name.
pub(super) const SIGN: &str = "sign_image";

/// A tag cannot be pushed twice, so a second run of the same commit goes on with the image of the first. What comes
/// after the push can be done twice: a run that was cut off there is made good by running it again.
fn publish(pipeline: &Pipeline) -> Vec<Step> {
    let registry = || pipeline.registry.clone();
    let kept = || Kept::InEcr(registry());
    let tag = Value::Context("github.sha");
    let push = Image::Push {
        kept: kept(),
        tag: tag.clone(),
        platforms: pipeline.image.platforms.clone(),
    };
    let pull = Image::Pull {
        kept: kept(),
        platform: pipeline.image.runs_on,
    };
    let find = Image::Find {
        registry: registry(),
        tag: tag.clone(),
    };
    let resolve = Image::Resolve {
        registry: registry(),
        tag,
    };
    let absent = When::NoImage("published");
    vec![
        publisher(pipeline),
        Step::new("Log in to the registry", Tool::RegistryLogin(registry())),
        Step::new("Find the image of this commit", find).id("published"),
        Step::new("Fetch the images", Image::Fetch).when(absent),
        Step::new("Push the image", push).when(absent),
        Step::new("Resolve the tag to a digest", resolve).id("image"),
        Step::new("Pull the platform that runs", pull),
        Step::new("Keep what was published", Image::KeepPublished),
    ]
}

/// The steps of the job that lists what is in the published image.
pub(super) fn list() -> Vec<Step> {
    vec![
        Step::new("Fetch what was published", Image::FetchPublished),
        Step::new("List what is in it", Image::Sbom),
        Step::new("Keep the list", Image::KeepSbom),
    ]
}

/// The steps of the job that signs the published image, after those that get it the rights to do so.
pub(super) fn sign(enter: impl IntoIterator<Item = Step>, kept: Kept) -> Vec<Step> {
    let image = Published {
        kept,
        digest: Value::Context("needs.publish.outputs.digest"),
    };
    let sign = [
        Step::new("Install cosign", Tool::Cosign),
        Step::new("Sign the image", Image::Sign(image.clone())),
        Step::new("Attest where it comes from", Image::AttestProvenance(image.clone())),
        Step::new("Fetch the list", Image::FetchSbom),
        Step::new("Attest what is in it", Image::AttestSbom(image)),
    ];
    enter.into_iter().chain(sign).collect()
}

/// A job for each environment, one after the other.
pub(super) fn deploys(pipeline: &Pipeline) -> impl Iterator<Item = Job> {
    let before = [SIGN]
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
