//! A place in the schema of a kind: what may stand there.

use serde_json::{Map, Value as Json};

use super::Version;
use crate::schema::{field, near};

/// What may stand at a place; an explicit `null` is taken everywhere, as nothing set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// An object with [`Node::fields`], and no others.
    Object,
    /// Texts to [`Node::values`], or to anything if the schema does not say.
    Map,
    /// A list of [`Node::items`].
    Array,
    /// A text.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A whole number, or a text such as `25%` or the name of a port.
    IntOrString,
    /// `500m` or `128Mi`, or a number.
    Quantity,
    /// The schema does not say.
    Anything,
}

/// How the server merges a list: <https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListType {
    /// As a whole.
    Atomic,
    /// By its items, none of which may stand there twice.
    Set,
    /// By the [`Node::keys`] of its items.
    Map,
}

/// A place in a schema, with references resolved.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    version: Version,
    json: &'static Json,
    definition: Option<&'static str>,
}

impl Node {
    /// What a record says as a whole.
    pub(super) fn of(version: Version, position: usize) -> Self {
        Self {
            version,
            json: super::decoded(position),
            definition: Some(super::name(position)),
        }
    }

    fn at(&self, json: &'static Json) -> Self {
        let reference = field(json, "$ref").and_then(Json::as_str);
        let target = reference.and_then(|name| super::position(name, self.version));
        target.map_or(
            Self {
                version: self.version,
                json,
                definition: None,
            },
            |position| Self::of(self.version, position),
        )
    }

    fn text(&self, key: &str) -> Option<&'static str> {
        field(self.json, key).and_then(Json::as_str)
    }

    fn texts(&self, key: &str) -> impl Iterator<Item = &'static str> + use<> {
        let list = field(self.json, key).and_then(Json::as_array);
        list.into_iter().flatten().filter_map(Json::as_str)
    }

    fn map(&self) -> Option<&'static Map<String, Json>> {
        field(self.json, "properties").and_then(Json::as_object)
    }

    pub(super) fn in_namespace(&self) -> bool {
        self.text("scope") != Some("cluster")
    }

    /// The version whose schema this is.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// The definition that describes this place, if it has one: `core.v1.PodSpec`, or `v1/Pod` of a kind.
    #[must_use]
    pub fn definition(&self) -> Option<&'static str> {
        self.definition
    }

    /// What may stand here.
    #[must_use]
    pub fn kind(&self) -> Type {
        if self.map().is_some() {
            return Type::Object;
        }
        match self.text("type") {
            Some("object") => Type::Map,
            Some("array") => Type::Array,
            Some("string") => Type::String,
            Some("integer") => Type::Integer,
            Some("number") => Type::Number,
            Some("boolean") => Type::Boolean,
            Some("int-or-string") => Type::IntOrString,
            Some("quantity") => Type::Quantity,
            _ => Type::Anything,
        }
    }

    /// The fields of an object, sorted by name.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, Node)> + use<> {
        let node = *self;
        let fields = self.map().into_iter().flatten();
        fields.map(move |(name, json)| (name.as_str(), node.at(json)))
    }

    /// A field of an object.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<Self> {
        let json = crate::schema::entry(self.map()?, name)?;
        Some(self.at(json))
    }

    /// The field whose name is nearest to a mistyped one, if one is near.
    #[must_use]
    pub fn nearest_field(&self, name: &str) -> Option<&'static str> {
        near::nearest(name, self.map()?.keys().map(String::as_str))
    }

    /// The fields that an object must have.
    pub fn required(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.texts("required")
    }

    /// What the values of a map are, if the schema says.
    #[must_use]
    pub fn values(&self) -> Option<Self> {
        field(self.json, "values").map(|json| self.at(json))
    }

    /// The items of a list.
    #[must_use]
    pub fn items(&self) -> Option<Self> {
        field(self.json, "items").map(|json| self.at(json))
    }

    /// The only texts that may stand here; none means that the set is open. Where they are, the server takes an empty
    /// text as nothing set.
    pub fn allowed(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.texts("enum")
    }

    /// `int32`, `int64`, `double`, `byte` (base64), `date-time`.
    #[must_use]
    pub fn format(&self) -> Option<&'static str> {
        self.text("format")
    }

    /// The least number.
    #[must_use]
    pub fn minimum(&self) -> Option<i64> {
        field(self.json, "minimum")?.as_i64()
    }

    /// The greatest number.
    #[must_use]
    pub fn maximum(&self) -> Option<i64> {
        field(self.json, "maximum")?.as_i64()
    }

    /// How the server merges a list, if the schema says.
    #[must_use]
    pub fn list(&self) -> Option<ListType> {
        match self.text("list")? {
            "atomic" => Some(ListType::Atomic),
            "set" => Some(ListType::Set),
            "map" => Some(ListType::Map),
            _ => None,
        }
    }

    /// The fields that tell the items of a list apart (`x-kubernetes-list-map-keys`): no two items may agree in all.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.texts("keys")
    }

    /// The field by which a strategic merge patch finds an item of a list (`x-kubernetes-patch-merge-key`); where there
    /// is none, it takes the place of the list.
    #[must_use]
    pub fn merge_key(&self) -> Option<&'static str> {
        self.text("merge")
    }

    /// The place below this one at a path such as `spec/containers/0/image` (`*` stands for any index or key).
    #[must_use]
    pub fn find(&self, path: &str) -> Option<Self> {
        path.split('/')
            .try_fold(*self, |node, step| node.field(step).or(node.items()).or(node.values()))
    }
}
