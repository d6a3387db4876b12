//! What `CloudFormation` will do, and who says so.

use serde::Serialize;
use serde_json::Value as Json;

/// What a change of a property does to what runs, in order of danger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Nothing that runs changes.
    Nothing,
    /// Updated in place.
    Update,
    /// Updated in place; traffic goes elsewhere.
    Traffic,
    /// Its pods restart, some at a time.
    Roll,
    /// Updated, over what the service itself has changed since.
    Overwrite,
    /// Updated in place, with an interruption.
    Interrupt,
    /// Replaced in some cases; the reasons say in which.
    MayReplace,
    /// Refused: nothing changes until somebody goes another way.
    Refuse,
    /// Replaced by a new one.
    Replace,
}

/// In which language something is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// A resource of a template of `CloudFormation`.
    Template,
    /// A workflow of GitHub's, or a job of one.
    Workflow,
    /// An object of Kubernetes.
    Manifest,
    /// A block of a module of `OpenTofu`.
    Module,
}

/// What happens to a resource as a whole, in order of danger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Nothing that runs changes.
    Nothing,
    /// A new resource.
    Create,
    /// Taken out of a workflow, or a workflow taken away: it no longer runs.
    Remove,
    /// Updated in place.
    Update,
    /// Updated in place; traffic goes elsewhere.
    Traffic,
    /// Taken out of the stack; it goes on existing.
    Retain,
    /// Updated in place; its pods restart, some at a time.
    Roll,
    /// Updated, over what the service itself has changed since.
    Overwrite,
    /// Updated in place, with an interruption.
    Interrupt,
    /// Created or deleted, if a condition comes out differently.
    MayDelete,
    /// Replaced in some cases.
    MayReplace,
    /// Refused, by `CloudFormation` or the API server: nothing changes until somebody goes another way.
    Refuse,
    /// Deleted; a snapshot stays.
    Snapshot,
    /// Replaced by a new one.
    Replace,
    /// Deleted.
    Delete,
}

impl From<Effect> for Verdict {
    fn from(effect: Effect) -> Self {
        match effect {
            Effect::Nothing => Self::Nothing,
            Effect::Update => Self::Update,
            Effect::Traffic => Self::Traffic,
            Effect::Roll => Self::Roll,
            Effect::Overwrite => Self::Overwrite,
            Effect::Interrupt => Self::Interrupt,
            Effect::MayReplace => Self::MayReplace,
            Effect::Refuse => Self::Refuse,
            Effect::Replace => Self::Replace,
        }
    }
}

impl Verdict {
    /// The words for it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Nothing => "nothing changes",
            Self::Create => "created",
            Self::Remove => "removed",
            Self::Update => "updated in place",
            Self::Retain => "retained outside the stack",
            Self::Traffic => "updated in place, and traffic moves",
            Self::Roll => "updated, and its pods restart",
            Self::Overwrite => "updated, over what the service has set since",
            Self::Interrupt => "OUTAGE: updated with an interruption",
            Self::MayDelete => "MAY BE DELETED",
            Self::MayReplace => "MAY BE REPLACED",
            Self::Snapshot => "DELETED after a snapshot",
            Self::Refuse => "REFUSED",
            Self::Replace => "REPLACED",
            Self::Delete => "DELETED",
        }
    }

    /// The sign in front of a line.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Nothing => " ",
            Self::Create => "+",
            Self::Update | Self::Traffic | Self::Roll | Self::Overwrite | Self::Interrupt => "~",
            Self::Remove | Self::Retain | Self::Snapshot | Self::Delete => "-",
            Self::MayDelete | Self::MayReplace | Self::Refuse | Self::Replace => "!",
        }
    }
}

