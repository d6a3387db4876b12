//! Values of a workflow: known while we render, or only while it runs.

use std::collections::BTreeMap;

/// What a called workflow's inputs stand for in one call.
pub type Bindings = BTreeMap<&'static str, Value>;

/// A value for each branch of which a run may be. The branch is that of the run: of the commit that was pushed, or the one that a
/// person chose when starting it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByBranch(Vec<(String, String)>);

impl ByBranch {
    /// Branches, each with its value.
    pub fn new(values: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(values.into_iter().collect())
    }

    /// As an expression of GitHub's, which is empty on any other branch and on a tag.
    #[must_use]
    pub fn expression(&self) -> String {
        let said = self.0.iter().filter(|(_, value)| !value.is_empty());
        let one = |(branch, value): &(String, String)| {
            let value = value.replace('\'', "''");
            format!("github.ref == 'refs/heads/{branch}' && '{value}' || ")
        };
        let all: String = said.map(one).collect();
        format!("{all}''")
    }
}

/// A value of a step or a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Known now.
    Known(String),
    /// An input of the workflow that is called or started by hand.
    Input(&'static str),
    /// An input after a text that is known now.
    After(String, &'static str),
    /// One that follows from the branch.
    ByBranch(ByBranch),
    /// Known to GitHub while the workflow runs: the inside of `${{ … }}`.
    Context(&'static str),
}

impl Value {
    /// As it stands in the workflow.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Known(text) => text.clone(),
            Self::Input(name) => format!("${{{{ inputs.{name} }}}}"),
            Self::After(before, name) => format!("{before}${{{{ inputs.{name} }}}}"),
            Self::ByBranch(values) => format!("${{{{ {} }}}}", values.expression()),
            Self::Context(expression) => format!("${{{{ {expression} }}}}"),
        }
    }

    /// The value where an input is replaced by what the caller gives.
    #[must_use]
    pub fn bind(&self, inputs: &Bindings) -> Self {
        match self {
            Self::Input(name) => inputs.get(name).unwrap_or(self).clone(),
            Self::After(before, name) => match inputs.get(name) {
                Some(given) => Self::Known(format!("{before}{}", given.text())),
                None => self.clone(),
            },
            known => known.clone(),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Known(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Known(text.clone())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Known(text)
    }
}
