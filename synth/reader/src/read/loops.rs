//! `Fn::ForEach` of the transform `AWS::LanguageExtensions`, written out.
//!
//! A loop becomes what it stands for, as the transform would write it, and every copy keeps the positions of the text
//! it came from. A loop whose collection is only known at deployment stays as it is.

use std::collections::BTreeSet;

use super::node::{Entry, Kind, Map, Node};
use super::{Duplicate, MAX_BYTES, MAX_NODES};

const TRANSFORM: &str = "AWS::LanguageExtensions";
const LOOP: &str = "Fn::ForEach::";

/// AWS takes five loops in each other.
const MOST_LOOPS: usize = 5;

/// What became of a document with loops.
pub(super) struct Expanded {
    pub(super) root: Node,
    /// Keys that come out of loops twice.
    pub(super) duplicates: Vec<Duplicate>,
    /// Parameters whose defaults the loops ran over.
    pub(super) used: Vec<String>,
}

/// Writes the loops out; nothing if there are none, or if they would make too much.
pub(super) fn expand(root: &Node) -> Option<Expanded> {
    if !is_extended(root) || !has_loop(root) {
        return None;
    }
    let mut writer = Writer {
        root,
        nodes: 0,
        bytes: 0,
        duplicates: Vec::new(),
        used: BTreeSet::new(),
    };
    let expanded = writer.node(root, &mut Vec::new())?;
    Some(Expanded {
        root: expanded,
        duplicates: writer.duplicates,
        used: writer.used.into_iter().map(str::to_owned).collect(),
    })
}

fn is_extended(root: &Node) -> bool {
    root.get("Transform").is_some_and(|node| match &node.kind {
        Kind::List(items) => items.iter().any(|item| item.text() == Some(TRANSFORM)),
        _ => node.text() == Some(TRANSFORM),
    })
}

fn has_loop(node: &Node) -> bool {
    match &node.kind {
        Kind::List(items) => items.iter().any(has_loop),
        Kind::Map(map) => map
            .iter()
            .any(|entry| entry.key.starts_with(LOOP) || has_loop(&entry.value)),
        _ => false,
    }
}

/// The identifiers of the loops around, with their values.
type Bound = Vec<(String, String)>;

struct Writer<'a> {
    root: &'a Node,
    nodes: usize,
    bytes: usize,
    duplicates: Vec<Duplicate>,
    used: BTreeSet<&'a str>,
}

impl<'a> Writer<'a> {
    /// A copy with loops written out and identifiers replaced; nothing if it grows too large.
    fn node(&mut self, node: &'a Node, bound: &mut Bound) -> Option<Node> {
        self.count()?;
        let kind = match &node.kind {
            Kind::Text(text) => Kind::Text(self.replaced(text, bound)?),
            Kind::List(items) => {
                let items: Option<Vec<Node>> = items.iter().map(|item| self.node(item, bound)).collect();
                Kind::List(items?)
            }
            Kind::Map(map) => match literal(map, bound) {
                Some(text) => Kind::Text(text),
                None => Kind::Map(self.map(map, bound)?),
            },
            other => other.clone(),
        };
        Some(Node { at: node.at, kind })
    }

    fn count(&mut self) -> Option<()> {
        self.nodes += 1;
        (self.nodes <= MAX_NODES).then_some(())
    }

    fn replaced(&mut self, text: &str, bound: &Bound) -> Option<String> {
        let text = replaced(text, bound);
        self.bytes += text.len();
        (self.bytes <= MAX_BYTES).then_some(text)
    }

    fn map(&mut self, map: &'a Map, bound: &mut Bound) -> Option<Map> {
        let mut entries = Vec::new();
        for entry in map {
            if !self.unrolled(entry, bound, &mut entries)? {
                entries.push(Entry {
                    key: self.replaced(&entry.key, bound)?,
                    key_at: entry.key_at,
                    value: self.node(&entry.value, bound)?,
                });
            }
        }
        let (map, duplicates) = Map::new(entries);
        self.duplicates.extend(duplicates);
        Some(map)
    }

    /// Writes the rounds of a loop; false if it is none, or if its rounds are not known.
    fn unrolled(&mut self, entry: &'a Entry, bound: &mut Bound, entries: &mut Vec<Entry>) -> Option<bool> {
        if !entry.key.starts_with(LOOP) || bound.len() >= MOST_LOOPS {
            return Some(false);
        }
        let Some([identifier, collection, output]) = entry.value.list() else {
            return Some(false);
        };
        let known = identifier.text().zip(output.map());
        let Some(((identifier, output), values)) = known.zip(self.collection(collection, bound)) else {
            return Some(false);
        };
        for value in values {
            self.count()?;
            bound.push((identifier.to_owned(), value));
            let round = self.map(output, bound);
            bound.pop();
            entries.extend(round?.into_entries());
        }
        Some(true)
    }

