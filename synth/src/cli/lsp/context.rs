//! Where in a template something is being written, told from the text: what is half written is often no tree.

use crate::read::Step;

/// Where the cursor stands.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Context {
    /// The keys and indexes around it; the key whose value is written is the last.
    pub(super) path: Vec<Step>,
    /// Whether a value is written, and not a key.
    pub(super) value: bool,
    /// What of it stands there already.
    pub(super) written: String,
    /// The function of a short form such as `!Ref`, where one stands before it.
    pub(super) function: Option<String>,
}

#[cfg(test)]
impl Context {
    /// The keys and indexes, with a slash between them.
    pub(super) fn shown(&self) -> String {
        let steps = self.path.iter().map(|step| match step {
            Step::Key(key) => key.clone(),
            Step::Index(index) => index.to_string(),
        });
        steps.collect::<Vec<_>>().join("/")
    }
}
