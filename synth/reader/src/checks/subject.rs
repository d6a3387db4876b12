//! What there are rules about.

use super::{RULES, Rule, UNREADABLE, across, manifest, tofu, workflow};

/// A kind of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Of CloudFormation.
    Templates,
    /// Of Kubernetes.
    Manifests,
    /// Of `OpenTofu`.
    Modules,
    /// Of GitHub Actions.
    Workflows,
    /// Templates and manifests, held against each other.
    Across,
    /// What Prometheus is asked, by its rules and by dashboards.
    Queries,
}

impl Subject {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Templates => "templates",
            Self::Manifests => "manifests",
            Self::Modules => "modules",
            Self::Workflows => "workflows",
            Self::Across => "both",
            Self::Queries => "queries",
        }
    }

    /// Every rule there is, and what it is about.
    pub fn rules() -> impl Iterator<Item = (Self, &'static Rule)> {
        let of_templates = RULES.iter().chain([&&UNREADABLE]);
        let of_templates = of_templates.map(|rule| (Self::Templates, *rule));
        let of_manifests = manifest::RULES.iter().chain([&&manifest::UNREADABLE]);
        let of_manifests = of_manifests.map(|rule| (Self::Manifests, *rule));
        let of_modules = tofu::RULES.iter().chain([&&tofu::UNREADABLE]);
        let of_modules = of_modules.map(|rule| (Self::Modules, *rule));
        let of_workflows = workflow::RULES.iter().map(|rule| (Self::Workflows, *rule));
        let of_both = across::RULES.iter().map(|rule| (Self::Across, *rule));
        let of_queries = across::queries::RULES.iter().map(|rule| (Self::Queries, *rule));
        let of_files = of_templates.chain(of_manifests).chain(of_modules);
        of_files.chain(of_workflows).chain(of_both).chain(of_queries)
    }
}
