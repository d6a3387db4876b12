//! One way in which the conditions and parameters of a template can turn out.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::sure::{Known, Sure};
use super::{Template, parameter};
use crate::read::Node;

/// One way: values of parameters and truths of what cannot be computed.
#[derive(Debug, Clone, Default)]
pub struct Scenario<'a> {
    pub(super) parameters: BTreeMap<&'a str, Choice<'a>>,
    /// Truths of conditions.
    pub(super) truths: BTreeMap<&'a str, bool>,
    /// Whether defaults of parameters are left aside.
    strict: bool,
}

/// A value of a parameter.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Choice<'a> {
    Is(Cow<'a, str>),
    /// None of those that the conditions compare with.
    Other,
}

impl<'a> Scenario<'a> {
    /// The same without the defaults of parameters, for which a deployer may give other values.
    #[must_use]
    pub fn strict(&self) -> Self {
        Self {
            strict: true,
            ..self.clone()
        }
    }

    /// Whether the defaults of parameters are left aside.
    #[must_use]
    pub fn is_strict(&self) -> bool {
        self.strict
    }

    /// What a condition is, as far as it can be computed.
    #[must_use]
    pub fn truth(&self, condition: &str) -> Option<bool> {
        self.truths.get(condition).copied()
    }

    /// Whether a parameter has a value here.
    #[must_use]
    pub fn is(&self, parameter: &str, value: &str) -> Option<bool> {
        match self.parameters.get(parameter)? {
            Choice::Is(known) => Some(known == value),
            Choice::Other => Some(false),
        }
    }

    /// Whether the ways differ in the value of a parameter.
    #[must_use]
    pub fn chooses(&self, parameter: &str) -> bool {
        self.parameters.contains_key(parameter)
    }

    /// What a parameter is known to be here; lists and AWS's own types are not, whose defaults are checked where they
    /// stand.
    #[must_use]
    pub fn parameter(&self, template: &Template<'a>, name: &str) -> Option<Known<Cow<'a, str>>> {
        match self.parameters.get(name) {
            Some(Choice::Other) => None,
            Some(Choice::Is(value)) => {
                let kind = template.named("Parameters", name)?.get("Type").and_then(Node::text)?;
                let plain = matches!(kind, "String" | "Number") && !value.is_empty();
                // It is so only where a deployer says it.
                let sure = Sure::OneOf;
                let value = value.clone();
                plain.then_some(Known { value, sure })
            }
            None if self.strict => None,
            None => parameter::value(template, name),
        }
    }
}
