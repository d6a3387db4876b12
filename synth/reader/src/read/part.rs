//! Values of other files in a tree: a patch changes an object, and what it puts there stands in the patch.

use std::sync::Arc;

use super::{Document, Span};

/// A further file of a document. Its lines count on behind those of the document, so that a span says which file it is
/// of.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The name to show.
    pub file: String,
    /// The text as read.
    pub text: Arc<str>,
    /// How many lines stand before its first one.
    pub before: u32,
}

impl Document {
    /// The file that a span of the tree is of, and where it is there.
    #[must_use]
    pub fn place(&self, at: Span) -> (&str, Span) {
        let behind = self.parts.partition_point(|part| at.line > part.before);
        let part = behind.checked_sub(1).map(|at| &self.parts[at]);
        part.map_or((&self.file, at), |part| {
            let shifted = Span {
                line: at.line - part.before,
                end_line: at.end_line.saturating_sub(part.before),
                ..at
            };
            (&part.file, shifted)
        })
    }

    /// The text of a file that the tree is of.
    #[must_use]
    pub fn text_of(&self, file: &str) -> Option<&str> {
        if self.file == file {
            return Some(&self.text);
        }
        let part = self.parts.iter().find(|part| part.file == file)?;
        Some(&part.text)
    }
}
