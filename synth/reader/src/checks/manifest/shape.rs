//! How objects break the schemas of their kinds, found in one walk for all rules.

use std::collections::BTreeMap;

use crate::read::manifest::{Object, Objects, Quantity, is_built_in, is_settled};
use crate::read::template::known::Sure;
use crate::read::{Entry, Kind, Map, Node};
use crate::schema::kubernetes::{self, KUBEADM, Node as Schema, Type, Version};

/// One way in which an object breaks its schema.
#[derive(Debug, Clone)]
pub(super) enum Violation<'a> {
    /// No kind is called so in this version.
    Kind(Object<'a>),
    /// No field is called so.
    Field(&'a Entry, Schema),
    /// Another type belongs there.
    Type(&'a Node, &'static str),
    /// A field is not there; the node lacks it.
    Missing(&'a Node, &'static str),
    /// Only some texts may stand there.
    Value(&'a Node, Vec<&'static str>),
    /// The number is out of bounds.
    Bounds(&'a Node, Option<i64>, Option<i64>),
    /// It is no quantity.
    Quantity(&'a Node),
    /// It is no base64.
    Encoding(&'a Node),
    /// Two items of a list agree in what tells them apart: the second, the first, and the key of the list.
    Twice(&'a Node, &'a Node, &'a str),
}

/// All of them. Which version of a custom resource a cluster has, no file says: what breaks the one that is known here may
/// fit another.
pub(super) fn violations<'a>(
    objects: &Objects<'a>,
    version: &dyn Fn(&Object<'a>) -> Version,
) -> Vec<(Violation<'a>, Sure)> {
    let mut found = Vec::new();
    for object in objects.all() {
        let of_kubeadm = object.group == KUBEADM;
        let sure = |violation: &Violation<'_>| match violation {
            // It says so, and goes on without.
            Violation::Field(..) if of_kubeadm => Sure::OneOf,
            _ if of_kubeadm || is_built_in(object.group) => Sure::Written,
            _ => Sure::OneOf,
        };
        let broken = match kubernetes::kind(version(object), object.api_version(), object.kind) {
            Some(kind) => {
                let mut walk = Walk { found: Vec::new() };
                walk.object(object.node, kind.root());
                walk.found
            }
            None if is_refused(object) => vec![Violation::Kind(*object)],
            None => Vec::new(),
        };
        found.extend(broken.into_iter().map(|violation| {
            let sure = sure(&violation);
            (violation, sure)
        }));
    }
    found
}

/// Whether it is known that there is no such kind, or that there is none any more.
fn is_refused(object: &Object<'_>) -> bool {
    let (api, kind) = (object.api_version(), object.kind);
    let settled = is_settled(api) && is_settled(kind);
    let known = || is_built_in(object.group) || object.group == KUBEADM;
    settled && (known() || kubernetes::removed(api, kind).is_some())
}

struct Walk<'a> {
    found: Vec<Violation<'a>>,
}

impl<'a> Walk<'a> {
    /// The server writes the status, whatever stands there.
    fn object(&mut self, node: &'a Node, schema: Schema) {
        let Some(map) = node.map() else { return };
        for entry in map.into_iter().filter(|entry| entry.key != "status") {
            self.entry(entry, schema);
        }
        self.required(node, map, schema);
    }

    fn entry(&mut self, entry: &'a Entry, schema: Schema) {
        match schema.field(&entry.key) {
            Some(field) => self.value(Some(&entry.key), &entry.value, field),
            None if is_settled(&entry.key) => self.found.push(Violation::Field(entry, schema)),
            None => {}
        }
    }

    fn required(&mut self, node: &'a Node, map: &Map, schema: Schema) {
        let there = |name: &str| map.get(name).is_some_and(|value| value.kind != Kind::Null);
        for name in schema.required().filter(|name| !there(name)) {
            self.found.push(Violation::Missing(node, name));
        }
    }

    fn value(&mut self, key: Option<&'a str>, node: &'a Node, schema: Schema) {
        if node.kind == Kind::Null || node.text().is_some_and(|text| !is_settled(text)) {
            return;
        }
        match schema.kind() {
            Type::Object => match node.map() {
                Some(map) => {
                    for entry in map {
                        self.entry(entry, schema);
                    }
                    self.required(node, map, schema);
                }
                None => self.found.push(Violation::Type(node, "a map")),
            },
            Type::Map => match (node.map(), schema.values()) {
                (Some(map), Some(values)) => {
                    for entry in map {
                        self.value(None, &entry.value, values);
                    }
                }
                (Some(_), None) => {}
                (None, _) => self.found.push(Violation::Type(node, "a map")),
            },
            Type::Array => self.list(key.unwrap_or_default(), node, schema),
            Type::Anything => {}
            scalar => self.scalar(node, scalar, schema),
        }
    }

    fn list(&mut self, key: &'a str, node: &'a Node, schema: Schema) {
        let Some(items) = node.list() else {
            return self.found.push(Violation::Type(node, "a list"));
        };
        if let Some(schema) = schema.items() {
            for item in items {
                self.value(None, item, schema);
            }
        }
        let keys: Vec<&str> = schema.keys().collect();
        if keys.is_empty() {
            return;
        }
        let mut seen: BTreeMap<Vec<String>, &'a Node> = BTreeMap::new();
        for item in items {
            let value = |key: &&str| match item.get(key) {
                Some(value) => value.scalar(),
                None if *key == "protocol" => Some("TCP".to_owned()),
                None => None,
            };
            let Some(values) = keys.iter().map(value).collect::<Option<Vec<String>>>() else {
                continue;
            };
            if values.iter().all(|value| is_settled(value)) {
                match seen.get(&values) {
                    Some(first) => self.found.push(Violation::Twice(item, first, key)),
                    None => _ = seen.insert(values, item),
                }
            }
        }
    }

    fn scalar(&mut self, node: &'a Node, kind: Type, schema: Schema) {
        let is_text = node.text().is_some();
        let is_whole =
            matches!(&node.kind, Kind::Number(number) if number.as_f64().is_some_and(|it| it.fract() == 0.0));
        let is_number = matches!(node.kind, Kind::Number(_));
        let (fits, wanted) = match kind {
            Type::String => (is_text, "a string"),
            Type::Integer => (is_whole, "a whole number"),
            Type::Number => (is_number, "a number"),
            Type::Boolean => (matches!(node.kind, Kind::Bool(_)), "true or false"),
            Type::IntOrString => (is_text || is_whole, "a whole number or a string"),
            Type::Quantity => (is_text || is_number, "a quantity"),
            _ => (true, ""),
        };
        if !fits {
            return self.found.push(Violation::Type(node, wanted));
        }
        self.closed(node, kind, schema);
    }

    fn closed(&mut self, node: &'a Node, kind: Type, schema: Schema) {
        if let Some(text) = node.text() {
            let allowed: Vec<&str> = schema.allowed().collect();
            if !allowed.is_empty() && !text.is_empty() && !allowed.contains(&text) {
                self.found.push(Violation::Value(node, allowed));
            }
            if kind == Type::Quantity && Quantity::parse(text).is_none() {
                self.found.push(Violation::Quantity(node));
            }
            if schema.format() == Some("byte") && !is_base64(text) {
                self.found.push(Violation::Encoding(node));
            }
        }
        let (least, most) = (schema.minimum(), schema.maximum());
        if let (Kind::Number(number), true) = (&node.kind, least.is_some() || most.is_some()) {
            let Some(number) = number.as_i64() else { return };
            if least.is_some_and(|least| number < least) || most.is_some_and(|most| number > most) {
                self.found.push(Violation::Bounds(node, least, most));
            }
        }
    }
}

/// Line breaks count for nothing, as the server drops them.
fn is_base64(text: &str) -> bool {
    let bytes: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b'\n' | b'\r')).collect();
    let end = bytes.iter().rposition(|byte| *byte != b'=').map_or(0, |at| at + 1);
    let letters = bytes[..end]
        .iter()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'));
    bytes.len().is_multiple_of(4) && letters && bytes.len() - end <= 2
}
