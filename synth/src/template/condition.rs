//! Conditions: what a template decides at deploy time from its parameters.

use super::{Node, ToNode, Value};

/// A condition of the template that made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition(String);

impl Condition {
    pub(crate) fn new(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// Its name in the template.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }
}

/// What a condition tests.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// `Fn::Equals`.
    Equals(Node, Node),
    /// `Fn::Not`.
    Not(Box<Test>),
    /// `Fn::And`, of 2 to 10 tests.
    And(Vec<Test>),
    /// `Fn::Or`, of 2 to 10 tests.
    Or(Vec<Test>),
    /// Another condition.
    Holds(Condition),
}

impl Test {
    /// Whether two values are the same.
    pub fn equals(left: &Value<String>, right: impl Into<Value<String>>) -> Self {
        Self::Equals(left.to_node(), right.into().to_node())
    }

    /// Whether two values differ.
    pub fn differs(left: &Value<String>, right: impl Into<Value<String>>) -> Self {
        Self::Not(Box::new(Self::equals(left, right)))
    }
}
