//! What is allowed, on what, under which conditions, and what needs it.

use std::collections::BTreeSet;

use crate::template::{Operator, Value, sub};

/// Actions that are allowed on resources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grant {
    /// IAM actions, such as `ecr:PutImage`; never with a `*`.
    pub actions: BTreeSet<String>,
    /// ARNs as `Fn::Sub` takes them, with `${AWS::Partition}`, `${AWS::Region}` and `${AWS::AccountId}`; or `*`.
    pub resources: BTreeSet<String>,
    /// All must hold.
    pub conditions: BTreeSet<Condition>,
    /// What needs it: resource types, or steps as `workflow / step`.
    pub needed_by: BTreeSet<String>,
    /// Why the resources are wider than the things that are meant, where the ARNs themselves do not tell.
    pub reasons: BTreeSet<String>,
}

/// A condition of IAM's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Condition {
    /// How it compares.
    pub operator: Operator,
    /// What it compares, such as `iam:PassedToService`.
    pub key: String,
    /// With any of these, as `Fn::Sub` takes them.
    pub values: BTreeSet<String>,
}

impl Condition {
    /// A condition that holds where the key has one of the values.
    #[must_use]
    pub fn new<V: Into<String>>(operator: Operator, key: &str, values: impl IntoIterator<Item = V>) -> Self {
        Self {
            operator,
            key: key.to_owned(),
            values: values.into_iter().map(Into::into).collect(),
        }
    }
}

impl Grant {
    /// Actions on resources.
    #[must_use]
    pub fn new<A: Into<String>, R: Into<String>>(
        actions: impl IntoIterator<Item = A>,
        resources: impl IntoIterator<Item = R>,
    ) -> Self {
        Self {
            actions: actions.into_iter().map(Into::into).collect(),
            resources: resources.into_iter().map(Into::into).collect(),
            ..Self::default()
        }
    }

    /// The same, only where the condition holds.
    #[must_use]
    pub fn only_if(mut self, condition: Condition) -> Self {
        self.conditions.insert(condition);
        self
    }

    /// The same, with something that needs it.
    #[must_use]
    pub fn needed_by(mut self, what: impl Into<String>) -> Self {
        self.needed_by.insert(what.into());
        self
    }

    /// The same, with a reason why its resources are as wide as they are.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reasons.insert(reason.into());
        self
    }

    /// Takes in what another grant has, all of it.
    pub(super) fn absorb(&mut self, other: Self) {
        self.actions.extend(other.actions);
        self.resources.extend(other.resources);
        self.conditions.extend(other.conditions);
        self.needed_by.extend(other.needed_by);
        self.reasons.extend(other.reasons);
    }
}

/// A text with pseudo parameters as a value of a template.
pub(super) fn value(text: &str) -> Value<String> {
    sub(text, &[])
}
