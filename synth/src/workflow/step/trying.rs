//! Steps that try an image and manifests before anything is published.

use super::image::fetch;
use super::{Setting, Shape, Target, runs, script};
use crate::workflow::pipeline::Platform;
use crate::workflow::trial::Trial;
use crate::workflow::value::Value;

/// Tries what a change makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trying {
    /// Fetches the image of a platform as an OCI layout in `image/`.
    Fetch(Platform),
    /// Starts it with the rights and the limits that it has later.
    Start(Trial),
    /// Asks it for its paths.
    Ask(Trial),
    /// Has a real Prometheus read what it tells.
    Scrape(Trial),
    /// Compares what it answers with the document of its interface.
    Contract(Trial),
    /// Asks it as strangers do.
    Attack(Trial),
    /// Fails if it answers later or less often than asked for.
    Time(Trial),
    /// Asks more of it at once than it can serve, and fails if it does anything but serve or refuse.
    Overload(Trial),
    /// Stops it, and fails if it does not end by itself.
    Stop,
    /// Shows what it logged.
    Logs,
    /// Brings the manifests into a cluster that lives as long as the job.
    Manifests {
        /// The image.
        trial: Trial,
        /// The folder of the manifests.
        folder: String,
        /// What they make.
        target: Target,
    },
    /// Fails if a policy of the cluster denies what is rendered, or does not deny what it should.
    Policies {
        /// Their folder.
        policies: String,
        /// The folder of the manifests.
        folder: String,
        /// The list of what tries them.
        requirements: String,
    },
    /// Builds the image that people develop in, and runs the tests there.
    Development {
        /// The Dockerfile.
        dockerfile: String,
        /// The image's name with its tag.
        image: String,
        /// The package that is tested.
        package: String,
    },
}

impl Trying {
    pub(super) fn shape(&self) -> Shape {
        match self {
            Self::Fetch(platform) => fetch([
                ("name", format!("image-{}", platform.name()).into()),
                ("path", "image".into()),
            ]),
            Self::Start(trial) => runs(script!("start-image"), start(trial)),
            Self::Ask(trial) => runs(script!("ask-image"), [paths(trial), port(trial)]),
            Self::Scrape(trial) => runs(script!("scrape-image"), scrape(trial)),
            Self::Contract(trial) => runs(script!("try-contract"), contract(trial)),
            Self::Attack(trial) => runs(script!("try-attacks"), [health(trial), port(trial)]),
            Self::Time(trial) => runs(script!("time-image"), time(trial)),
            Self::Overload(trial) => runs(script!("overload-image"), [health(trial), port(trial)]),
            Self::Stop => runs(script!("stop-image"), []),
            Self::Logs => runs("docker logs --tail 100 trial\n", []),
            Self::Manifests { trial, folder, target } => {
                runs(script!("try-manifests"), manifests(trial, folder, target))
            }
            Self::Policies {
                policies,
                folder,
                requirements,
            } => {
                let folders = [("FOLDER", folder.into()), ("POLICIES", policies.into())];
                let list = ("REQUIREMENTS", requirements.into());
                runs(script!("try-policies"), [folders.as_slice(), &[list]].concat())
            }
            Self::Development {
                dockerfile,
                image,
                package,
            } => {
                let image = [("DOCKERFILE", dockerfile.into()), ("IMAGE", image.into())];
                let package = ("PACKAGE", package.into());
                runs(script!("build-development"), [image.as_slice(), &[package]].concat())
            }
        }
    }
}

fn port(trial: &Trial) -> Setting {
    ("PORT", trial.port.to_string().into())
}

fn health(trial: &Trial) -> Setting {
    ("HEALTH", (&trial.health).into())
}

fn paths(trial: &Trial) -> Setting {
    ("PATHS", trial.paths.join(" ").into())
}

fn start(trial: &Trial) -> [Setting; 6] {
    [
        ("CPUS", trial.cpus().into()),
        health(trial),
        ("MEMORY", format!("{}m", trial.memory).into()),
        port(trial),
        ("SECRETS", trial.folders().into()),
        ("SETTINGS", lines(&trial.settings).into()),
    ]
}

fn scrape(trial: &Trial) -> [Setting; 3] {
    [
        ("FIGURES", (&trial.figures).into()),
        ("NAMES", trial.names.join(" ").into()),
        port(trial),
    ]
}

fn contract(trial: &Trial) -> [Setting; 4] {
    [
        ("CONTRACT", (&trial.contract).into()),
        ("EXPECTS", trial.expects.as_deref().unwrap_or_default().into()),
        port(trial),
        ("REQUIREMENTS", trial.requirements().into()),
    ]
}

fn time(trial: &Trial) -> [Setting; 4] {
    let answers: Vec<String> = trial
        .answers
        .iter()
        .map(|one| format!("{} {}", one.path, one.milliseconds))
        .collect();
    [
        ("ANSWERS", lines(&answers).into()),
        ("CPUS", trial.cpus().into()),
        port(trial),
        ("RATE", trial.rate.to_string().into()),
    ]
}

fn manifests(trial: &Trial, folder: &String, target: &Target) -> Vec<Setting> {
    let given = [
        ("FOLDER", folder.into()),
        // Whoever owns the repository may choose the version of the cluster.
        ("NODE_IMAGE", Value::Context("vars.KIND_NODE_IMAGE")),
        paths(trial),
        port(trial),
        ("SECRETS", trial.objects().into()),
    ];
    [given.as_slice(), &target.settings()].concat()
}

fn lines(all: &[String]) -> String {
    all.join("\n")
}
