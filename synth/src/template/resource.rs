//! Resources and the handles that refer to them.

use std::fmt;
use std::marker::PhantomData;

use super::{Condition, Function, LogicalId, Node, Reference, StackName, Value};

/// How a resource type takes tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tagging {
    /// Not at all.
    None,
    /// As a list of `Key` and `Value` under this property.
    List(&'static str),
    /// As an object under this property.
    Map(&'static str),
}

/// A resource type of AWS. Implemented by what is generated under `aws::`.
pub trait Resource {
    /// The type's name, such as `AWS::ECS::Service`.
    const TYPE: &'static str;
    /// How it takes tags.
    const TAGGING: Tagging;

    /// Its properties, those that are set, in the order of the schema.
    fn properties(&self) -> Vec<(&'static str, Node)>;
}

/// What happens to a resource that leaves the template or is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// It is deleted.
    Delete,
    /// It stays, and is no longer managed.
    Retain,
    /// It stays unless its own creation failed.
    RetainExceptOnCreate,
    /// A snapshot is taken first.
    Snapshot,
}

impl Policy {
    /// The policy as `CloudFormation` names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Delete => "Delete",
            Self::Retain => "Retain",
            Self::RetainExceptOnCreate => "RetainExceptOnCreate",
            Self::Snapshot => "Snapshot",
        }
    }
}

/// What surrounds the properties of a resource.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// It exists only where this holds.
    pub condition: Option<Condition>,
    /// Resources that must be complete first, where no reference says so already.
    pub depends_on: Vec<LogicalId>,
    /// What happens when it leaves the template.
    pub deletion: Option<Policy>,
    /// What happens to the old one when it is replaced.
    pub replacement: Option<Policy>,
    /// Notes for tools and readers.
    pub metadata: Vec<(String, Node)>,
}

impl Settings {
    /// It stays when it leaves the template and when it is replaced: for what holds data.
    #[must_use]
    pub fn keep(policy: Policy) -> Self {
        Self {
            deletion: Some(policy),
            replacement: Some(policy),
            ..Self::default()
        }
    }

    /// It is made after these.
    #[must_use]
    pub fn after(ids: impl IntoIterator<Item = LogicalId>) -> Self {
        Self {
            depends_on: ids.into_iter().collect(),
            ..Self::default()
        }
    }
}

/// A resource of type `R` that stands in a template. Only [`super::Template::add`] makes one.
pub struct Handle<R> {
    stack: StackName,
    id: LogicalId,
    kind: PhantomData<fn() -> R>,
}

impl<R> fmt::Debug for Handle<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.stack, self.id)
    }
}

impl<R> Clone for Handle<R> {
    fn clone(&self) -> Self {
        Self {
            stack: self.stack.clone(),
            id: self.id.clone(),
            kind: PhantomData,
        }
    }
}

impl<R> Handle<R> {
    pub(crate) fn new(stack: StackName, id: LogicalId) -> Self {
        Self {
            stack,
            id,
            kind: PhantomData,
        }
    }

    /// Its name in its template, for `DependsOn` and metadata.
    #[must_use]
    pub fn logical_id(&self) -> LogicalId {
        self.id.clone()
    }

    /// What `Ref` gives.
    pub(crate) fn reference<T>(&self) -> Value<T> {
        self.value(None)
    }

    /// What `Fn::GetAtt` gives.
    pub(crate) fn attribute<T>(&self, name: &'static str) -> Value<T> {
        self.value(Some(name))
    }

    fn value<T>(&self, attribute: Option<&'static str>) -> Value<T> {
        let reference = Reference::Resource(self.stack.clone(), self.id.clone(), attribute.map(Into::into));
        Value::of(Node::Function(Box::new(Function::Reference(reference))))
    }
}
