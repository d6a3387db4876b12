//! What is impossible about a model.

use std::fmt;

use super::Place;

/// What is impossible about a value of a system.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("{field}: `{saw}` {problem}; {help}")]
pub struct Error {
    /// The field, as it is written in the model: `Environment.name`.
    pub field: &'static str,
    /// What was given.
    pub saw: String,
    /// What is wrong with it.
    pub problem: &'static str,
    /// What to do.
    pub help: String,
    /// The system that has it. A value that several systems share is told of once, with the first of them.
    pub system: String,
    /// Where it was written, or what it is part of.
    pub place: Place,
}

/// Everything that is impossible about a set of systems: at least one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errors(pub(super) Vec<Error>);

impl Errors {
    /// Each of them: system by system, in the order of the model.
    pub fn iter(&self) -> std::slice::Iter<'_, Error> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Errors {
    type Item = &'a Error;
    type IntoIter = std::slice::Iter<'a, Error>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            1 => write!(f, "a value of the model is impossible")?,
            many => write!(f, "{many} values of the model are impossible")?,
        }
        for error in &self.0 {
            let Error { place, system, .. } = error;
            write!(f, "\n\n{error}\n  --> {place}, in the system `{system}`")?;
        }
        Ok(())
    }
}

impl std::error::Error for Errors {}
