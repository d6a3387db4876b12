//! What a thorough look at a change tries, as a pipeline sees it: plain values.

use crate::model::Answer;

/// The image alone, and the manifests on a cluster that lives as long as the job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The port that it listens on.
    pub port: u16,
    /// The path that answers when it works.
    pub health: String,
    /// The paths that must answer.
    pub paths: Vec<String>,
    /// The path of what it tells Prometheus.
    pub figures: String,
    /// The names of what alerts and pictures read there.
    pub names: Vec<String>,
    /// The path of the document of its interface.
    pub contract: String,
    /// The settings of Schemathesis, if the repository has any.
    pub expects: Option<String>,
    /// How fast its paths answer.
    pub answers: Vec<Answer>,
    /// The answers a second that are asked for.
    pub rate: u32,
    /// The CPU units that it may use: 1,024 are one processor.
    pub cpu: u32,
    /// The MiB that it may use.
    pub memory: u32,
    /// What it is told, as `NAME=value`.
    pub settings: Vec<String>,
    /// What it is given as files.
    pub secrets: Vec<Secret>,
    /// The folder of the policies of the cluster, if it has any.
    pub policies: Option<String>,
    /// The folder of the system, where the list of what tries it stands.
    pub folder: String,
}

/// A secret that is given as files. A trial knows no value of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// The folder, from the root of the container.
    pub folder: String,
    /// The name of its object in a cluster.
    pub name: String,
    /// Its files.
    pub keys: Vec<String>,
}

/// The file with what tries an interface and policies.
pub(crate) const REQUIREMENTS: &str = "trial.txt";

/// What stands there: each package with the sum of its one file.
pub(crate) const PACKAGES: &str = include_str!("../../../templates/trial/trial.txt");

impl Trial {
    /// The path of that file.
    pub(super) fn requirements(&self) -> String {
        format!("{}/{REQUIREMENTS}", self.folder)
    }

    /// The processors that it may use, such as `0.5`.
    pub(super) fn cpus(&self) -> String {
        (f64::from(self.cpu) / 1024.0).to_string()
    }

    /// The folders of its secrets, a line each with their files.
    pub(super) fn folders(&self) -> String {
        self.lines(|secret| &secret.folder)
    }

    /// The objects of its secrets, a line each with their keys.
    pub(super) fn objects(&self) -> String {
        self.lines(|secret| &secret.name)
    }

    fn lines(&self, first: impl Fn(&Secret) -> &String) -> String {
        let line = |secret: &Secret| format!("{} {}\n", first(secret), secret.keys.join(" "));
        self.secrets.iter().map(line).collect()
    }
}
