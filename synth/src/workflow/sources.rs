//! What is asked of the sources, and the image that is made of them.

use super::model::{Job, Run, Runner, Work};
use super::pipeline::{self, Pipeline, Project};
use super::step::{Found, Image, Look, Step, Tool};

/// What jobs need to know of the sources.
#[derive(Clone, Copy)]
pub(super) struct Sources<'a> {
    /// The sources.
    pub(super) project: &'a Project,
    /// How the image is built.
    pub(super) image: &'a pipeline::Image,
    /// Whether more than usual is looked at.
    pub(super) thorough: bool,
}

impl<'a> Sources<'a> {
    pub(super) fn of(pipeline: &'a Pipeline) -> Self {
        Self {
            project: &pipeline.project,
            image: &pipeline.image,
            thorough: pipeline.trial.is_some(),
        }
    }
}

/// What is asked of the sources.
pub(super) fn tests(sources: Sources<'_>) -> Vec<Job> {
    let jobs = [format(sources), lint(sources), test(sources)];
    jobs.into_iter().chain(rendered(sources)).collect()
}

fn format(sources: Sources<'_>) -> Job {
    // rustfmt sorts what is imported, too.
    let name = if sources.thorough {
        "Check the format and the order of imports"
    } else {
        "Check the format"
    };
    let format = Step::new(name, Tool::Command("cargo fmt --all --check\n"));
    job(
        "format",
        "Format",
        10,
        vec![Step::new("Check out", Tool::Checkout), rust(sources), format],
    )
}

fn lint(sources: Sources<'_>) -> Job {
    let lint = "cargo clippy --locked --workspace --all-targets -- --deny warnings\n";
    cargo(sources, "lint", "Lint", Step::new("Lint", Tool::Command(lint)))
}

fn test(sources: Sources<'_>) -> Job {
    let test = Step::new("Test", Tool::Command("cargo test --locked --workspace\n"));
    cargo(sources, "test", "Test", test)
}

/// Only where a package of the repository knows the model.
fn rendered(sources: Sources<'_>) -> Option<Job> {
    let check = Tool::CheckRendered(sources.project.checks.clone()?);
    let check = Step::new("Compare what is rendered with what is committed", check);
    Some(cargo(sources, "rendered", "Rendered files", check))
}

pub(super) fn cargo(sources: Sources<'_>, id: &str, name: &str, step: Step) -> Job {
    let cache = Step::new("Keep compiled dependencies", Tool::RustCache);
    job(
        id,
        name,
        30,
        vec![Step::new("Check out", Tool::Checkout), rust(sources), cache, step],
    )
}

/// Installs the toolchain that the repository asks for.
pub(super) fn rust(sources: Sources<'_>) -> Step {
    Step::new("Install Rust", Tool::Rust(sources.project.toolchain.clone()))
}

/// An image of the runner's own processor, in `image/`, without grave vulnerabilities.
pub(super) fn build(sources: Sources<'_>) -> Vec<Step> {
    let scanned = if sources.thorough {
        scanned("Scan the image", Look::Image, Found::OfMatrix)
    } else {
        vec![Step::new("Scan the image", Image::Scan)]
    };
    unscanned(sources).into_iter().chain(scanned).collect()
}

/// An image of the runner's own processor, in `image/`.
pub(super) fn unscanned(sources: Sources<'_>) -> [Step; 3] {
    let build = Image::Build {
        dockerfile: sources.image.dockerfile.clone(),
        args: sources.image.build_args.clone(),
    };
    [
        Step::new("Check out", Tool::Checkout),
        Step::new("Set up the builder", Tool::Buildx),
        Step::new("Build the image", build),
    ]
}

/// What was found is kept before it stops anything, so that it can be looked at.
pub(super) fn scanned(name: &str, scan: Look, found: Found) -> Vec<Step> {
    vec![
        Step::new(name, scan),
        Step::new("Keep what was found", Look::Keep(found)),
        Step::new("Refuse what is grave", Look::Refuse),
    ]
}

/// An image for each platform, kept for the jobs that try and publish it.
pub(super) fn built(sources: Sources<'_>) -> Job {
    kept(sources, build(sources))
}

/// What steps have built of each platform is kept for other jobs.
pub(super) fn kept(sources: Sources<'_>, steps: impl IntoIterator<Item = Step>) -> Job {
    let keep = Step::new("Keep the image", Image::Keep);
    each(sources, (BUILD, "Build"), 45, steps.into_iter().chain([keep]).collect())
}

/// A job for each platform, on a runner of its own kind.
pub(super) fn each(sources: Sources<'_>, (id, name): (&str, &str), minutes: u16, steps: Vec<Step>) -> Job {
    let run = Run {
        runner: Runner::Each(sources.image.platforms.clone()),
        minutes,
        environment: None,
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

/// The job that builds.
pub(super) const BUILD: &str = "build";

pub(super) fn job(id: &str, name: &str, minutes: u16, steps: Vec<Step>) -> Job {
    let run = Run {
        runner: Runner::Ubuntu,
        minutes,
        environment: None,
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
