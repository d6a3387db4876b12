//! What a rule says.

use serde::Serialize;

use crate::read::template::known::Sure;
use crate::read::{Span, Step};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It is refused, or it cannot work.
    Error,
    /// It deploys and will hurt.
    Warning,
    /// It could be simpler.
    Info,
}

impl Level {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }

    /// How bad it is of a value that is known so surely: what a deployer may choose otherwise is no error, and of what
    /// is not known nothing is said.
    #[must_use]
    pub fn where_known(self, sure: Sure) -> Self {
        match sure {
            Sure::Written => self,
            Sure::OneOf | Sure::Default => self.max(Self::Warning),
        }
    }
}

/// How sure it is that a finding holds when the template is deployed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Whatever is chosen, as it is written so.
    Written,
    /// Unless a deployer chooses another value for a parameter, a macro rewrites the template, or the cluster has another
    /// version of a custom resource.
    Likely,
}

impl Certainty {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Likely => "likely",
        }
    }
}

impl From<Sure> for Certainty {
    fn from(sure: Sure) -> Self {
        match sure {
            Sure::Written => Self::Written,
            Sure::OneOf | Sure::Default => Self::Likely,
        }
    }
}

/// One place where a rule is broken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The name of the rule.
    pub rule: &'static str,
    /// How bad it is.
    pub level: Level,
    /// How sure it is.
    pub certainty: Certainty,
    /// What is wrong, lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The file.
    pub file: String,
    /// Keys and indexes from the root of the file.
    pub path: Vec<Step>,
    /// First line, from one.
    pub line: u32,
    /// First column, from one.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// Column behind the last character.
    pub end_column: u32,
    /// Where the other end of it is.
    pub also: Option<Place>,
}

/// A second place of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// What is there, lower case, no full stop.
    pub label: String,
    /// The file.
    pub file: String,
    /// Keys and indexes from the root of the file.
    pub path: Vec<Step>,
    /// First line, from one.
    pub line: u32,
    /// First column, from one.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// Column behind the last character.
    pub end_column: u32,
}

impl Place {
    /// The stretch of the file.
    #[must_use]
    pub fn span(&self) -> Span {
        Span {
            line: self.line,
            column: self.column,
            end_line: self.end_line,
            end_column: self.end_column,
        }
    }
}

impl Finding {
    /// The stretch of the file.
    #[must_use]
    pub fn span(&self) -> Span {
        Span {
            line: self.line,
            column: self.column,
            end_line: self.end_line,
            end_column: self.end_column,
        }
    }

    /// The place, for another finding to tell of it.
    pub(super) fn place(&self, label: impl Into<String>) -> Place {
        Place {
            label: label.into(),
            file: self.file.clone(),
            path: self.path.clone(),
            line: self.line,
            column: self.column,
            end_line: self.end_line,
            end_column: self.end_column,
        }
    }
}
