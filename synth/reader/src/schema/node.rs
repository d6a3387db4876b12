//! A place in the schema of a resource type: what may stand there.

use serde_json::{Map, Value as Json};

/// A `$ref` that leads to a `$ref` is followed this often, so that a circle of them ends.
const MOST_REFERENCES: usize = 8;

/// A JSON type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are those of JSON Schema")]
pub enum Kind {
    String,
    Integer,
    Number,
    Boolean,
    Array,
    Object,
    Null,
}

/// A place in a schema, with references resolved.
#[derive(Clone, Copy, Debug)]
pub struct Node<'a> {
    root: &'a Json,
    json: &'a Json,
    definition: Option<&'a str>,
}

/// Objects up to this size are looked through, which is faster than hashing the key.
const SMALL: usize = 8;

/// An entry of an object.
#[must_use]
pub fn field<'a>(json: &'a Json, key: &str) -> Option<&'a Json> {
    json.as_object().and_then(|map| entry(map, key))
}

/// The same of an object that is known to be one.
#[must_use]
pub fn entry<'a>(map: &'a Map<String, Json>, key: &str) -> Option<&'a Json> {
    if map.len() > SMALL {
        return map.get(key);
    }
    map.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
}

impl<'a> Node<'a> {
    pub(super) fn new(root: &'a Json, json: &'a Json) -> Self {
        let mut node = Self {
            root,
            json,
            definition: None,
        };
        for _ in 0..MOST_REFERENCES {
            let Some(pointer) = field(node.json, "$ref").and_then(Json::as_str) else {
                break;
            };
            let pointer = pointer.trim_start_matches('#');
            let definition = pointer.strip_prefix("/definitions/");
            // Nearly all are of this form, and `pointer` takes each apart into texts of its own.
            let near = definition.and_then(|name| field(field(root, "definitions")?, name));
            let Some(target) = near.or_else(|| root.pointer(pointer)) else {
                break;
            };
            node.json = target;
            node.definition = definition;
        }
        node
    }

    fn at(&self, json: &'a Json) -> Self {
        Self::new(self.root, json)
    }

