//! Names: of resources inside a template and of stacks.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use super::Error;

/// The name of a resource in its template. `CloudFormation` replaces a resource whose logical id changes, so it is
/// made from the role that the resource has in the system and from nothing else. Every reference has one, so a copy is
/// cheap.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogicalId(Arc<str>);

impl LogicalId {
    /// `LogicalId::new("dead-letters", "Queue")` is `DeadLettersQueue`. What is not a letter or a digit separates words.
    #[must_use]
    pub fn new(role: &str, kind: &str) -> Self {
        Self(format!("{}{}", pascal(role), pascal(kind)).into())
    }

    /// The id as it stands in the template.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for LogicalId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LogicalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `blue-green_b` is `BlueGreenB`: the words of a text, run together.
pub(crate) fn pascal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let mut letters = word.chars();
        out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    out
}

/// The name of a stack: 1 to 128 characters of `[A-Za-z][A-Za-z0-9-]*`
/// (AWS `CloudFormation` API reference, `CreateStack`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StackName(Arc<str>);

impl StackName {
    /// Parses a name.
    ///
    /// # Errors
    ///
    /// [`Error::StackName`] if AWS would refuse it.
    pub fn new(name: impl Into<String>) -> Result<Self, Error> {
        let name = name.into();
        let letters = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if letters && name.len() <= 128 {
            Ok(Self(name.into()))
        } else {
            Err(Error::StackName { name })
        }
    }

    /// The name as AWS takes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StackName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
