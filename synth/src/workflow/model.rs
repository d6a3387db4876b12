//! GitHub workflows as types: what can be said is what we render.

use super::permissions::Permissions;
use super::step::Step;
use super::trigger::Trigger;
use super::value::{Bindings, ByBranch, Value};

/// One workflow file.
#[derive(Clone, Debug)]
pub struct Workflow {
    /// What it is for, by which others call it: `release`.
    pub file: &'static str,
    /// What its file's name begins with: `predict-api-` where several systems share the repository, else nothing.
    pub prefix: String,
    /// How its file's name ends.
    pub ending: Ending,
    /// What a person types to render it again.
    pub renders: String,
    /// The name that GitHub shows.
    pub name: String,
    /// What it does and why, for its readers.
    pub about: &'static str,
    /// What starts it.
    pub triggers: Vec<Trigger>,
    /// What of it may not happen at once.
    pub concurrency: Option<Concurrency>,
    /// A check of another program that does not apply to what starts it.
    pub waiver: Option<Waiver>,
    /// In reading order.
    pub jobs: Vec<Job>,
}

/// A check of another program that does not apply, with the reason; it is shown in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The program.
    pub program: Program,
    /// Its name for the check, such as `CKV_GHA_7`.
    pub check: &'static str,
    /// Why it does not apply.
    pub reason: &'static str,
}

/// A program that looks for a comment before it objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Program {
    Checkov,
    Zizmor,
}

impl Waiver {
    /// The comment that the program looks for, with the reason.
    #[must_use]
    pub fn comment(&self) -> String {
        let Self { check, reason, .. } = self;
        match self.program {
            Program::Checkov => format!("checkov:skip={check}:{reason}"),
            Program::Zizmor => format!("zizmor: ignore[{check}] {reason}"),
        }
    }
}

/// How the name of a workflow's file ends. GitHub takes both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// `.yml`, as most are written.
    Yml,
    /// `.yaml`, where somebody asked for a file of that very name.
    Yaml,
}

/// What may not happen at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concurrency {
    /// Two runs of the same group wait for each other.
    pub group: String,
    /// When a newer run ends an older one.
    pub cancel: Cancel,
}

/// When a newer run ends an older one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cancel {
    /// Never: half a deployment is worse than a late one. Those that wait all get their turn: GitHub would keep only
    /// the newest of them by itself.
    Never,
    /// On pull requests, where only the newest commit matters.
    OnPullRequests,
    /// Always.
    Always,
}

/// A part of a workflow.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its identifier.
    pub id: String,
    /// The name that GitHub shows.
    pub name: String,
    /// The jobs that must have succeeded before.
    pub needs: Vec<String>,
    /// When it happens, if not always.
    pub only: Option<Only>,
    /// What it does.
    pub work: Work,
}

/// When a job happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Only {
    /// On a pull request whose branch is in this repository: a fork gets no identity token.
    OwnPullRequest,
    /// On any pull request; that of a fork has no secrets and can write nothing.
    PullRequest,
    /// On a commit of the branch.
    Push,
    /// On a commit of the branch, and when a person starts it.
    Deployment,
    /// On a commit, of the branch or of a pull request, and not when a person starts it.
    Commit,
    /// On a commit, even if a job before it failed, but not on a pull request of a fork, whose token can tell GitHub
    /// nothing.
    Findings,
    /// After all jobs before it, however they ended, and never on a pull request.
    Ended,
    /// When the person chose this value.
    Chosen {
        /// The input.
        input: &'static str,
        /// The value.
        value: String,
    },
    /// When a person chose an environment that the branch does not lead to.
    OtherBranch(ByBranch),
    /// On a commit, also when a person starts it on the branch that leads to the chosen environment, but not to go back.
    Change(ByBranch),
    /// On a pull request, and else where no image of the same files was found.
    Unbuilt,
    /// When an image was built or found.
    Built,
    /// When it is known which image is deployed: one that was signed, one that was found and scanned, or one that a person
    /// goes back to.
    Known(ByBranch),
    /// When that job succeeded, whatever was skipped before it.
    After(&'static str),
}

/// The input that says what a person goes back to; nothing to deploy the commit.
pub(super) const ROLLBACK_TO: &str = "rollback_to";

/// What a job does.
#[derive(Clone, Debug)]
pub enum Work {
    /// Steps on a runner.
    Run(Run),
    /// Another workflow of this repository.
    Call {
        /// Its file's name without the ending.
        workflow: &'static str,
        /// Its inputs.
        with: Vec<(&'static str, Value)>,
        /// A check of another program that does not apply to the call.
        waiver: Option<Waiver>,
    },
}

/// Steps on a runner.
#[derive(Clone, Debug)]
pub struct Run {
    /// The runner.
    pub runner: Runner,
    /// After so many minutes GitHub gives up.
    pub minutes: u16,
    /// The GitHub environment, which holds the rules of who may deploy.
    pub environment: Option<Value>,
    /// What of it may not happen at once.
    pub concurrency: Option<Concurrency>,
    /// In order.
    pub steps: Vec<Step>,
}

/// Where steps happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runner {
    /// GitHub's Ubuntu on one processor kind.
    Ubuntu,
    /// One job a processor kind.
    Each(Vec<super::pipeline::Platform>),
}

impl Workflow {
    /// Where it lies in the repository.
    #[must_use]
    pub fn path(&self) -> String {
        let ending = match self.ending {
            Ending::Yml => "yml",
            Ending::Yaml => "yaml",
        };
        format!(".github/workflows/{}{}.{ending}", self.prefix, self.file)
    }

    /// The checks that do not apply to it, its calls included.
    pub fn waivers(&self) -> impl Iterator<Item = &Waiver> {
        let of_call = self.jobs.iter().filter_map(|job| match &job.work {
            Work::Call { waiver, .. } => waiver.as_ref(),
            Work::Run(_) => None,
        });
        self.waiver.iter().chain(of_call)
    }
}

impl Job {
    /// What its token must be allowed to do, given the workflows that it may call.
    #[must_use]
    pub fn permissions(&self, all: &[Workflow]) -> Permissions {
        Permissions::of(runs(self, all).into_iter().flat_map(|(run, _)| &run.steps))
    }
}

/// Where the workflow lies that a job calls; nothing if there is none, which a check tells.
pub(super) fn path_of_called(file: &str, all: &[Workflow]) -> String {
    let called = all.iter().find(|other| other.file == file);
    called.map(Workflow::path).unwrap_or_default()
}

/// The steps that a job comes to, through calls, with what the called workflow's inputs stand for.
pub(super) fn runs<'a>(job: &'a Job, all: &'a [Workflow]) -> Vec<(&'a Run, Bindings)> {
    match &job.work {
        Work::Run(run) => vec![(run, Bindings::new())],
        Work::Call { workflow, with, .. } => all
            .iter()
            .filter(|candidate| candidate.file == *workflow)
            .flat_map(|called| &called.jobs)
            .filter_map(|job| match &job.work {
                Work::Run(run) => Some((run, with.iter().cloned().collect())),
                // GitHub allows calls within calls; ours are one deep.
                Work::Call { .. } => None,
            })
            .collect(),
    }
}
