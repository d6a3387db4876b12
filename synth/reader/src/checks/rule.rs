//! What a rule is.

use super::finding::{Certainty, Finding, Level};
use super::report::Report;
use super::set::Set;
use crate::read::Span;

/// What a rule knows about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// What AWS, GitHub or the API server of Kubernetes refuses.
    Schema,
    /// What does not fit together.
    Graph,
    /// What will hurt.
    Practice,
    /// What one language promises and the other does not keep.
    Across,
}

impl Family {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::Graph => "graph",
            Self::Practice => "practice",
            Self::Across => "across",
        }
    }
}

/// One thing that is forbidden; its name says which.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// What it forbids, in kebab case, so that "allow endless-retry" reads well.
    pub name: &'static str,
    /// Why, in sentences.
    pub why: &'static str,
    /// Where whoever runs it says so.
    pub link: &'static str,
    /// How bad it is.
    pub level: Level,
    /// What it knows about.
    pub family: Family,
    /// The smallest file that breaks it and no other, or several: see [`super::example`].
    pub example: &'static str,
    /// What to write instead.
    pub instead: &'static str,
    /// Looks at all documents and reports.
    pub check: for<'a> fn(&Set<'a>, &mut Report<'a>),
}

impl Rule {
    /// Looks at all documents.
    pub(super) fn run<'a>(&self, set: &Set<'a>, report: &mut Report<'a>) {
        report.begin(self.name, self.level);
        (self.check)(set, report);
    }

    /// What tells of a file that no rule can look at.
    #[must_use]
    pub fn unreadable(&self, file: &str, at: Span, message: String) -> Finding {
        Finding {
            rule: self.name,
            level: self.level,
            certainty: Certainty::Written,
            message,
            help: None,
            file: file.to_owned(),
            path: Vec::new(),
            line: at.line,
            column: at.column,
            end_line: at.end_line,
            end_column: at.end_column,
            also: None,
        }
    }
}
