//! How blocks break the schemas of their kinds, found in one walk for all rules.

use std::collections::BTreeSet;

use crate::read::tofu::{Block, Module, bodies, entries, is_literal};
use crate::read::{Entry, Kind, Map, Node};
use crate::schema::google::{self, Argument, Block as Schema, Type};

/// One way in which a block breaks its schema.
#[derive(Debug, Clone)]
pub(super) enum Violation<'a> {
    /// The provider has no kind that is called so.
    Kind(Block<'a>),
    /// A block has no argument that is called so.
    Argument(&'a Entry, Schema, &'a str),
    /// An argument is not there; the node lacks it.
    Missing(&'a Node, &'static str),
    /// Another type belongs there.
    Type(&'a Node, &'static str),
    /// Only some texts may stand there.
    Value(&'a Node, Vec<&'static str>),
    /// There is not exactly one of some arguments.
    OneOf(&'a Node, Vec<&'static str>),
    /// Two arguments that do not go together.
    Both(&'a Entry, &'a Entry),
}

/// What every resource and data source may have, whatever its kind.
const META: [&str; 7] = [
    "connection",
    "count",
    "depends_on",
    "for_each",
    "lifecycle",
    "provider",
    "provisioner",
];

/// Blocks that are made of a list when the module is applied stand in this one.
const DYNAMIC: &str = "dynamic";

/// All of them in a module.
pub(super) fn violations<'a>(module: &Module<'a>) -> Vec<Violation<'a>> {
    let mut walk = Walk { found: Vec::new() };
    for block in &module.blocks {
        let (schema, meta): (_, &[&str]) = match block.room {
            "resource" => (google::resource(block.kind), &META),
            "data" => (google::data(block.kind), &META),
            "provider" if block.name == "google" => (google::provider(), &["alias", "version", "for_each"]),
            _ => continue,
        };
        match schema {
            Some(schema) => walk.top(block, schema, meta),
            None if block.kind.starts_with("google_") && !is_beta(block) => walk.found.push(Violation::Kind(*block)),
            None => {}
        }
    }
    walk.found
}

/// Whether another provider makes it, which has more kinds.
fn is_beta(block: &Block<'_>) -> bool {
    let provider = block.get("provider").and_then(Node::text);
    provider.is_some_and(|provider| provider.contains("google-beta"))
}

struct Walk<'a> {
    found: Vec<Violation<'a>>,
}

impl<'a> Walk<'a> {
    fn top(&mut self, block: &Block<'a>, schema: Schema, meta: &[&str]) {
        if is_beta(block) {
            return;
        }
        let title = if block.kind.is_empty() { block.name } else { block.kind };
        self.blocks(block.body, schema, title, meta);
        for node in nodes(block.body) {
            self.combinations(node, schema);
        }
    }

    fn blocks(&mut self, node: &'a Node, schema: Schema, title: &'a str, meta: &[&str]) {
        for node in nodes(node) {
            let Some(map) = node.map() else { continue };
            for entry in entries(map).filter(|entry| entry.key != DYNAMIC && !meta.contains(&entry.key.as_str())) {
                match schema.argument(&entry.key) {
                    Some(argument) => self.value(&entry.key, &entry.value, argument),
                    None => self.found.push(Violation::Argument(entry, schema, title)),
                }
            }
            let made = made(map);
            let there = |name: &str| map.get(name).is_some_and(|value| value.kind != Kind::Null) || made.contains(name);
            let missing = schema
                .arguments()
                .filter(|(name, argument)| argument.required() && !there(name));
            self.found
                .extend(missing.map(|(name, _)| Violation::Missing(node, name)));
        }
    }

    fn combinations(&mut self, node: &'a Node, schema: Schema) {
        let Some(map) = node.map() else { return };
        let made = made(map);
        for names in schema.one_of() {
            let there = names
                .iter()
                .filter(|name| map.get(name).is_some() || made.contains(*name));
            if there.count() != 1 {
                self.found.push(Violation::OneOf(node, names));
            }
        }
        for pair in schema.not_both() {
            if let [one, other] = pair.as_slice()
                && let (Some(one), Some(other)) = (map.entry(one), map.entry(other))
            {
                self.found.push(Violation::Both(one, other));
            }
        }
    }

    fn value(&mut self, name: &'a str, node: &'a Node, argument: Argument) {
        if node.kind == Kind::Null {
            return;
        }
        match argument.kind() {
            Type::Block | Type::Blocks => match argument.block() {
                Some(_) if nodes(node).any(|node| node.map().is_none()) => {
                    self.found.push(Violation::Type(node, "a block"));
                }
                Some(_) if argument.kind() == Type::Block && node.list().is_some_and(|items| items.len() > 1) => {
                    self.found.push(Violation::Type(node, "one block"));
                }
                Some(schema) => self.blocks(node, schema, name, &[]),
                None => {}
            },
            _ if node.text().is_some_and(|text| !is_literal(text)) => {}
            Type::List => match (node.list(), argument.items()) {
                (Some(items), Some(item)) => items.iter().for_each(|node| self.value(name, node, item)),
                (Some(_), None) => {}
                (None, _) => self.found.push(Violation::Type(node, "a list")),
            },
            Type::Map => match (node.map(), argument.items()) {
                (Some(map), Some(item)) => entries(map).for_each(|entry| self.value(name, &entry.value, item)),
                (Some(_), None) => {}
                (None, _) => self.found.push(Violation::Type(node, "a map")),
            },
            Type::Anything => {}
            scalar => self.scalar(node, scalar, argument),
        }
    }

    /// The language makes a number of a text that is one, and the reverse.
    fn scalar(&mut self, node: &'a Node, kind: Type, argument: Argument) {
        let (fits, wanted) = match kind {
            Type::Number => (node.as_f64().is_some(), "a number"),
            Type::Boolean => (
                matches!(node.scalar().as_deref(), Some("true" | "false")),
                "true or false",
            ),
            _ => (node.scalar().is_some(), "a text"),
        };
        if !fits {
            return self.found.push(Violation::Type(node, wanted));
        }
        let allowed: Vec<&str> = argument.values().collect();
        let text = node.text().filter(|text| !text.is_empty() && !allowed.is_empty());
        if text.is_some_and(|text| !allowed.contains(&text)) {
            self.found.push(Violation::Value(node, allowed));
        }
    }
}

/// The nodes of a place where one block or several may stand.
fn nodes(node: &Node) -> impl Iterator<Item = &Node> {
    let items = node.list();
    let one = items.is_none().then_some(node);
    one.into_iter().chain(items.unwrap_or_default())
}

/// The blocks that are made of a list.
fn made(map: &Map) -> BTreeSet<&str> {
    let dynamic = map.get(DYNAMIC).into_iter().flat_map(bodies);
    dynamic.flat_map(entries).map(|entry| entry.key.as_str()).collect()
}
