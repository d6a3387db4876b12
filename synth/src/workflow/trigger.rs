//! What starts a workflow, what is given to it, and what it gives back.

/// What starts a workflow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// A commit on one of these branches, where the paths (all if empty) have changed.
    Push {
        /// The branches.
        branches: Vec<String>,
        /// Glob patterns.
        paths: Vec<String>,
    },
    /// A pull request into one of these branches.
    PullRequest {
        /// The branches.
        branches: Vec<String>,
        /// Glob patterns.
        paths: Vec<String>,
    },
    /// The clock; what it starts happens on the default branch.
    Schedule {
        /// The default branch.
        branch: String,
        /// Five fields, in UTC.
        cron: &'static str,
    },
    /// A person.
    Dispatch {
        /// What the person gives.
        inputs: Vec<Input>,
    },
    /// Another workflow.
    Call {
        /// What that workflow gives.
        inputs: Vec<Input>,
        /// What it gets.
        outputs: Vec<Output>,
    },
}

/// What a called workflow gives back, whether it ended well or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Its name, which is that of the job's own output.
    pub name: &'static str,
    /// What it says.
    pub about: &'static str,
    /// The job that has it.
    pub job: &'static str,
}

impl Output {
    /// What it is, in GitHub's words.
    pub(super) fn value(&self) -> String {
        format!("${{{{ jobs.{}.outputs.{} }}}}", self.job, self.name)
    }
}

/// What a person or a calling workflow gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Whether it must be given.
    pub required: bool,
    /// The values that it may have; any text if empty.
    pub options: Vec<String>,
}
