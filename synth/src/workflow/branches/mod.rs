//! The way of a commit where a branch leads to each environment, and environments are namespaces of one cluster.

mod deploy;
mod image;

use super::model::{Cancel, Concurrency, Ending, Job, Only, Program, ROLLBACK_TO, Waiver, Workflow};
use super::notices;
use super::pipeline::{Image, Project};
use super::sources::{self, Sources};
use super::trigger::{Input, Trigger};
use super::value::ByBranch;
use crate::model::Tells;

/// A system's way from branches to namespaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branches {
    /// The system's name, such as `fastapi-devops`.
    pub system: String,
    /// What its GitHub environments begin with: `fastapi-devops-` where several systems share the repository, else nothing.
    pub prefix: String,
    /// How the image is built.
    pub image: Image,
    /// Where it is kept, without tag and digest: `docker.io/example/api`.
    pub hub: String,
    /// What a change must pass.
    pub project: Project,
    /// The environments, in the order in which a change reaches them.
    pub landings: Vec<Landing>,
    /// The folder of the overlays, each of which has the name of its namespace.
    pub overlays: String,
    /// The kinds of an overlay that only a person applies.
    pub by_hand: Vec<String>,
    /// The version of `kubectl`, such as `v1.36.2`.
    pub kubectl: String,
    /// Who the keys of environments let in to the control plane.
    pub login: String,
    /// Whom it tells how a deployment ended.
    pub tells: Tells,
}

/// An environment that a branch leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landing {
    /// Its namespace, which is its name.
    pub namespace: String,
    /// The branch.
    pub branch: String,
    /// What must answer after a deployment, where everybody may ask; nothing where only the operators may.
    pub urls: Vec<String>,
}

impl Branches {
    /// The name of the GitHub environment of a landing, which has the key that its control plane knows.
    #[must_use]
    pub fn github_environment(&self, landing: &Landing) -> String {
        format!("{}{}", self.prefix, landing.namespace)
    }

    /// The GitHub environment that has the token of Docker Hub, and nothing else: what publishes cannot deploy, and what deploys
    /// cannot publish. No namespace can be called so.
    #[must_use]
    pub fn registry_environment(&self) -> String {
        format!("{}docker_hub", self.prefix)
    }

    /// The names of the branches.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.landings.iter().map(|landing| landing.branch.clone()).collect()
    }

    fn by_branch(&self, of: impl Fn(&Landing) -> String) -> ByBranch {
        ByBranch::new(
            self.landings
                .iter()
                .map(|landing| (landing.branch.clone(), of(landing))),
        )
    }

    fn namespaces(&self) -> ByBranch {
        self.by_branch(|landing| landing.namespace.clone())
    }

    fn environments(&self) -> ByBranch {
        self.by_branch(|landing| self.github_environment(landing))
    }

    fn sources(&self) -> Sources<'_> {
        Sources {
            project: &self.project,
            image: &self.image,
            thorough: false,
        }
    }
}

/// The name of its file, which has no prefix: somebody asked for a file of that very name, so that a repository has one.
pub const FILE: &str = "ci-cd.yaml";

/// The whole way of a commit.
#[must_use]
pub fn workflow(branches: &Branches) -> Workflow {
    let names = branches.names();
    Workflow {
        file: "ci-cd",
        prefix: String::new(),
        ending: Ending::Yaml,
        renders: branches.project.typed.clone(),
        name: format!("{} ci-cd", branches.system),
        about: "Tests a change, builds its image and scans it, without any secret. On a branch that leads to an environment it \
                publishes the image, signs it, and has the control plane deploy its digest there. What was built of the same \
                files before goes on as it is. A person can start it for the environment of the branch, also to go back to \
                what was deployed there before.",
        triggers: vec![
            Trigger::Push {
                branches: names.clone(),
                paths: Vec::new(),
            },
            Trigger::PullRequest {
                branches: names,
                paths: Vec::new(),
            },
            started(branches),
        ],
        // Each environment takes one deployment at a time, and none that is older than what was deployed there.
        concurrency: Some(Concurrency {
            group: format!(
                "{}-ci-cd-${{{{ github.event_name == 'pull_request' && github.ref || github.run_id }}}}",
                branches.system
            ),
            cancel: Cancel::OnPullRequests,
        }),
        waiver: Some(Waiver {
            program: Program::Checkov,
            check: "CKV_GHA_7",
            reason: "the inputs choose an environment and an image that is there; what is built follows from the commit alone",
        }),
        jobs: notices::with(&branches.system, told(branches), jobs(branches)),
    }
}

/// A person chooses the environment, and what it goes back to if it does.
fn started(branches: &Branches) -> Trigger {
    let names = branches.landings.iter().map(|landing| landing.namespace.clone());
    let inputs = vec![
        Input {
            name: "environment",
            about: "Where to deploy; the workflow has to run from the branch that leads there",
            required: true,
            options: names.collect(),
        },
        Input {
            name: ROLLBACK_TO,
            about: "Only to go back: the SHA of a commit that was deployed there, or the digest of its image",
            required: false,
            options: Vec::new(),
        },
    ];
    Trigger::Dispatch { inputs }
}

fn told(branches: &Branches) -> Option<String> {
    match branches.tells {
        Tells::Nobody => None,
        Tells::Slack => Some(format!("{}notices", branches.prefix)),
    }
}

fn jobs(branches: &Branches) -> Vec<Job> {
    let change = || Some(Only::Change(branches.namespaces()));
    let quality = sources::tests(branches.sources()).into_iter();
    let quality: Vec<Job> = quality.map(|job| Job { only: change(), ..job }).collect();
    let looked: Vec<String> = quality.iter().map(|job| job.id.clone()).collect();
    let first = [deploy::other_branch(branches)].into_iter().chain(quality);
    first
        .chain(image::jobs(branches, &looked))
        .chain(deploy::jobs(branches))
        .collect()
}
