//! Which objects a patch means: <https://github.com/kubernetes-sigs/kustomize/blob/master/api/types/selector.go>.

use regex_automata::meta::{Config, Regex};
use regex_automata::util::syntax;

use super::fault::Told;
use super::id::Id;
use super::resource::Resource;
use crate::read::{Map, Node};

/// A longer pattern is none.
const LONGEST: usize = 1_000;

/// Whether a whole text fits a pattern, to be asked; nothing if it is none.
pub(super) fn pattern(text: &str) -> Option<impl Fn(&str) -> bool + use<>> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_/:@".contains(letter);
    let plain = text.chars().all(is_plain).then(|| text.to_owned());
    let regex = match plain {
        Some(_) => None,
        None if text.len() > LONGEST => return None,
        None => {
            let limits = Config::new()
                .nfa_size_limit(Some(1 << 20))
                .hybrid_cache_capacity(1 << 20);
            let whole = format!("^(?:{text})$");
            let built = Regex::builder()
                .configure(limits)
                .syntax(syntax::Config::new())
                .build(&whole);
            Some(built.ok()?)
        }
    };
    Some(move |other: &str| match (&plain, &regex) {
        (Some(plain), _) => plain == other,
        (_, Some(regex)) => regex.is_match(other),
        _ => false,
    })
}

fn part<'a>(id: &'a Id, key: &str) -> &'a str {
    match key {
        "group" => &id.group,
        "version" => &id.version,
        "kind" => &id.kind,
        "name" => &id.name,
        _ => id.place().unwrap_or_default(),
    }
}

/// The numbers of the objects that a target selects.
pub(super) fn targets(target: &Node, resources: &[Resource], told: &mut Told) -> Vec<usize> {
    let mut patterns = Vec::new();
    for key in ["group", "version", "kind", "name", "namespace"] {
        let node = target.get(key);
        let text = node.and_then(Node::text).filter(|text| !text.is_empty());
        match text.map(pattern) {
            Some(None) => {
                let at = node.map_or(target.at, |node| node.at);
                told.refused(
                    at,
                    "this is no regular expression",
                    "write one as Go reads it, without ^ and $",
                );
                return Vec::new();
            }
            Some(Some(fits)) => patterns.push((key, fits)),
            None => {}
        }
    }
    let selects = |resource: &Resource| {
        let (now, then) = (resource.id(), resource.origin());
        patterns.iter().all(|(key, fits)| {
            let before = matches!(*key, "name" | "namespace") && fits(part(&then, key));
            before || fits(part(&now, key))
        })
    };
    let labelled = |resource: &Resource| {
        let fits = |selector: &str, of: &str| {
            let selector = target.get(selector).and_then(Node::text).unwrap_or_default();
            holds(selector, resource.root().dig(&["metadata", of]).and_then(Node::map))
        };
        fits("labelSelector", "labels") && fits("annotationSelector", "annotations")
    };
    let numbered = resources.iter().enumerate();
    let found = numbered.filter(|(_, resource)| selects(resource) && labelled(resource));
    found.map(|(number, _)| number).collect()
}

/// Whether labels fit a selector in writing, such as `app=web,tier in (a,b),!old`.
pub(super) fn holds(selector: &str, labels: Option<&Map>) -> bool {
    let label = |key: &str| labels.and_then(|map| map.get(key.trim())).and_then(Node::text);
    clauses(selector).into_iter().all(|clause| {
        let clause = clause.trim();
        if let Some((key, values)) = clause.split_once(" notin ") {
            return label(key).is_none_or(|label| !among(values, label));
        }
        if let Some((key, values)) = clause.split_once(" in ") {
            return label(key).is_some_and(|label| among(values, label));
        }
        if let Some((key, value)) = clause.split_once("!=") {
            return label(key) != Some(value.trim());
        }
        if let Some((key, value)) = clause.split_once('=') {
            return label(key) == Some(value.trim_start_matches('=').trim());
        }
        match clause.strip_prefix('!') {
            Some(key) => label(key).is_none(),
            None => clause.is_empty() || label(clause).is_some(),
        }
    })
}

/// The parts between commas that stand in no parentheses.
fn clauses(selector: &str) -> Vec<&str> {
    let (mut depth, mut from, mut found) = (0_i32, 0, Vec::new());
    for (at, letter) in selector.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth <= 0 => {
                found.push(&selector[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    found.push(&selector[from..]);
    found
}

fn among(values: &str, label: &str) -> bool {
    let values = values.trim().trim_start_matches('(').trim_end_matches(')');
    values.split(',').any(|value| value.trim() == label)
}
