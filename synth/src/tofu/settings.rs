//! What surrounds the arguments of a resource.

use serde_json::{Map, Value as Json, json};

use super::Reference;

/// Whose check does not hold for a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checker {
    /// A rule of synth's own.
    Synth,
    /// A check of checkov, which reads no notes in this syntax.
    Checkov,
    /// A check of Trivy, which reads none either.
    Trivy,
}

impl Checker {
    /// Each, with what its checks stand under.
    pub(crate) const ALL: [(Self, &'static str); 3] = [
        (Self::Synth, "allow"),
        (Self::Checkov, "checkov"),
        (Self::Trivy, "trivy"),
    ];

    /// What people call it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Synth => "synth",
            Self::Checkov => "checkov",
            Self::Trivy => "trivy",
        }
    }
}

/// What surrounds the arguments of a resource.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Why it is as it is, in a sentence; it stands first in its block, where nothing reads it but people.
    pub comment: Option<String>,
    /// Checks that do not hold for it, each with the reason.
    pub allowed: Vec<(Checker, &'static str, String)>,
    /// What must be there before it, though no argument says so.
    pub depends_on: Vec<Reference>,
    /// How long it lives.
    pub lifecycle: Lifecycle,
}

/// How long a resource lives, and who changes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lifecycle {
    /// A plan that deletes it is refused.
    pub prevent_destroy: bool,
    /// Arguments that others change, such as `metadata`.
    pub ignore_changes: Vec<&'static str>,
}

impl Settings {
    /// What people and checks read beside the arguments.
    fn said(&self) -> Option<Json> {
        if self.allowed.is_empty() {
            return self.comment.as_deref().map(Json::from);
        }
        let mut said = Map::new();
        for (checker, key) in Checker::ALL {
            let own = self.allowed.iter().filter(|(whose, ..)| *whose == checker);
            let reasons: Map<String, Json> = own
                .map(|(_, rule, reason)| ((*rule).to_owned(), reason.as_str().into()))
                .collect();
            if !reasons.is_empty() {
                said.insert(key.to_owned(), reasons.into());
            }
        }
        if let Some(comment) = &self.comment {
            said.insert("says".to_owned(), comment.as_str().into());
        }
        Some(said.into())
    }

    /// The entries of a block, with those of the settings around them.
    pub(super) fn around(&self, arguments: Map<String, Json>) -> Json {
        let mut block = Map::new();
        block.extend(self.said().map(|said| ("//".to_owned(), said)));
        block.extend(arguments);
        if !self.depends_on.is_empty() {
            let names = self.depends_on.iter().map(|one| Json::from(one.to_string()));
            block.insert("depends_on".to_owned(), names.collect());
        }
        let Lifecycle {
            prevent_destroy,
            ignore_changes,
        } = &self.lifecycle;
        let mut lifecycle = Map::new();
        if *prevent_destroy {
            lifecycle.insert("prevent_destroy".to_owned(), true.into());
        }
        if !ignore_changes.is_empty() {
            lifecycle.insert("ignore_changes".to_owned(), json!(ignore_changes));
        }
        if !lifecycle.is_empty() {
            block.insert("lifecycle".to_owned(), lifecycle.into());
        }
        block.into()
    }
}
