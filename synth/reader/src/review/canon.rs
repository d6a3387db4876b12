//! Values in one form, so that two spellings of the same value are equal.
//!
//! `Fn::Sub` and `Fn::Join` become one `Fn::Join` with an empty delimiter, mappings with known keys are looked up,
//! `Fn::GetAtt` is a list, `AWS::NoValue` and `null` are absent. Nothing is worked out: a parameter stays what it is, so
//! that a change of its default shows in all that refers to it.

use serde_json::{Map, Number, Value as Json, json};

use crate::read::template::function::{self, NO_VALUE, Part};
use crate::read::template::json::scalar;
use crate::read::template::mapping;
use crate::read::{Kind, Node};

/// Brings values of one template into the one form.
pub(super) struct Canon<'a> {
    /// The `Mappings` of the template.
    pub(super) mappings: Option<&'a Node>,
}

impl Canon<'_> {
    /// The value in the one form; `None` if it is as if it were not there.
    pub(super) fn value(&self, node: &Node) -> Option<Json> {
        match &node.kind {
            Kind::Null => None,
            Kind::List(items) => Some(Json::Array(items.iter().filter_map(|item| self.value(item)).collect())),
            Kind::Map(map) => match function::of(node) {
                Some(entry) => self.function(&entry.key, &entry.value),
                None => Some(Json::Object(
                    map.iter()
                        .filter_map(|entry| Some((entry.key.clone(), self.value(&entry.value)?)))
                        .collect(),
                )),
            },
            Kind::Bool(_) | Kind::Number(_) | Kind::Text(_) => Some(node.to_value()),
        }
    }

    fn function(&self, name: &str, argument: &Node) -> Option<Json> {
        match name {
            "Ref" if argument.text() == Some(NO_VALUE) => None,
            "Fn::GetAtt" => Some(get_att(argument).unwrap_or_else(|| self.plain(name, argument))),
            "Fn::Sub" => Some(self.sub(argument).unwrap_or_else(|| self.plain(name, argument))),
            "Fn::Join" => Some(self.join(argument).unwrap_or_else(|| self.plain(name, argument))),
            "Fn::FindInMap" => match self.lookup(argument) {
                Some(found) => self.value(found),
                None => Some(self.plain(name, argument)),
            },
            "Fn::If" => self.branches(argument),
            _ => Some(self.plain(name, argument)),
        }
    }

    /// A function whose arguments are in the one form.
    fn plain(&self, name: &str, argument: &Node) -> Json {
        let argument = match argument.list() {
            // The place of an argument counts, so that one without a value must not disappear.
            Some(items) => items
                .iter()
                .map(|item| self.value(item).unwrap_or_else(no_value))
                .collect(),
            None => self.value(argument).unwrap_or(Json::Null),
        };
        json!({ name: argument })
    }

    fn branches(&self, argument: &Node) -> Option<Json> {
        if let Some([condition, yes, no]) = argument.list() {
            let (yes, no) = (self.value(yes), self.value(no));
            if yes == no {
                return yes;
            }
            let branch = |value: Option<Json>| value.unwrap_or_else(no_value);
            return Some(json!({ "Fn::If": [condition.to_value(), branch(yes), branch(no)] }));
        }
        Some(self.plain("Fn::If", argument))
    }

    fn lookup(&self, argument: &Node) -> Option<&Node> {
        let [map, first, second] = argument.list()? else {
            return None;
        };
        mapping::entry(self.mappings?, &map.to_text()?, &first.to_text()?, &second.to_text()?)
    }

    fn sub(&self, argument: &Node) -> Option<Json> {
        let (text, variables) = function::sub(argument)?;
        let mut values = Map::new();
        for entry in variables.into_iter().flat_map(crate::read::Map::iter) {
            let value = self.value(&entry.value).unwrap_or_else(|| Json::from(""));
            values.insert(entry.key.clone(), value);
        }
        let mut pieces = Vec::new();
        let mut room = LONGEST;
        for part in function::parts(text) {
            let piece = match part {
                Part::Text(text) => Json::from(text),
                Part::Escaped(text) => Json::from(format!("${{{text}}}")),
                Part::Name(name) => values.get(name).cloned().unwrap_or_else(|| reference(name)),
            };
            let Some(left) = room.checked_sub(weight(&piece)) else {
                return Some(json!({ "Fn::Sub": [text, values] }));
            };
            room = left;
            pieces.push(piece);
        }
        Some(joined(pieces))
    }

    fn join(&self, argument: &Node) -> Option<Json> {
        let [delimiter, items] = argument.list()? else {
            return None;
        };
        let delimiter = delimiter.text()?;
        let mut pieces = Vec::new();
        for item in items.list()?.iter().filter_map(|item| self.value(item)) {
            if !pieces.is_empty() {
                pieces.push(Json::from(delimiter));
            }
            pieces.push(item);
        }
        Some(joined(pieces))
    }
}

