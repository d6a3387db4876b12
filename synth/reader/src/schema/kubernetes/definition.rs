//! What objects and the parts of them have.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use super::{Version, closed, of_eks, store};

/// What an object, or a part of one, has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Its name, such as `io.k8s.api.apps.v1.DeploymentSpec`.
    pub name: String,
    /// Its fields, sorted by name; none if it is a single value.
    pub fields: Vec<Field>,
    /// The value that it is, where it has no fields.
    pub value: Option<Shape>,
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// The fields that tell the items of a list apart; none for a list in which only the order does.
    pub merge_keys: Vec<String>,
    /// The values of a closed set; none if every value of its shape may stand there.
    pub closed: Vec<String>,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A whole number or a text, such as a port by number or by name.
    IntegerOrText,
    /// An amount, such as `500m` or `1Gi`.
    Quantity,
    /// Whatever there is.
    Anything,
    /// A part with fields, by the name of its definition.
    Object(String),
    /// A list.
    List(Box<Shape>),
    /// A map from names.
    Map(Box<Shape>),
}

impl Definition {
    /// A field by its name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        let at = self
            .fields
            .binary_search_by(|field| field.name.as_str().cmp(name))
            .ok()?;
        self.fields.get(at)
    }
}

impl Field {
    /// The definition of what it holds, or of what the items of its list or map are.
    #[must_use]
    pub fn definition(&self, version: Version) -> Option<&'static Definition> {
        self.shape.definition(version)
    }
}

impl Shape {
    /// The definition of the part that it is, or that its items are.
    #[must_use]
    pub fn definition(&self, version: Version) -> Option<&'static Definition> {
        match self {
            Self::Object(name) => definition(version, name),
            Self::List(item) | Self::Map(item) => item.definition(version),
            _ => None,
        }
    }

    /// From the store's own notation.
    fn parse(text: &str) -> Self {
        let (first, rest) = text.split_at(text.len().min(1));
        match (first, rest) {
            ("[", item) => Self::List(Box::new(Self::parse(item))),
            ("{", item) => Self::Map(Box::new(Self::parse(item))),
            ("@", name) => Self::Object(name.to_owned()),
            ("s", _) => Self::Text,
            ("i", "s") => Self::IntegerOrText,
            ("i", _) => Self::Integer,
            ("n", _) => Self::Number,
            ("b", _) => Self::Boolean,
            ("q", _) => Self::Quantity,
            _ => Self::Anything,
        }
    }
}

/// A definition by its name, decoded when it is first asked for.
#[must_use]
pub fn definition(version: Version, name: &str) -> Option<&'static Definition> {
    type Known = BTreeMap<(Version, String), Option<&'static Definition>>;
    static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    *known
        .entry((version, name.to_owned()))
        .or_insert_with(|| text(version, name).map(|text| &*Box::leak(Box::new(parse(name, text)))))
}

/// The text of a definition in a version: the store has it once for all versions that say the same.
fn text(version: Version, name: &str) -> Option<&'static str> {
    if let Some(text) = of_eks::definition(name) {
        return Some(text);
    }
    let bit = 1_u64 << version as u64;
    let names = std::iter::once(name.to_owned()).chain((2..).map(|number| format!("{name}#{number}")));
    for name in names {
        let position = store().position(&name)?;
        if store().records[position].absent & bit == 0 {
            return store().text(&store().records[position]);
        }
    }
    None
}

fn parse(name: &str, text: &'static str) -> Definition {
    if let Some(value) = text.strip_prefix("= ") {
        return Definition {
            name: name.to_owned(),
            fields: Vec::new(),
            value: Some(Shape::parse(value.trim_end())),
        };
    }
    let mut fields: Vec<Field> = text.lines().filter_map(|line| field(name, line)).collect();
    fields.sort_by(|one, other| one.name.cmp(&other.name));
    Definition {
        name: name.to_owned(),
        fields,
        value: None,
    }
}

fn field(of: &str, line: &str) -> Option<Field> {
    let mut words = line.split(' ');
    let (name, shape) = (words.next()?, words.next()?);
    let mut field = Field {
        name: name.to_owned(),
        shape: Shape::parse(shape),
        required: false,
        merge_keys: Vec::new(),
        closed: closed::values(of, name).map(str::to_owned).collect(),
    };
    let split = |values: &str| values.split('|').map(str::to_owned).collect();
    for word in words {
        match word.split_once('=') {
            Some(("k", keys)) => field.merge_keys = split(keys),
            Some(("e", values)) => field.closed = split(values),
            _ => field.required = true,
        }
    }
    Some(field)
}