/// Who says what a change does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// `createOnlyProperties` of AWS's schema.
    SchemaCreateOnly,
    /// `conditionalCreateOnlyProperties` of AWS's schema.
    SchemaConditional,
    /// AWS's schema lists the property under neither.
    Schema,
    /// The CDK's service specification.
    ServiceSpecification,
    /// A guide of AWS's.
    UserGuide,
    /// The value refers to a resource that is replaced.
    Reference,
    /// The value refers to a parameter of which the default changed.
    Parameter,
    /// The value depends on a condition or a mapping that changed.
    Condition,
    /// The value comes from another stack.
    Import,
    /// An attribute of the resource beside its properties.
    Attribute,
    /// The type of the resource itself changed.
    Type,
    /// The transform of SAM makes another type of it.
    Transform,
    /// The type is not one of AWS's.
    Unknown,
    /// GitHub's documentation of workflows.
    #[serde(rename = "github")]
    GitHub,
    /// Kubernetes: its API server or its controllers.
    Kubernetes,
    /// The sources of a provider of `OpenTofu`, or the language itself.
    Provider,
}

/// Why a change does what it does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Reason {
    /// Who says so.
    pub source: Source,
    /// What is said, lower case, no full stop.
    pub text: String,
}

impl Reason {
    pub(super) fn new(source: Source, text: impl Into<String>) -> Self {
        Self {
            source,
            text: text.into(),
        }
    }
}

/// One value of a resource that changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PropertyChange {
    /// Where, such as `LoadBalancers[0].ContainerPort`; attributes stand in angle brackets, such as `<DeletionPolicy>`.
    pub path: String,
    /// What stood there.
    pub old: Option<Json>,
    /// What stands there.
    pub new: Option<Json>,
    /// Whether it is a list of the same items in another order.
    pub reordered: bool,
    /// What that does.
    pub effect: Effect,
    /// Who says so, and on what it depends.
    pub reasons: Vec<Reason>,
}

/// Why a change is refused, and what goes through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// What would happen if it were not refused.
    pub would: Verdict,
    /// Why, lower case, no full stop.
    pub why: String,
    /// Ways that work, each by itself, the one to think of first in front.
    pub ways: Vec<String>,
}

/// One resource that changes, the same in all the files named.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResourceChange {
    /// The templates in which it changes so.
    pub files: Vec<String>,
    /// Its logical id.
    pub id: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The language that it is written in.
    pub language: Language,
    /// The line of its logical id, in the new template or, if it is gone, in the old one.
    pub line: u32,
    /// What happens to it.
    pub verdict: Verdict,
    /// What it holds that cannot be made again, such as `database`.
    pub stateful: Option<&'static str>,
    /// What happens to the old one when it is replaced: `delete`, `snapshot` or `retain`.
    pub old_one: Option<super::policy::Fate>,
    /// Whether the old one goes before the new one comes.
    pub delete_first: bool,
    /// Why it is refused and what goes through, where `CloudFormation` or a service does.
    pub refusal: Option<Refusal>,
    /// The logical id that it had, if it was renamed.
    pub renamed_from: Option<String>,
    /// The logical id that it gets, if it is renamed.
    pub renamed_to: Option<String>,
    /// What changes in it.
    pub changes: Vec<PropertyChange>,
    /// What else a reviewer should know.
    pub notes: Vec<String>,
}

impl ResourceChange {
    /// One of which nothing is told yet: where it stands, what it is, and what happens to it.
    pub(super) fn new(
        language: Language,
        (file, line): (&str, u32),
        (kind, id): (&str, &str),
        verdict: Verdict,
    ) -> Self {
        Self {
            files: vec![file.to_owned()],
            id: id.to_owned(),
            kind: kind.to_owned(),
            language,
            line,
            verdict,
            stateful: None,
            old_one: None,
            delete_first: false,
            refusal: None,
            renamed_from: None,
            renamed_to: None,
            changes: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Whether what it holds is lost, or may be.
    #[must_use]
    pub fn endangers(&self) -> bool {
        // What goes through instead of what is refused mostly replaces or deletes as well.
        let verdict = self.refusal.as_ref().map_or(self.verdict, |refusal| refusal.would);
        self.stateful.is_some()
            && matches!(
                verdict,
                Verdict::Delete | Verdict::Snapshot | Verdict::Replace | Verdict::MayReplace | Verdict::MayDelete
            )
    }
}
