//! How surely something is known.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use super::shape::Shape;

/// How surely a value is known, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Sure {
    /// It stands in the template, or follows from what stands there. Both branches of a choice are written: each is
    /// deployed when its condition says so.
    #[default]
    Written,
    /// It is one of several: of the values that a parameter is allowed, of the entries of a mapping, or what another
    /// template exports, of which another version may be deployed.
    OneOf,
    /// It rests on the default of a parameter, for which a deployer can give another value.
    Default,
}

/// A value, and how surely it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known<T> {
    /// What it is.
    pub value: T,
    /// How surely.
    pub sure: Sure,
}

/// A text that is known.
pub type Text<'a> = Known<Cow<'a, str>>;

impl<T> Known<T> {
    /// What stands in the template.
    pub fn written(value: T) -> Self {
        let sure = Sure::Written;
        Self { value, sure }
    }

    /// The same, made into another value.
    pub fn map<U>(self, into: impl FnOnce(T) -> U) -> Known<U> {
        let sure = self.sure;
        let value = into(self.value);
        Known { value, sure }
    }

    /// The same, made into another value if that can be.
    pub fn and_then<U>(self, into: impl FnOnce(T) -> Option<U>) -> Option<Known<U>> {
        let sure = self.sure;
        into(self.value).map(|value| Known { value, sure })
    }

    /// The same, as sure as what it rests on too.
    #[must_use]
    pub fn resting_on(self, sure: Sure) -> Self {
        let sure = self.sure.max(sure);
        Self { sure, ..self }
    }
}

impl Deref for Known<Cow<'_, str>> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.value
    }
}

impl<'a> Deref for Known<Shape<'a>> {
    type Target = Shape<'a>;

    fn deref(&self) -> &Shape<'a> {
        &self.value
    }
}

impl PartialEq<&str> for Known<Cow<'_, str>> {
    fn eq(&self, other: &&str) -> bool {
        self.value == *other
    }
}

impl<T: fmt::Display> fmt::Display for Known<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}
