//! What the workflows of a system are made from: plain values, no resources.

pub use super::kept::{Kept, Registry};
pub use super::pods::{Applied, Operator, Output, Pods};
pub use super::trial::{Secret, Trial};
use crate::model::{Development, Files, Tells};
use crate::template::Move;

/// A system's way from a commit to what runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pipeline {
    /// The system's name, such as `predict-api`.
    pub system: String,
    /// What its names in the repository begin with, files of workflows and GitHub environments: `predict-api-` where
    /// several systems share the repository, else nothing.
    pub prefix: String,
    /// The branch that is released.
    pub branch: String,
    /// The image that is built.
    pub image: Image,
    /// Where the image is kept.
    pub registry: Registry,
    /// What a change must pass.
    pub project: Project,
    /// The ARN of the role that pushes images to the registry, and signatures of them, and may do nothing else.
    pub publish_role: String,
    /// The ARN of the role that pulls from the registry what it holds, and may do nothing else.
    pub verify_role: String,
    /// The environment that is released first.
    pub first: Environment,
    /// The environments after it, in order.
    pub later: Vec<Environment>,
    /// Into how many files the way of a commit is written.
    pub files: Files,
    /// The package of the service.
    pub package: String,
    /// The branch that work is collected on, if there is one.
    pub development: Option<Development>,
    /// What tries a change; nothing where a usual look is enough.
    pub trial: Option<Trial>,
    /// Whom it tells how a release or a rollback ended.
    pub tells: Tells,
}

impl Pipeline {
    /// The environments in the order of release.
    pub fn environments(&self) -> impl Iterator<Item = &Environment> + Clone {
        std::iter::once(&self.first).chain(&self.later)
    }

    /// The name of the GitHub environment of an environment.
    #[must_use]
    pub fn github_environment(&self, environment: &Environment) -> String {
        format!("{}{}", self.prefix, environment.name)
    }

    /// The GitHub environment that has the address of the channel, and nothing else: a job that deploys cannot read it, and
    /// the one that tells cannot deploy. None where nobody is told.
    #[must_use]
    pub fn notices(&self) -> Option<String> {
        match self.tells {
            Tells::Nobody => None,
            Tells::Slack => Some(format!("{}notices", self.prefix)),
        }
    }

    /// The path of a workflow that is for something: `.github/workflows/release.yml`.
    #[must_use]
    pub fn path(&self, file: &str) -> String {
        format!(".github/workflows/{}{file}.yml", self.prefix)
    }

    /// Who signs images, as the certificate of a signature names a workflow of a repository such as `owner/name`: the one
    /// that publishes them, on the branch that is released.
    #[must_use]
    pub fn signer(&self, repository: &str) -> String {
        let file = self.path(self.release_file());
        format!("https://github.com/{repository}/{file}@refs/heads/{}", self.branch)
    }

    /// The file of the workflow that publishes and signs images, and releases them.
    #[must_use]
    pub fn release_file(&self) -> &'static str {
        match self.files {
            Files::Several => "release",
            Files::One => "ci-cd",
        }
    }

    /// Whether something is to be done before the service gets a new image.
    pub(super) fn migrates(&self) -> bool {
        self.environments()
            .any(|environment| environment.tasks().is_some_and(|service| service.migration.is_some()))
    }
}

/// How the image is built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Path of the Dockerfile.
    pub dockerfile: String,
    /// Build arguments as `NAME=value`.
    pub build_args: Vec<String>,
    /// The processors that it is built for.
    pub platforms: Vec<Platform>,
    /// The one of them that it runs on.
    pub runs_on: Platform,
}

/// A processor that images are built for, each on a runner of its own kind: emulation takes ten times as long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// 64-bit Intel and AMD.
    Amd64,
    /// 64-bit ARM, such as Graviton.
    Arm64,
}

impl Platform {
    /// As Docker calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Amd64 => "amd64",
            Self::Arm64 => "arm64",
        }
    }

    /// GitHub's runner of that kind.
    #[must_use]
    pub fn runner(self) -> &'static str {
        match self {
            Self::Amd64 => "ubuntu-24.04",
            Self::Arm64 => "ubuntu-24.04-arm",
        }
    }
}

