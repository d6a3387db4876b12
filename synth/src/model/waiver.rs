//! Waivers: where a check is right in general and wrong here.

use super::Stack;

/// Whose check it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Checker {
    /// A rule of our own.
    Synth,
    /// A rule of cfn-lint.
    CfnLint,
    /// A check of checkov.
    Checkov,
}

impl Checker {
    /// Its name, which is the key of its notes in a resource's metadata too.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Synth => "synth",
            Self::CfnLint => "cfn-lint",
            Self::Checkov => "checkov",
        }
    }
}

/// A check that does not apply to one resource, with the reason. It is rendered into the resource's metadata, where the
/// checker reads it, and into the README of the system.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Waiver {
    /// The stack that it stands in.
    pub stack: Stack,
    /// The logical id of the resource.
    pub resource: String,
    /// Whose check it is.
    pub checker: Checker,
    /// The rule.
    pub rule: String,
    /// Why it does not apply here.
    pub reason: String,
}

impl Waiver {
    /// A check of one resource that does not apply.
    #[must_use]
    pub fn new(stack: Stack, resource: &str, checker: Checker, rule: &str, reason: &str) -> Self {
        Self {
            stack,
            resource: resource.to_owned(),
            checker,
            rule: rule.to_owned(),
            reason: reason.to_owned(),
        }
    }
}
