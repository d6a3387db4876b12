//! The stacks of an environment.

use std::fmt;

/// A stack: what changes together, and how dangerous that is. In the order in which they are deployed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stack {
    /// Who may do what, and the registry.
    Bootstrap,
    /// What makes all others may do.
    Permissions,
    /// The network, and how requests come in.
    Network,
    /// The cluster that pods run on, and who may ask it for what.
    Cluster,
    /// What is kept.
    Data,
    /// What pods may do on AWS, and their secrets.
    Identity,
    /// What runs.
    Service,
    /// What brings the data up to date before a release.
    Migration,
    /// Who is told of what, and what they look at.
    Observability,
}

impl Stack {
    /// Those that a person deploys: they say what everybody else may do, so nobody else may change them.
    pub const BY_HAND: [Self; 2] = [Self::Bootstrap, Self::Permissions];

    /// All there are.
    pub const ALL: [Self; 9] = [
        Self::Bootstrap,
        Self::Permissions,
        Self::Network,
        Self::Cluster,
        Self::Data,
        Self::Identity,
        Self::Service,
        Self::Migration,
        Self::Observability,
    ];

    /// Its name, with which that in the account ends.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bootstrap => "bootstrap",
            Self::Permissions => "permissions",
            Self::Network => "network",
            Self::Cluster => "cluster",
            Self::Data => "data",
            Self::Identity => "identity",
            Self::Service => "service",
            Self::Migration => "migration",
            Self::Observability => "observability",
        }
    }

    /// Whether a person deploys it.
    #[must_use]
    pub fn is_by_hand(self) -> bool {
        Self::BY_HAND.contains(&self)
    }
}

impl fmt::Display for Stack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
