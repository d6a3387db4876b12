//! What a token may touch at GitHub, and how far.

/// A part of GitHub that a token is allowed to touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Runs of workflows.
    Actions,
    /// Attestations of artefacts.
    Attestations,
    /// The repository's files.
    Contents,
    /// Deployments to environments.
    Deployments,
    /// The identity token that other parties trust.
    IdToken,
    /// Pull requests and their comments.
    PullRequests,
    /// What scanners found.
    SecurityEvents,
}

impl Scope {
    /// As it stands in a workflow.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Actions => "actions",
            Self::Attestations => "attestations",
            Self::Contents => "contents",
            Self::Deployments => "deployments",
            Self::IdToken => "id-token",
            Self::PullRequests => "pull-requests",
            Self::SecurityEvents => "security-events",
        }
    }
}

/// How far the permission goes; writing includes reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Look.
    Read,
    /// Look and change.
    Write,
}

impl Level {
    /// As it stands in a workflow.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}
