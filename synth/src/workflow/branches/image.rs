//! The image of a commit: found or built, scanned, published, listed and signed.

use super::Branches;
use crate::workflow::model::{Job, Only, Run, Runner, Work};
use crate::workflow::pipeline::Kept;
use crate::workflow::release::{self, LIST, PUBLISH, SIGN};
use crate::workflow::sources::{self, BUILD};
use crate::workflow::step::{Hub, Image, Step, When};
use crate::workflow::value::Value;

/// The job that looks for an image of the same files.
pub(super) const FIND: &str = "find";

/// The job that scans.
pub(super) const SCAN: &str = "scan";

/// What happens to the image after those jobs have looked at the sources.
pub(super) fn jobs(branches: &Branches, looked: &[String]) -> [Job; 6] {
    let sources = branches.sources();
    let build = sources::kept(sources, sources::unscanned(sources));
    let scan = vec![
        Step::new("Fetch the image", Hub::FetchOfMatrix),
        Step::new("Scan the image", Image::Scan),
    ];
    let after = |needs: &[&str]| needs.iter().map(|need| (*need).to_owned()).collect::<Vec<_>>();
    // Where the image was found, its build was skipped, and so is what comes after a build.
    let with = |branches, (id, name): (&str, &str), needs: &[&str], steps| Job {
        needs: after(needs),
        only: Some(Only::Deployment),
        ..in_registry(branches, id, name, steps)
    };
    [
        Job {
            needs: looked.to_vec(),
            only: Some(Only::Deployment),
            ..in_registry(branches, FIND, "Find what was built", find(branches))
        },
        Job {
            needs: looked.iter().cloned().chain([FIND.to_owned()]).collect(),
            only: Some(Only::Unbuilt),
            ..build
        },
        Job {
            needs: after(&[FIND, BUILD]),
            only: Some(Only::Built),
            ..sources::each(sources, (SCAN, "Scan"), 15, scan)
        },
        with(branches, (PUBLISH, "Publish"), &[FIND, BUILD, SCAN], publish(branches)),
        Job {
            needs: after(&[PUBLISH]),
            ..sources::job(LIST, "List what is in it", 20, release::list())
        },
        with(
            branches,
            (SIGN, "Sign"),
            &[PUBLISH, LIST],
            release::sign([login()], kept(branches)),
        ),
    ]
}

/// A job with the rights of a token of Docker Hub.
pub(super) fn in_registry(branches: &Branches, id: &str, name: &str, steps: Vec<Step>) -> Job {
    let run = Run {
        runner: Runner::Ubuntu,
        minutes: 20,
        environment: Some(branches.registry_environment().into()),
        concurrency: None,
        steps,
    };
    Job {
        id: id.into(),
        name: name.into(),
        needs: Vec::new(),
        only: None,
        work: Work::Run(run),
    }
}

pub(super) fn login() -> Step {
    Step::new("Log in to Docker Hub", Hub::Login)
}

fn kept(branches: &Branches) -> Kept {
    Kept::OnDockerHub(branches.hub.clone())
}

fn find(branches: &Branches) -> Vec<Step> {
    let find = Hub::Find {
        image: branches.hub.clone(),
        platforms: branches.image.platforms.clone(),
    };
    let keep = branches.image.platforms.iter().map(|platform| {
        let name = format!("Keep the image for {}", platform.name());
        Step::new(name, Hub::KeepFound(*platform)).when(When::AnImage("found"))
    });
    [login(), Step::new("Find an image of these files", find).id("found")]
        .into_iter()
        .chain(keep)
        .collect()
}

fn publish(branches: &Branches) -> Vec<Step> {
    let tag = Value::Context("github.sha");
    let push = Image::Push {
        kept: kept(branches),
        tag: tag.clone(),
        platforms: branches.image.platforms.clone(),
    };
    let resolve = Hub::ResolvePushed {
        image: branches.hub.clone(),
        platforms: branches.image.platforms.clone(),
        tag,
    };
    let pull = Image::Pull {
        kept: kept(branches),
        platform: branches.image.runs_on,
    };
    vec![
        login(),
        Step::new("Fetch the images", Image::Fetch),
        Step::new("Push the image", push),
        Step::new("Look what its digest is", resolve).id("image"),
        Step::new("Pull the platform that runs", pull),
        Step::new("Keep what was published", Image::KeepPublished),
    ]
}
