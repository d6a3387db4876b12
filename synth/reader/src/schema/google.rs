//! The kinds of `OpenTofu`'s provider `hashicorp/google`: their arguments, blocks and attributes, and what a change does.
//!
//! ```ignore
//! let kind = google::resource("google_compute_instance")?;
//! kind.argument("boot_disk")?.block()?.argument("source")?.kind();     // Type::String
//! kind.attribute("self_link")?;                                        // Type::String
//! google::effect("google_compute_instance", "machine_type");           // Effect::Stop
//! ```

use std::sync::{LazyLock, OnceLock};

use serde_json::{Map, Value as Json};

use super::store::{self, WHOLE};
use super::{Source, entry, field, near};

/// What may stand at an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A text.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list, or a set.
    List,
    /// Texts to values.
    Map,
    /// A block, of which there is at most one.
    Block,
    /// A block, of which there may be several.
    Blocks,
    /// The schema does not say.
    Anything,
}

/// What a change of an argument does to what runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// It is changed while it runs.
    InPlace,
    /// The machine is stopped and started again, if the resource allows that.
    Stop,
    /// Nobody says whether it is made anew.
    MayReplace,
    /// It is made anew unless the new range holds the old one.
    Shrink,
    /// It is deleted and made anew.
    Replace,
}

/// The lists of a record, by what they do, the worst first.
const EFFECTS: [(&str, Effect); 4] = [
    ("replace", Effect::Replace),
    ("shrink", Effect::Shrink),
    ("may-replace", Effect::MayReplace),
    ("stop", Effect::Stop),
];

/// A block: of a kind, of the provider, or inside of one.
#[derive(Clone, Copy, Debug)]
pub struct Block(&'static Json);

/// An argument of a block.
#[derive(Clone, Copy, Debug)]
pub struct Argument(&'static Json);

/// A kind of resource, such as `google_compute_instance`.
#[must_use]
pub fn resource(kind: &str) -> Option<Block> {
    block(&format!("resource/{kind}"))
}

/// A kind of data source, such as `google_compute_image`.
#[must_use]
pub fn data(kind: &str) -> Option<Block> {
    block(&format!("data/{kind}"))
}

/// The provider's own arguments.
#[must_use]
pub fn provider() -> Option<Block> {
    block("provider/google")
}

/// The names of all kinds, of resources or of data sources.
pub fn kinds(data: bool) -> impl Iterator<Item = &'static str> {
    let start = if data { "data/" } else { "resource/" };
    let names = store::google().records.iter();
    names.filter_map(move |record| record.name.strip_prefix(start))
}

/// Where the facts come from.
#[must_use]
pub fn source() -> &'static Source {
    &store::google().source
}

/// The version of the provider that the facts are of.
#[must_use]
pub fn version() -> &'static str {
    store::google().regions.first().map_or("", String::as_str)
}

/// What a change at a path such as `boot_disk/initialize_params/size` does to a resource; nothing if nobody has looked
/// up what changes do to its kind.
#[must_use]
pub fn effect(kind: &str, path: &str) -> Option<Effect> {
    let Block(json) = resource(kind)?;
    let lists = EFFECTS
        .iter()
        .filter_map(|(key, effect)| Some((field(json, key)?, *effect)));
    let mut known = false;
    for (list, effect) in lists {
        known = true;
        let mut paths = list.as_array().into_iter().flatten().filter_map(Json::as_str);
        if paths.any(|whole| holds(whole, path)) {
            return Some(effect);
        }
    }
    known.then_some(Effect::InPlace)
}

