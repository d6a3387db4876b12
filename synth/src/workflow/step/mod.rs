//! The steps that jobs are made of.
//!
//! A step knows what it looks like, what it may do on GitHub and what it may do on AWS, so that no permission is
//! written by hand. Scripts are constants: every value reaches them through the environment, so no text can become
//! code.

mod cluster;
mod hub;
mod image;
mod look;
mod machines;
mod manifests;
mod migrate;
mod notice;
mod published;
mod release;
mod service;
mod shift;
mod stack;
mod tasks;
mod tool;
mod trying;

use super::value::{Bindings, Value};
use crate::permissions::{Grant, Rule};
use crate::schema::github::pins::Pin;
use crate::schema::github::{Level, Scope};

pub use cluster::{Cluster, ROLLBACK};
pub use hub::Hub;
pub use image::Image;
pub use look::{Found, Look};
pub use machines::Machines;
pub use manifests::{Manifests, Target};
pub use migrate::Migrate;
pub use notice::Notice;
pub use published::Published;
pub use release::Release;
pub use service::Service;
pub use shift::Shift;
pub(crate) use stack::in_use;
pub use stack::{KEPT, Plan, Stack};
pub use tasks::{Running, Tasks};
pub use tool::Tool;
pub use trying::Trying;

/// One step of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The identifier that other steps read its outputs by.
    pub id: Option<&'static str>,
    /// The name that GitHub shows.
    pub name: String,
    /// When it happens.
    pub when: When,
    /// What it does.
    pub does: Does,
}