/// The sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// The Rust toolchain, such as `1.90.0`.
    pub toolchain: String,
    /// What a person types to render: the first line of every workflow says it.
    pub typed: String,
    /// What compares the rendered files with the model, before the words of a command; nothing where no package does.
    pub checks: Option<String>,
    /// What reviews a change, before the words of a command.
    pub reviews: String,
}

/// One place where the system runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// Its name.
    pub name: String,
    /// The account that it is in.
    pub account: String,
    /// The region that it is in.
    pub region: String,
    /// The ARN of the role that releases and deploys.
    pub deploy_role: String,
    /// The ARN of the role that plans changes and looks for drift, and changes nothing.
    pub review_role: String,
    /// The ARN of the role that CloudFormation makes resources with.
    pub execution_role: String,
    /// The file with the parameters of its stacks, as the AWS CLI takes them.
    pub parameters: String,
    /// The names of the stacks that a person deploys.
    pub by_hand: Vec<String>,
    /// Whether its stacks are protected from being deleted.
    pub protected: bool,
    /// The stacks in the order of deployment, without those that a person deploys.
    pub stacks: Vec<Stack>,
    /// What a release changes.
    pub runs: Runs,
}

/// What a release changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runs {
    /// A service of ECS.
    Tasks(Service),
    /// Pods of EKS.
    Pods(Pods),
}

impl Environment {
    /// The service of ECS, if it is one.
    #[must_use]
    pub fn tasks(&self) -> Option<&Service> {
        match &self.runs {
            Runs::Tasks(service) => Some(service),
            Runs::Pods(_) => None,
        }
    }

    /// The pods of EKS, if it is those.
    #[must_use]
    pub fn pods(&self) -> Option<&Pods> {
        match &self.runs {
            Runs::Tasks(_) => None,
            Runs::Pods(pods) => Some(pods),
        }
    }

    /// Where the service logs.
    #[must_use]
    pub fn log_group(&self) -> &str {
        match &self.runs {
            Runs::Tasks(service) => &service.log_group,
            Runs::Pods(pods) => &pods.log_group,
        }
    }
}

/// One stack of an environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stack {
    /// Its name in the account.
    pub name: String,
    /// The path of its template.
    pub template: String,
    /// What the deployer must agree to.
    pub capability: Option<Capability>,
    /// What services of AWS change in it by themselves.
    pub moves: Vec<Move>,
}

impl Stack {
    pub(super) fn capabilities(&self) -> &'static str {
        self.capability.map_or("", Capability::name)
    }
}

/// What CloudFormation asks a deployer to agree to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capability {
    /// IAM resources whose names CloudFormation makes up.
    Iam,
    /// IAM resources with names.
    NamedIam,
}

impl Capability {
    fn name(self) -> &'static str {
        match self {
            Self::Iam => "CAPABILITY_IAM",
            Self::NamedIam => "CAPABILITY_NAMED_IAM",
        }
    }
}

/// The running service of an environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its stack.
    pub stack: Stack,
    /// The ECS cluster's name.
    pub cluster: String,
    /// The ECS service's name.
    pub name: String,
    /// The container that runs the image.
    pub container: String,
    /// The log group of that container.
    pub log_group: String,
    /// The stack's parameter that takes the image's digest.
    pub digest_parameter: String,
    /// The name of the stack whose output holds the service's address.
    pub url_stack: String,
    /// That output: `https://api.example.com`.
    pub url_output: String,
    /// The port of the container.
    pub port: u16,
    /// The application of CodeDeploy that moves the traffic, and the group in it; none where ECS does it.
    pub code_deploy: Option<String>,
    /// The paths that must answer after a release.
    pub smoke_paths: Vec<String>,
    /// The stack that holds the task that runs once before each release, if one does. The task has the stack's name, and
    /// the stack's outputs tell the rest.
    pub migration: Option<Stack>,
}