/// Whether a path is another one, or below it.
fn holds(whole: &str, path: &str) -> bool {
    let rest = path.strip_prefix(whole);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn block(name: &str) -> Option<Block> {
    static BLOCKS: LazyLock<Vec<OnceLock<Json>>> =
        LazyLock::new(|| store::google().records.iter().map(|_| OnceLock::new()).collect());
    let store = store::google();
    let position = store.position(name)?;
    let json = BLOCKS[position].get_or_init(|| {
        let text = store.text(&store.records[position]).expect(WHOLE);
        serde_json::from_str(text).expect(WHOLE)
    });
    Some(Block(json))
}

impl Block {
    fn map(self) -> Option<&'static Map<String, Json>> {
        field(self.0, "arguments").and_then(Json::as_object)
    }

    /// The arguments and blocks that somebody may write, sorted by name.
    pub fn arguments(self) -> impl Iterator<Item = (&'static str, Argument)> {
        let all = self.map().into_iter().flatten();
        all.map(|(name, json)| (name.as_str(), Argument(json)))
    }

    /// An argument or a block.
    #[must_use]
    pub fn argument(self, name: &str) -> Option<Argument> {
        entry(self.map()?, name).map(Argument)
    }

    /// The argument whose name is nearest to a mistyped one, if one is near.
    #[must_use]
    pub fn nearest_argument(self, name: &str) -> Option<&'static str> {
        near::nearest(name, self.map()?.keys().map(String::as_str))
    }

    /// The names of what is only known once the resource is there.
    pub fn attributes(self) -> impl Iterator<Item = &'static str> {
        let all = field(self.0, "attributes").and_then(Json::as_object);
        all.into_iter().flatten().map(|(name, _)| name.as_str())
    }

    /// What an expression may name: an argument, a block or an attribute.
    #[must_use]
    pub fn attribute(self, name: &str) -> Option<Type> {
        if let Some(argument) = self.argument(name) {
            return Some(argument.kind());
        }
        // The names of attributes come from those of methods, which no underscore before a digit outlives.
        let plain = |name: &str| name.replace('_', "");
        let all = field(self.0, "attributes")?.as_object()?;
        let found = all.iter().find(|(known, _)| plain(known) == plain(name));
        found.map(|(_, word)| Argument::of_word(word.as_str().unwrap_or_default()))
    }

    fn lists(self, key: &str) -> impl Iterator<Item = Vec<&'static str>> {
        let all = field(self.0, key).and_then(Json::as_array).into_iter().flatten();
        all.map(|list| list.as_array().into_iter().flatten().filter_map(Json::as_str).collect())
    }

    /// Arguments of which there must be exactly one.
    pub fn one_of(self) -> impl Iterator<Item = Vec<&'static str>> {
        self.lists("one-of")
    }

    /// Pairs of arguments that do not go together.
    pub fn not_both(self) -> impl Iterator<Item = Vec<&'static str>> {
        self.lists("not-both")
    }
}

impl Argument {
    fn of_word(word: &str) -> Type {
        match word {
            "string" => Type::String,
            "number" => Type::Number,
            "boolean" => Type::Boolean,
            "list" => Type::List,
            "map" => Type::Map,
            "block" => Type::Block,
            "blocks" => Type::Blocks,
            _ => Type::Anything,
        }
    }

    /// What may stand there.
    #[must_use]
    pub fn kind(self) -> Type {
        Self::of_word(field(self.0, "type").and_then(Json::as_str).unwrap_or_default())
    }

    /// What the items of a list or the values of a map are.
    #[must_use]
    pub fn items(self) -> Option<Self> {
        field(self.0, "of").map(Self)
    }

    /// What stands in a block.
    #[must_use]
    pub fn block(self) -> Option<Block> {
        field(self.0, "arguments").is_some().then_some(Block(self.0))
    }

    /// Whether it must be there.
    #[must_use]
    pub fn required(self) -> bool {
        field(self.0, "required").and_then(Json::as_bool) == Some(true)
    }

    /// The only texts that may stand there; none means that the set is open.
    pub fn values(self) -> impl Iterator<Item = &'static str> {
        let all = field(self.0, "values").and_then(Json::as_array).into_iter().flatten();
        all.filter_map(Json::as_str)
    }
}