/// When a step happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// When all before it succeeded.
    Succeeding,
    /// When one before it failed.
    Failing,
    /// Whatever happened before it, if nobody cancelled.
    Ended,
    /// When all before it succeeded and the step of this id found an image.
    AnImage(&'static str),
    /// When all before it succeeded and the step of this id found none.
    NoImage(&'static str),
    /// Whatever happened before it, if nobody cancelled and a scanner has written down what it found there.
    Found(Found),
    /// When all before it succeeded and the workflow was given this input.
    Given(&'static str),
    /// When all before it succeeded and the workflow was not given this input.
    NotGiven(&'static str),
}

/// What a step does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Does {
    /// Prepares the runner or runs one command.
    Tool(Tool),
    /// Builds, publishes or looks at the image.
    Image(Image),
    /// Asks Docker Hub for an image, or keeps one there.
    Hub(Hub),
    /// Releases or looks at the running service.
    Service(Service),
    /// Deploys or looks at stacks.
    Stack(Stack),
    /// Brings manifests into a cluster or looks at what runs there.
    Cluster(Cluster),
    /// Brings an image to machines of our own.
    Machines(Machines),
    /// Looks at the sources, or tells what scanners found.
    Look(Look),
    /// Tries what a change makes.
    Trying(Trying),
    /// Tells people.
    Notice(Notice),
}

/// A name and what it is set to.
pub type Setting = (&'static str, Value);

/// What a step looks like.
#[derive(Clone, Debug)]
pub enum Shape {
    /// An action with inputs.
    Uses {
        /// Which.
        pin: &'static Pin,
        /// Its inputs.
        with: Vec<Setting>,
    },
    /// A script with variables.
    Runs {
        /// The whole text.
        script: &'static str,
        /// The variables that it reads.
        env: Vec<Setting>,
        /// What the script does on GitHub.
        needs: &'static [(Scope, Level)],
    },
}

impl Step {
    pub(super) fn new(name: impl Into<String>, does: impl Into<Does>) -> Self {
        Self {
            id: None,
            name: name.into(),
            when: When::Succeeding,
            does: does.into(),
        }
    }

    pub(super) fn id(self, id: &'static str) -> Self {
        Self { id: Some(id), ..self }
    }

    pub(super) fn when(self, when: When) -> Self {
        Self { when, ..self }
    }

    /// What it looks like.
    #[must_use]
    pub fn shape(&self) -> Shape {
        match &self.does {
            Does::Tool(tool) => tool.shape(),
            Does::Image(image) => image.shape(),
            Does::Hub(hub) => hub.shape(),
            Does::Service(service) => service.shape(),
            Does::Stack(stack) => stack.shape(),
            Does::Cluster(cluster) => cluster.shape(),
            Does::Machines(machines) => machines.shape(),
            Does::Look(look) => look.shape(),
            Does::Trying(trying) => trying.shape(),
            Does::Notice(notice) => notice.shape(),
        }
    }

    /// What its job's token must be allowed to do on GitHub.
    #[must_use]
    pub fn needs(&self) -> &'static [(Scope, Level)] {
        match self.shape() {
            Shape::Uses { pin, .. } => pin.needs,
            Shape::Runs { needs, .. } => needs,
        }
    }

    /// The names of what it gives to later jobs under its identifier.
    #[must_use]
    pub fn gives(&self) -> &'static [&'static str] {
        match &self.does {
            Does::Image(image) => image.gives(),
            Does::Cluster(cluster) => cluster.gives(),
            Does::Hub(hub) => hub.gives(),
            _ => &[],
        }
    }

    /// What its role must be allowed to do on AWS, where the inputs of its workflow are `inputs`.
    #[must_use]
    pub fn grants(&self, inputs: &Bindings) -> Vec<Grant> {
        match &self.does {
            Does::Tool(tool) => tool.grants(),
            Does::Image(image) => image.grants(),
            Does::Service(service) => service.grants(inputs),
            Does::Stack(stack) => stack.grants(inputs),
            Does::Cluster(cluster) => cluster.grants(inputs),
            // Nothing of AWS's is asked.
            Does::Hub(_) | Does::Machines(_) | Does::Look(_) | Does::Trying(_) | Does::Notice(_) => Vec::new(),
        }
    }

    /// What whoever runs it must be allowed in the cluster.
    #[must_use]
    pub fn rules(&self) -> Vec<Rule> {
        match &self.does {
            Does::Cluster(cluster) => cluster.rules(),
            _ => Vec::new(),
        }
    }
}

impl From<Tool> for Does {
    fn from(tool: Tool) -> Self {
        Self::Tool(tool)
    }
}

impl From<Image> for Does {
    fn from(image: Image) -> Self {
        Self::Image(image)
    }
}

impl From<Hub> for Does {
    fn from(hub: Hub) -> Self {
        Self::Hub(hub)
    }
}

impl From<Machines> for Does {
    fn from(machines: Machines) -> Self {
        Self::Machines(machines)
    }
}

impl From<Service> for Does {
    fn from(service: Service) -> Self {
        Self::Service(service)
    }
}

impl From<Cluster> for Does {
    fn from(cluster: Cluster) -> Self {
        Self::Cluster(cluster)
    }
}

impl From<Stack> for Does {
    fn from(stack: Stack) -> Self {
        Self::Stack(stack)
    }
}

impl From<Look> for Does {
    fn from(look: Look) -> Self {
        Self::Look(look)
    }
}

impl From<Trying> for Does {
    fn from(trying: Trying) -> Self {
        Self::Trying(trying)
    }
}

impl From<Notice> for Does {
    fn from(notice: Notice) -> Self {
        Self::Notice(notice)
    }
}

fn uses(pin: &'static Pin, with: impl Into<Vec<Setting>>) -> Shape {
    Shape::Uses { pin, with: with.into() }
}

fn runs(script: &'static str, env: impl Into<Vec<Setting>>) -> Shape {
    Shape::Runs {
        script,
        env: env.into(),
        needs: &[],
    }
}

/// Whether not everybody can read what a job says; nothing where GitHub does not tell.
fn private() -> Value {
    Value::Context("github.event.repository.private")
}

/// A script without what only editors and shellcheck read.
pub(crate) fn bare(script: &str) -> String {
    let told = |line: &&str| !line.starts_with("#!") && !line.starts_with("# shellcheck ");
    script.split_inclusive('\n').filter(told).collect()
}

/// A script of `templates/workflow/`.
macro_rules! script {
    ($name:literal) => {
        include_str!(concat!("../../../../templates/workflow/", $name, ".sh"))
    };
}
use script;
