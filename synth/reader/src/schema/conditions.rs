//! The condition keys of IAM: which there are, and of which type each is.

use std::sync::{LazyLock, OnceLock};

use serde_json::Value as Json;

use super::near::nearest;
use super::store::{self, WHOLE};

/// The keys of one prefix, such as `s3`.
#[derive(Debug)]
pub struct Keys {
    keys: Vec<Key>,
}

/// A condition key.
#[derive(Debug)]
pub struct Key {
    /// Its name behind the prefix: `TagKeys`, or `ResourceTag/${TagKey}`, where a part is free.
    pub name: String,
    /// What its values are, if a source says.
    pub kind: Option<Kind>,
    /// Whether a request can have several values of it, as far as a source says.
    pub many: Option<bool>,
}

/// What the values of a key are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of IAM's operators")]
pub enum Kind {
    Text,
    Arn,
    Boolean,
    Number,
    Date,
    Address,
}

impl Kind {
    /// What a value of it is, in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Arn => "an ARN",
            Self::Boolean => "true or false",
            Self::Number => "a number",
            Self::Date => "a date",
            Self::Address => "an IP address",
        }
    }
}

impl Key {
    /// Whether a name is that of the key, in any case; `${TagKey}` stands for anything.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        let Some((before, rest)) = self.name.split_once("${") else {
            return self.name.eq_ignore_ascii_case(name);
        };
        let after = rest.split_once('}').map_or("", |(_, after)| after);
        let starts = name
            .get(..before.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(before));
        let middle = name.len().checked_sub(before.len() + after.len());
        let ends = name.len().checked_sub(after.len()).and_then(|at| name.get(at..));
        starts && middle.is_some_and(|length| length > 0) && ends.is_some_and(|end| end.eq_ignore_ascii_case(after))
    }

    fn decode(name: &str, kind: &Json) -> Self {
        let text = kind.as_str().unwrap_or_default();
        let kind = match text.trim_end_matches('+') {
            "S" => Some(Kind::Text),
            "A" => Some(Kind::Arn),
            "B" => Some(Kind::Boolean),
            "N" => Some(Kind::Number),
            "D" => Some(Kind::Date),
            "I" => Some(Kind::Address),
            _ => None,
        };
        Self {
            name: name.to_owned(),
            kind,
            many: kind.map(|_| text.ends_with('+')),
        }
    }
}

impl Keys {
    /// All of them, sorted by name.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.keys.iter()
    }

    /// A key by its name behind the prefix, in any case.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.is(name))
    }

    fn decode(text: Option<&str>) -> Self {
        let json: Json = serde_json::from_str(text.expect(WHOLE)).expect(WHOLE);
        let keys = json["keys"].as_object().into_iter().flatten();
        Self {
            keys: keys.map(|(name, kind)| Key::decode(name, kind)).collect(),
        }
    }

    /// The name that is nearest to a mistyped one, if one is near.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.keys.iter().map(|key| key.name.as_str()))
    }
}

/// The keys of a prefix, in any case: a service, `aws`, or an identity provider that AWS documents.
#[must_use]
pub fn of(prefix: &str) -> Option<&'static Keys> {
    static KEYS: LazyLock<Vec<OnceLock<Keys>>> =
        LazyLock::new(|| store::iam().records.iter().map(|_| OnceLock::new()).collect());
    let store = store::iam();
    let position = store.position(&format!("{}:", prefix.to_ascii_lowercase()))?;
    Some(KEYS[position].get_or_init(|| Keys::decode(store.text(&store.records[position]))))
}

/// All prefixes, sorted.
pub fn prefixes() -> impl Iterator<Item = &'static str> {
    store::iam()
        .records
        .iter()
        .filter_map(|record| record.name.strip_suffix(':'))
}
