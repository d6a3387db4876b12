//! The hash of what a ConfigMap or a Secret holds, which kustomize puts behind its name:
//! <https://github.com/kubernetes-sigs/kustomize/blob/master/api/hasher/hasher.go>.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::resource::Resource;
use crate::read::Node;

/// Puts the hash behind the names of what was generated.
pub(super) fn append(resources: &mut [Resource]) {
    for resource in resources.iter_mut().filter(|resource| resource.hashed) {
        if let Some(hash) = of(resource.root()) {
            let name = resource.id().name;
            resource.rename(format!("{name}-{hash}"));
        }
    }
}

/// The hash of an object.
fn of(root: &Node) -> Option<String> {
    let kind = root.get("kind")?.text()?;
    let value = |keys: &[&str]| root.dig(keys).map_or_else(|| Json::from(""), sorted);
    let mut parts = BTreeMap::from([
        ("data", value(&["data"])),
        ("kind", Json::from(kind)),
        // kustomize looks for the name where it never is.
        ("name", Json::from("")),
    ]);
    let more = match kind {
        "ConfigMap" => "binaryData",
        "Secret" => {
            parts.insert("type", value(&["type"]));
            "stringData"
        }
        _ => return None,
    };
    if let Some(node) = root.get(more).filter(|node| node.map().is_some()) {
        parts.insert(more, sorted(node));
    }
    let text = serde_json::to_string(&parts).ok()?;
    Some(letters(&Sha256::digest(escaped(&text))))
}

fn sorted(node: &Node) -> Json {
    let Some(map) = node.map() else { return node.to_value() };
    let entries: BTreeMap<&str, Json> = map
        .iter()
        .map(|entry| (entry.key.as_str(), sorted(&entry.value)))
        .collect();
    entries
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}

/// Go writes these letters otherwise, as JSON may stand in HTML.
fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => _ = write!(text, "\\u{:04x}", u32::from(letter)),
            letter => text.push(letter),
        }
    }
    text
}

/// The first ten digits, those that make words of them taken out.
fn letters(hash: &[u8]) -> String {
    let digits = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let letter = |digit| match digit {
        '0' => 'g',
        '1' => 'h',
        '3' => 'k',
        'a' => 'm',
        'e' => 't',
        digit => digit,
    };
    let digits = digits.filter_map(|digit| char::from_digit(digit.into(), 16));
    digits.take(10).map(letter).collect()
}