    fn get(&self, key: &str) -> Option<&'a Json> {
        field(self.json, key)
    }

    fn list(&self, key: &str) -> &'a [Json] {
        self.get(key).and_then(Json::as_array).map_or(&[], Vec::as_slice)
    }

    fn text(&self, key: &str) -> Option<&'a str> {
        self.get(key).and_then(Json::as_str)
    }

    fn count(&self, key: &str) -> Option<u64> {
        // Some schemas have a length as `10.0`.
        let number = self.get(key)?;
        number.as_u64().or_else(|| {
            let number = number.as_f64().filter(|number| *number >= 0.0)?;
            format!("{number:.0}").parse().ok()
        })
    }

    /// The JSON Schema of this place; its `$ref`s lead into [`super::ResourceSchema::raw`].
    #[must_use]
    pub fn raw(&self) -> &'a Json {
        self.json
    }

    /// The name of the definition that describes this place, if it has one.
    #[must_use]
    pub fn definition(&self) -> Option<&'a str> {
        self.definition
    }

    /// The types of what may stand here; none means that the schema does not say.
    #[must_use]
    pub fn kinds(&self) -> Vec<Kind> {
        let names = match self.get("type") {
            Some(Json::String(name)) => vec![name.as_str()],
            Some(Json::Array(names)) => names.iter().filter_map(Json::as_str).collect(),
            _ if self.get("properties").is_some() => vec!["object"],
            _ => Vec::new(),
        };
        names.into_iter().filter_map(kind).collect()
    }

    /// The properties of an object, sorted by name.
    pub fn properties(&self) -> impl Iterator<Item = (&'a str, Node<'a>)> + use<'a> {
        let node = *self;
        let map = self.get("properties").and_then(Json::as_object);
        map.into_iter()
            .flatten()
            .map(move |(name, json)| (name.as_str(), node.at(json)))
    }

    /// A property of an object.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<Self> {
        Some(self.at(field(self.get("properties")?, name)?))
    }

    /// The property whose name is nearest to a mistyped one, if one is near.
    #[must_use]
    pub fn nearest_property(&self, name: &str) -> Option<&'a str> {
        super::near::nearest(name, self.properties().map(|(name, _)| name))
    }

    /// The properties that an object must have.
    pub fn required(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.list("required").iter().filter_map(Json::as_str)
    }

    /// Whether an object may have properties that the schema does not name.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.get("additionalProperties") != Some(&Json::Bool(false)) || self.get("patternProperties").is_some()
    }

    /// What the values of an object's unnamed properties are, if the schema says.
    #[must_use]
    pub fn values(&self) -> Option<Self> {
        let by_pattern = self.get("patternProperties").and_then(Json::as_object);
        let by_pattern = by_pattern.and_then(|map| map.values().next());
        let other = self.get("additionalProperties").filter(|json| json.is_object());
        by_pattern.or(other).map(|json| self.at(json))
    }

    /// The items of an array.
    #[must_use]
    pub fn items(&self) -> Option<Self> {
        self.get("items").map(|json| self.at(json))
    }

    /// Whether the order of an array means nothing.
    #[must_use]
    pub fn is_unordered(&self) -> bool {
        self.get("insertionOrder") == Some(&Json::Bool(false))
    }

    /// Whether the items of an array must differ.
    #[must_use]
    pub fn is_unique(&self) -> bool {
        self.get("uniqueItems") == Some(&Json::Bool(true))
    }

    /// The only values that may stand here; none means that the set is open.
    #[must_use]
    pub fn values_allowed(&self) -> &'a [Json] {
        self.list("enum")
    }

    /// The regular expression that a text must match somewhere.
    #[must_use]
    pub fn pattern(&self) -> Option<&'a str> {
        self.text("pattern")
    }

    /// What a text stands for, such as `AWS::EC2::VPC.Id`, `date-time` or `json`.
    #[must_use]
    pub fn format(&self) -> Option<&'a str> {
        self.text("format")
    }

    /// The least number.
    #[must_use]
    pub fn minimum(&self) -> Option<f64> {
        self.get("minimum")?.as_f64()
    }

    /// The greatest number.
    #[must_use]
    pub fn maximum(&self) -> Option<f64> {
        self.get("maximum")?.as_f64()
    }

    /// The least and the greatest number of characters of a text.
    #[must_use]
    pub fn length(&self) -> (Option<u64>, Option<u64>) {
        (self.count("minLength"), self.count("maxLength"))
    }

    /// The least and the greatest number of items of an array.
    #[must_use]
    pub fn size(&self) -> (Option<u64>, Option<u64>) {
        (self.count("minItems"), self.count("maxItems"))
    }

    /// What AWS takes where nothing stands.
    #[must_use]
    pub fn default_value(&self) -> Option<&'a Json> {
        self.get("default")
    }

    /// Further schemas for the same place: those under `allOf`, `anyOf` and `oneOf`.
    pub fn alternatives(&self) -> impl Iterator<Item = Node<'a>> + use<'a> {
        let node = *self;
        let lists = ["allOf", "anyOf", "oneOf"].into_iter();
        lists.flat_map(move |key| node.list(key)).map(move |json| node.at(json))
    }

    /// The place below this one at a path such as `LoadBalancers/0/ContainerPort` (`*` stands for any index or key).
    #[must_use]
    pub fn find(&self, path: &str) -> Option<Self> {
        path.split('/').try_fold(*self, |node, step| node.step(step))
    }

    fn step(&self, step: &str) -> Option<Self> {
        let index = step == "*" || step.bytes().all(|byte| byte.is_ascii_digit());
        let direct = self.property(step).or_else(|| self.items().filter(|_| index));
        direct
            .or_else(|| self.alternatives().find_map(|other| other.step(step)))
            .or_else(|| self.values())
    }
}

fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "string" => Kind::String,
        "integer" => Kind::Integer,
        "number" => Kind::Number,
        "boolean" => Kind::Boolean,
        "array" => Kind::Array,
        "object" => Kind::Object,
        "null" => Kind::Null,
        _ => return None,
    })
}
