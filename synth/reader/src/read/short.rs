//! The short forms of YAML: `!Ref x` is `{"Ref": "x"}`.

use super::node::{Entry, Kind, Map, Node};
use super::place::Span;

/// The full name of the function behind a tag such as `GetAtt`.
pub(super) fn function(tag: &str) -> Option<String> {
    match tag {
        "Ref" | "Condition" => Some(tag.to_owned()),
        "" => None,
        _ if tag.bytes().all(|b| b.is_ascii_alphanumeric()) => Some(format!("Fn::{tag}")),
        _ => None,
    }
}

/// Wraps the value of a tag; `tag_at` is where the tag and its value stand.
pub(super) fn wrap(name: String, value: Node, at: Span) -> Node {
    let value = if name == "Fn::GetAtt" { attribute(value) } else { value };
    let short = name.strip_prefix("Fn::").unwrap_or(&name);
    let width = u32::try_from(short.len() + 1).unwrap_or(u32::MAX);
    let key_at = Span {
        end_line: at.line,
        end_column: at.column.saturating_add(width),
        ..at
    };
    let (map, _) = Map::new(vec![Entry {
        key: name,
        key_at,
        value,
    }]);
    Node {
        at,
        kind: Kind::Map(map),
    }
}

/// `a.b.c` is the attribute `b.c` of `a`.
fn attribute(value: Node) -> Node {
    let Some((resource, attribute)) = value.text().and_then(|text| text.split_once('.')) else {
        return value;
    };
    let text = |text: &str| Node {
        at: value.at,
        kind: Kind::Text(text.to_owned()),
    };
    Node {
        at: value.at,
        kind: Kind::List(vec![text(resource), text(attribute)]),
    }
}
