//! What is asked of the sources, and the image that is made of them.

use super::model::{Job, Run, Runner, Work};
use super::pipeline::Pipeline;
use super::step::{Found, Image, Look, Step, Tool};

/// What is asked of the sources.
pub(super) fn tests(pipeline: &Pipeline) -> Vec<Job> {
    let jobs = [format(pipeline), lint(pipeline), test(pipeline)];
    jobs.into_iter().chain(rendered(pipeline)).collect()
}

fn format(pipeline: &Pipeline) -> Job {
    // rustfmt sorts what is imported, too.
    let name = if pipeline.trial.is_some() {
        "Check the format and the order of imports"
    } else {
        "Check the format"
    };
    let format = Step::new(name, Tool::Command("cargo fmt --all --check\n"));
    job(
        "format",
        "Format",
        10,
        vec![Step::new("Check out", Tool::Checkout), rust(pipeline), format],
    )
}

fn lint(pipeline: &Pipeline) -> Job {
    let lint = "cargo clippy --locked --workspace --all-targets -- --deny warnings\n";
    cargo(pipeline, "lint", "Lint", Step::new("Lint", Tool::Command(lint)))
}

fn test(pipeline: &Pipeline) -> Job {
    let test = Step::new("Test", Tool::Command("cargo test --locked --workspace\n"));
    cargo(pipeline, "test", "Test", test)
}

/// Only where a package of the repository knows the model.
fn rendered(pipeline: &Pipeline) -> Option<Job> {
    let check = Tool::CheckRendered(pipeline.project.checks.clone()?);
    let check = Step::new("Compare what is rendered with what is committed", check);
    Some(cargo(pipeline, "rendered", "Rendered files", check))
}

pub(super) fn cargo(pipeline: &Pipeline, id: &str, name: &str, step: Step) -> Job {
    let cache = Step::new("Keep compiled dependencies", Tool::RustCache);
    job(
        id,
        name,
        30,
        vec![Step::new("Check out", Tool::Checkout), rust(pipeline), cache, step],
    )
}

/// Installs the toolchain that the repository asks for.
pub(super) fn rust(pipeline: &Pipeline) -> Step {
    Step::new("Install Rust", Tool::Rust(pipeline.project.toolchain.clone()))
}

/// An image of the runner's own processor, in `image/`, without grave vulnerabilities.
pub(super) fn build(pipeline: &Pipeline) -> Vec<Step> {
    let build = Image::Build {
        dockerfile: pipeline.image.dockerfile.clone(),
        args: pipeline.image.build_args.clone(),
    };
    let first = [
        Step::new("Check out", Tool::Checkout),
        Step::new("Set up the builder", Tool::Buildx),
        Step::new("Build the image", build),
    ];
    let scanned = if pipeline.trial.is_some() {
        scanned("Scan the image", Look::Image, Found::OfMatrix)
    } else {
        vec![Step::new("Scan the image", Image::Scan)]
    };
    first.into_iter().chain(scanned).collect()
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
pub(super) fn built(pipeline: &Pipeline) -> Job {
    let keep = Step::new("Keep the image", Image::Keep);
    let run = Run {
        runner: Runner::Each(pipeline.image.platforms.clone()),
        minutes: 45,
        environment: None,
        concurrency: None,
        steps: build(pipeline).into_iter().chain([keep]).collect(),
    };
    Job {
        id: BUILD.into(),
        name: "Build".into(),
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