/// Texts that would be longer stay as they are written: variables in variables multiply.
const LONGEST: usize = 1 << 16;

/// How much room a value takes, about.
fn weight(value: &Json) -> usize {
    match value {
        Json::String(text) => text.len() + 1,
        Json::Array(items) => items.iter().map(weight).sum::<usize>() + 1,
        Json::Object(map) => map.values().map(weight).sum::<usize>() + 1,
        _ => 1,
    }
}

fn no_value() -> Json {
    json!({ "Ref": NO_VALUE })
}

/// `${Name}` or `${Name.Attribute}`.
fn reference(name: &str) -> Json {
    match name.split_once('.') {
        Some((resource, attribute)) => json!({ "Fn::GetAtt": [resource, attribute] }),
        None => json!({ "Ref": name }),
    }
}

fn get_att(argument: &Node) -> Option<Json> {
    if let Some(text) = argument.text() {
        return text.contains('.').then(|| reference(text));
    }
    let steps: Option<Vec<&str>> = argument.list()?.iter().map(Node::text).collect();
    let (resource, attribute) = steps.as_ref()?.split_first()?;
    Some(json!({ "Fn::GetAtt": [resource, attribute.join(".")] }))
}

/// The pieces as one text, or as one join of texts and references.
fn joined(pieces: Vec<Json>) -> Json {
    let mut out: Vec<Json> = Vec::new();
    for piece in pieces {
        let inner = match piece.get("Fn::Join").and_then(Json::as_array).map(Vec::as_slice) {
            Some([delimiter, Json::Array(inner)]) if delimiter == "" => inner.clone(),
            _ => vec![piece],
        };
        for piece in inner {
            match (out.last_mut(), scalar(&piece)) {
                (Some(Json::String(before)), Some(text)) => before.push_str(&text),
                (_, Some(text)) => out.push(Json::String(text.into_owned())),
                (_, None) => out.push(piece),
            }
        }
    }
    out.retain(|piece| piece != "");
    match out.len() {
        0 => Json::from(""),
        1 => out.remove(0),
        _ => json!({ "Fn::Join": ["", out] }),
    }
}

/// Whether two values are the same to `CloudFormation`, to which `"80"` is 80 and `"true"` is true.
pub(super) fn same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Array(a), Json::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Json::Object(a), Json::Object(b)) => same_maps(a, b),
        (Json::Number(a), Json::Number(b)) => a == b || (a.as_f64() == b.as_f64() && !(is_exact(a) && is_exact(b))),
        (Json::Number(n), Json::String(text)) | (Json::String(text), Json::Number(n)) => number(n, text),
        (Json::Bool(value), Json::String(text)) | (Json::String(text), Json::Bool(value)) => *text == value.to_string(),
        _ => a == b,
    }
}

fn is_exact(number: &Number) -> bool {
    number.is_i64() || number.is_u64()
}

/// Whether a text is a number as a template would write it; `007` and `1e2` may be names.
fn number(number: &Number, text: &str) -> bool {
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
    let digits = text.strip_prefix('-').unwrap_or(text);
    let padded = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    if is_exact(number) && !text.contains('.') {
        return plain && !padded && number.to_string() == text;
    }
    plain && !padded && text.parse().is_ok_and(|other: f64| number.as_f64() == Some(other))
}

fn same_maps(a: &Map<String, Json>, b: &Map<String, Json>) -> bool {
    a.len() == b.len()
        && a.iter()
            .all(|(key, value)| b.get(key).is_some_and(|other| same(value, other)))
}
