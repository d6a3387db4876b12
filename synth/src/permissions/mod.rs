//! Least privilege, computed: what a role must be allowed to do follows from what it does.
//!
//! ```text
//! templates ─> execution(), reading(), boundary() ─┐
//! workflows ─> workflow::grants_for() ─────────────┴─> Vec<Grant> ─> pack() ─> Vec<Policy>: a document, and rows
//! ```
//!
//! A [`Grant`] says what is allowed on what and what needs it. No statement is written by hand, no action has a `*`,
//! and a resource with one has a reason that the README shows.

mod arns;
mod bind;
mod boundary;
mod cluster;
mod execution;
mod grant;
mod item;
mod managed;
mod memo;
mod merge;
mod needs;
mod numbered;
mod pack;
mod pattern;
mod rbac;
mod roles;
mod row;
mod says;
mod scope;
mod share;
mod sid;
mod size;
#[cfg(test)]
mod tables;
mod tagged;
mod texts;
mod things;
mod unbound;
mod unused;
mod world;

pub use boundary::boundary;
pub use execution::{execution, reading};
pub use grant::{Condition, Grant};
pub use merge::{beside, merge};
pub use pack::{POLICIES_PER_ROLE, Policy, pack};
pub use rbac::{Rule, merge_rules};
pub use row::Row;
pub(crate) use row::{CHOSEN_BY_AWS, NO_RESOURCE_LEVEL};
pub use scope::Scope;
pub use size::LIMIT;
pub(crate) use things::anonymous;
pub use things::made_up_role;
pub use unbound::{Unbound, unbound};

/// Why permissions cannot be computed or do not fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The policies are larger than a role can hold.
    #[error(
        "permissions need {needed} managed policies of at most {LIMIT} characters ({characters} in {statements} statements), and a role takes {most}; give resources names with a common beginning, or split the system"
    )]
    TooMany {
        /// How many policies it takes.
        needed: usize,
        /// How many there may be.
        most: usize,
        /// The characters of all of them.
        characters: usize,
        /// Their statements.
        statements: usize,
    },
    /// One action on one resource is larger than a policy.
    #[error("the statement for `{action}` has {characters} characters alone, and a managed policy takes {LIMIT}")]
    TooLarge {
        /// Its first action.
        action: String,
        /// Its characters.
        characters: usize,
    },
    /// An action on `*` that IAM could narrow.
    #[error(
        "`{action}` is allowed on `*` ({needed_by}), but IAM can narrow it to: {kinds}; name the resources, or say with `Grant::because` why not"
    )]
    Anywhere {
        /// The action.
        action: String,
        /// The kinds of resource that it takes.
        kinds: String,
        /// What asked for it.
        needed_by: String,
    },
    /// A resource type that nothing is known about.
    #[error(
        "{place}: AWS does not publish what permissions `{kind}` needs; deploy it in a stack of its own, with a role that you write"
    )]
    UnknownType {
        /// The type.
        kind: String,
        /// The stack and the logical id.
        place: String,
    },
    /// A statement of a role whose effect cannot be computed.
    #[error("{place}: {problem}; say it with actions, resources and conditions that IAM can look up")]
    Statement {
        /// The stack and the logical id.
        place: String,
        /// What cannot be computed.
        problem: String,
    },
    /// An action with a wildcard.
    #[error("`{action}` allows more than one action ({needed_by}); name the actions")]
    Pattern {
        /// The pattern.
        action: String,
        /// What asked for it.
        needed_by: String,
    },
}
