use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::is_settled;
use crate::read::{Map, Node};

pub(super) const RULE: Rule = Rule {
    name: "malformed-label",
    why: "A label is at most 63 letters, digits, `-`, `_` and `.`, which begin and end with a letter or a \
          digit; its key, and that of an annotation, may have a domain and a `/` before.",
    link: "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set",
    level: Level::Error,
    family: Family::Schema,
    example: r"
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, labels: {owner: 'me@example.com'}}
",
    instead: r"
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, annotations: {owner: 'me@example.com'}}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let of_pods = set.manifests.pods().iter().map(|pods| pods.template);
    for holder in set.manifests.all().iter().map(|object| object.node).chain(of_pods) {
        for (key, values) in [("labels", true), ("annotations", false)] {
            let entries = holder.dig(&["metadata", key]).and_then(Node::map);
            judge(entries.into_iter().flat_map(Map::iter), values, report);
        }
    }
}

fn judge<'a>(entries: impl Iterator<Item = &'a crate::read::Entry>, values: bool, report: &mut Report<'a>) {
    for entry in entries {
        let key = &entry.key;
        if is_settled(key) && !is_key(key) {
            report
                .key(entry, format!("`{key}` cannot be a key of labels or annotations"))
                .help(
                    "write at most 63 letters, digits, `-`, `_` and `.`, with a domain and a `/` before them or none",
                );
        }
        let value = entry.value.text().filter(|value| values && is_settled(value));
        if let Some(value) = value.filter(|value| !value.is_empty() && !is_word(value)) {
            report
                .value(&entry.value, format!("`{value}` cannot be the value of a label"))
                .help("write at most 63 letters, digits, `-`, `_` and `.`, or make it an annotation");
        }
    }
}

fn is_key(key: &str) -> bool {
    let (domain, name) = key
        .split_once('/')
        .map_or((None, key), |(domain, name)| (Some(domain), name));
    let lower = |domain: &str| {
        let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
        !domain.is_empty() && domain.len() <= 253 && domain.bytes().all(letter)
    };
    domain.is_none_or(lower) && is_word(name)
}

fn is_word(text: &str) -> bool {
    let ends = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    text.len() <= 63 && ends(text.bytes().next()) && ends(text.bytes().last()) && text.bytes().all(letter)
}
