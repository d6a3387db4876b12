//! What there are rules about.

use super::{RULES, Rule, UNREADABLE, workflow};

/// A kind of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Of CloudFormation.
    Templates,
    /// Of GitHub Actions.
    Workflows,
}

impl Subject {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Templates => "templates",
            Self::Workflows => "workflows",
        }
    }

    /// Every rule there is, and what it is about.
    pub fn rules() -> impl Iterator<Item = (Self, &'static Rule)> {
        let of_templates = RULES.iter().chain([&&UNREADABLE]);
        let of_templates = of_templates.map(|rule| (Self::Templates, *rule));
        of_templates.chain(workflow::RULES.iter().map(|rule| (Self::Workflows, *rule)))
    }
}
