//! What a change must pass before it is merged.

use super::model::{Cancel, Concurrency, Job, Run, Runner, Trigger, Work, Workflow};
use super::pipeline::Pipeline;
use super::step::{Image, Step, Tool};

pub(super) fn workflow(pipeline: &Pipeline) -> Workflow {
    let branch = pipeline.branch.clone();
    Workflow {
        file: "ci",
        prefix: pipeline.prefix.clone(),
        renders: pipeline.project.typed.clone(),
        name: format!("{} ci", pipeline.system),
        about: "Checks a change. Nothing here has a right on AWS.",
        triggers: vec![
            Trigger::Push {
                branch: branch.clone(),
                paths: Vec::new(),
            },
            Trigger::PullRequest {
                branch,
                paths: Vec::new(),
            },
        ],
        concurrency: Some(Concurrency {
            group: format!("{}-ci-${{{{ github.ref }}}}", pipeline.system),
            cancel: Cancel::OnPullRequests,
        }),
        waiver: None,
        jobs: tests(pipeline).into_iter().chain([image(pipeline)]).collect(),
    }
}

/// What is asked of the sources.
pub(super) fn tests(pipeline: &Pipeline) -> Vec<Job> {
    let jobs = [format(pipeline), lint(pipeline), test(pipeline)];
    jobs.into_iter().chain(rendered(pipeline)).collect()
}

fn format(pipeline: &Pipeline) -> Job {
    let format = Step::new("Check the format", Tool::Command("cargo fmt --all --check\n"));
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

fn cargo(pipeline: &Pipeline, id: &str, name: &str, step: Step) -> Job {
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

fn image(pipeline: &Pipeline) -> Job {
    let run = Run {
        runner: Runner::Each(pipeline.image.platforms.clone()),
        minutes: 45,
        environment: None,
        concurrency: None,
        steps: build(pipeline),
    };
    Job {
        id: "image".into(),
        name: "Image".into(),
        needs: Vec::new(),
        only: None,
        work: Work::Run(run),
    }
}

/// An image of the runner's own processor, in `image/`, without grave vulnerabilities.
pub(super) fn build(pipeline: &Pipeline) -> Vec<Step> {
    let build = Image::Build {
        dockerfile: pipeline.image.dockerfile.clone(),
        args: pipeline.image.build_args.clone(),
    };
    vec![
        Step::new("Check out", Tool::Checkout),
        Step::new("Set up the builder", Tool::Buildx),
        Step::new("Build the image", build),
        Step::new("Scan the image", Image::Scan),
    ]
}

fn job(id: &str, name: &str, minutes: u16, steps: Vec<Step>) -> Job {
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