    /// The values that a loop runs over.
    fn collection(&mut self, node: &'a Node, bound: &Bound) -> Option<Vec<String>> {
        let Some(items) = node.list() else {
            return self.list(node, bound);
        };
        let mut values = Vec::new();
        for item in items {
            match self.text(item, bound) {
                Some(text) => values.push(text),
                None => values.extend(self.list(item, bound)?),
            }
        }
        Some(values)
    }

    /// The items of a function that gives a list.
    fn list(&mut self, node: &'a Node, bound: &Bound) -> Option<Vec<String>> {
        let entry = node.map()?.only()?;
        match entry.key.as_str() {
            "Ref" => {
                let (kind, default) = self.parameter(entry.value.text()?)?;
                let items = default.split(',').map(|item| item.trim().to_owned());
                (kind == "CommaDelimitedList" || kind.contains("List<")).then(|| items.collect())
            }
            "Fn::Split" => {
                let [delimiter, text] = entry.value.list()? else {
                    return None;
                };
                let text = self.text(text, bound)?;
                Some(text.split(delimiter.text()?).map(str::to_owned).collect())
            }
            "Fn::FindInMap" => {
                let items = self.find(&entry.value, bound)?.list()?;
                items.iter().map(Node::scalar).collect()
            }
            _ => None,
        }
    }

    /// A string that is known.
    fn text(&mut self, node: &'a Node, bound: &Bound) -> Option<String> {
        if let Some(text) = node.scalar() {
            return Some(replaced(&text, bound));
        }
        let map = node.map()?;
        let entry = map.only()?;
        match entry.key.as_str() {
            "Fn::FindInMap" => self.find(&entry.value, bound)?.scalar(),
            "Ref" if literal(map, bound).is_none() => {
                let (kind, default) = self.parameter(entry.value.text()?)?;
                (!kind.contains("List")).then_some(default)
            }
            _ => literal(map, bound),
        }
    }

    /// What `Fn::FindInMap` finds, or its `DefaultValue`.
    fn find(&mut self, argument: &'a Node, bound: &Bound) -> Option<&'a Node> {
        let (keys, default) = match argument.list()? {
            [map, top, second] => ([map, top, second], None),
            [map, top, second, default] => ([map, top, second], default.get("DefaultValue")),
            _ => return None,
        };
        let mut node = self.root.get("Mappings")?;
        for key in keys {
            let key = self.text(key, bound)?;
            let Some(next) = node.get(&key) else { return default };
            node = next;
        }
        Some(node)
    }

    /// The type and the default of a parameter.
    fn parameter(&mut self, name: &'a str) -> Option<(&'a str, String)> {
        let parameter = self.root.get("Parameters")?.get(name)?;
        let found = (parameter.get("Type")?.text()?, parameter.get("Default")?.scalar()?);
        self.used.insert(name);
        Some(found)
    }
}

/// The text that a function is once the identifiers are replaced: `Ref` to one of them, or `Fn::Sub` of nothing else.
fn literal(map: &Map, bound: &Bound) -> Option<String> {
    let entry = map.only()?;
    let text = entry.value.text()?;
    match entry.key.as_str() {
        "Ref" => bound
            .iter()
            .rev()
            .find(|(name, _)| name == text)
            .map(|(_, value)| value.clone()),
        "Fn::Sub" => {
            let new = replaced(text, bound);
            (new != text && !new.contains("${")).then_some(new)
        }
        _ => None,
    }
}

/// `${Name}` becomes the value of an identifier, `&{Name}` the letters and digits of it.
fn replaced(text: &str, bound: &Bound) -> String {
    if bound.is_empty() || !text.contains('{') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['$', '&']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let inside = from[1..].strip_prefix('{').unwrap_or_default();
        // The innermost loop comes first, should two have one name.
        let found = bound.iter().rev().find_map(|(name, value)| {
            let behind = inside.strip_prefix(name.as_str())?.strip_prefix('}')?;
            Some((value, behind))
        });
        let Some((value, behind)) = found else {
            out.push_str(&from[..1]);
            rest = &from[1..];
            continue;
        };
        if from.starts_with('&') {
            out.extend(value.chars().filter(char::is_ascii_alphanumeric));
        } else {
            out.push_str(value);
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}
