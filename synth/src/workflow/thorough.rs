//! All that a change must pass before anything of it is published, as far as the pipeline looks.

use super::model::{Job, Only};
use super::pipeline::{Environment, Pipeline, Platform, Pods};
use super::sources::{self, BUILD, Sources, cargo, job, scanned};
use super::step::{Found, Look, Step, Target, Tool, Trying, When};
use super::trial::Trial;

/// The job that looks at the repository's files.
const FILES: &str = "scan_files";

/// The sources first, then the image of what passes, then what tries it.
pub(super) fn jobs(pipeline: &Pipeline) -> Vec<Job> {
    let looks = pipeline.trial.iter().flat_map(|trial| looks(pipeline, trial));
    let first: Vec<Job> = sources::tests(Sources::of(pipeline)).into_iter().chain(looks).collect();
    let build = Job {
        needs: first.iter().map(|job| job.id.clone()).collect(),
        ..sources::built(Sources::of(pipeline))
    };
    let findings = pipeline.trial.iter().map(|_| findings(pipeline));
    let build = [build].into_iter().chain(findings);
    first.into_iter().chain(build).chain(tried(pipeline)).collect()
}

/// The jobs besides the build that have to succeed before an image is published.
pub(super) fn trials(pipeline: &Pipeline) -> Vec<String> {
    tried(pipeline).map(|job| job.id).collect()
}

/// What is asked of the sources besides.
fn looks(pipeline: &Pipeline, trial: &Trial) -> Vec<Job> {
    let sources = Sources::of(pipeline);
    let coverage = Look::Coverage {
        package: pipeline.package.clone(),
    };
    let check_out = [Step::new("Check out", Tool::Checkout)];
    let scan = scanned("Scan the files", Look::Files, Found::Files);
    let coverage = Step::new("Test, and count the lines that run", coverage);
    let dependencies = Step::new("Check what is known of dependencies", Look::Dependencies);
    let looks = [
        cargo(sources, "coverage", "Coverage", coverage),
        cargo(sources, "dependencies", "Dependencies", dependencies),
        job(FILES, "Scan the files", 10, check_out.into_iter().chain(scan).collect()),
    ];
    looks.into_iter().chain(policies(pipeline, trial)).collect()
}

/// Whether the policies of the cluster let in what they should, and nothing else.
fn policies(pipeline: &Pipeline, trial: &Trial) -> Option<Job> {
    let tried = Trying::Policies {
        policies: trial.policies.clone()?,
        folder: pods(pipeline)?.folder.clone(),
        requirements: trial.requirements(),
    };
    let steps = vec![
        Step::new("Check out", Tool::Checkout),
        Step::new("Try the policies on good and bad pods", tried),
    ];
    Some(job("policies", "Policies", 10, steps))
}

/// The pods of the last environment, which users see.
fn pods(pipeline: &Pipeline) -> Option<&Pods> {
    pipeline.environments().filter_map(Environment::pods).last()
}

/// What is done with the image that was built.
fn tried(pipeline: &Pipeline) -> impl Iterator<Item = Job> {
    pipeline.trial.iter().flat_map(|trial| tries(pipeline, trial))
}

fn tries(pipeline: &Pipeline, trial: &Trial) -> Vec<Job> {
    let manifests = pods(pipeline).map(|pods| {
        let manifests = Trying::Manifests {
            trial: trial.clone(),
            folder: pods.folder.clone(),
            target: Target::of(pods),
        };
        let steps = vec![
            Step::new("Check out", Tool::Checkout),
            Step::new("Fetch the image", Trying::Fetch(Platform::Amd64)),
            Step::new("Bring the manifests into a cluster of its own", manifests),
        ];
        after_build(job("try_manifests", "Try the manifests", 20, steps))
    });
    let image = after_build(job("try_image", "Try the image", 20, image(trial)));
    [image].into_iter().chain(manifests).collect()
}

fn after_build(job: Job) -> Job {
    Job {
        needs: vec![BUILD.into()],
        ..job
    }
}

/// The image alone, with the rights and limits that it has later.
fn image(trial: &Trial) -> Vec<Step> {
    vec![
        Step::new("Check out", Tool::Checkout),
        Step::new("Fetch the image", Trying::Fetch(Platform::Amd64)),
        Step::new("Start the image as it runs later", Trying::Start(trial.clone())),
        Step::new("Ask it", Trying::Ask(trial.clone())),
        Step::new("Let Prometheus read its figures", Trying::Scrape(trial.clone())),
        Step::new("Compare it with its interface", Trying::Contract(trial.clone())),
        Step::new("Attack it", Trying::Attack(trial.clone())),
        Step::new("Time its answers", Trying::Time(trial.clone())),
        Step::new("Overload it", Trying::Overload(trial.clone())),
        Step::new("Stop it", Trying::Stop),
        Step::new("Show what it logged", Trying::Logs).when(When::Failing),
    ]
}

/// Tells GitHub what the scanners found, also where it stopped them. The scanners are programs of others, so they have no
/// rights; this job has one, and runs only GitHub's own.
fn findings(pipeline: &Pipeline) -> Job {
    let images = pipeline
        .image
        .platforms
        .iter()
        .map(|platform| Found::Image(platform.name()));
    let tell = |found: Found| {
        let name = match found {
            Found::Image(platform) => format!("Tell what is in the image for {platform}"),
            Found::Files | Found::OfMatrix => "Tell what is in the files".to_owned(),
        };
        Step::new(name, Look::Tell(found)).when(When::Found(found))
    };
    let fetch = [Step::new("Fetch what was found", Look::Fetch)];
    let steps = fetch
        .into_iter()
        .chain([Found::Files].into_iter().chain(images).map(tell));
    let told = job("findings", "Findings", 10, steps.collect());
    Job {
        needs: vec![FILES.into(), BUILD.into()],
        only: Some(Only::Findings),
        ..told
    }
}

/// The image that people develop in, if there is one.
pub(super) fn development(pipeline: &Pipeline) -> Option<Job> {
    let development = pipeline.development.as_ref()?;
    let dockerfile = development.dockerfile.clone()?;
    let build = Trying::Development {
        dockerfile,
        image: format!("{}:dev", pipeline.system),
        package: pipeline.package.clone(),
    };
    let steps = vec![
        Step::new("Check out", Tool::Checkout),
        Step::new("Build it, and test in it", build),
    ];
    Some(job("development", "Development image", 30, steps))
}
