//! What a module holds.

/// A struct or an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// The properties of a resource.
    Resource { fields: Vec<Field>, facts: Facts },
    /// An object inside of properties.
    Property { fields: Vec<Field> },
    /// A closed set of texts.
    Enum { values: Vec<String> },
}

/// A property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// Its name in a template.
    pub(super) property: String,
    /// The `T` of its `Value<T>`.
    pub(super) kind: String,
    pub(super) required: bool,
    pub(super) change: Change,
}

/// What a change of a property does to the resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Updates,
    MayReplace,
    Replaces,
}

/// What is written around the properties of a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Facts {
    /// The name of its type.
    pub(super) name: String,
    /// A `Tagging` as Rust writes it.
    pub(super) tagging: String,
    /// The methods of its handle.
    pub(super) attributes: Vec<Attribute>,
}

/// A method of a handle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attribute {
    pub(super) method: String,
    /// The `T` of the `Value<T>` that it gives.
    pub(super) kind: String,
    /// The attribute's name; without one, `Ref` gives it.
    pub(super) name: Option<String>,
}
