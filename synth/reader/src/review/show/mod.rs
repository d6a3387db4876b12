//! A review as text, for people and for programs.

mod fold;
mod human;
mod json;
mod markdown;
mod paint;
mod wider;

pub use human::human;
pub use json::json;
pub use markdown::{MOST_BYTES, markdown};

use serde_json::{Map, Value as Json};

use super::{InterfaceChange, Language, PropertyChange, ResourceChange, Review, Verdict};
use crate::read::template::json::function;

/// The languages, each with the title of what changes in it.
const LANGUAGES: &[(Language, &str)] = &[
    (Language::Template, "resources"),
    (Language::Manifest, "objects"),
    (Language::Module, "blocks"),
    (Language::Workflow, "workflows"),
];

/// The title of the steps.
const ORDER: &str = "an order that CloudFormation takes, as it refuses to deploy exporters first";

/// A value in one line: texts as they stand, references as `${Name}`, the rest as JSON.
#[must_use]
pub fn brief(value: &Json) -> String {
    match (function(value), value) {
        (Some(("Ref", Json::String(name))), _) => format!("${{{name}}}"),
        (Some(("Fn::GetAtt", Json::Array(steps))), _) => {
            let steps: Vec<&str> = steps.iter().filter_map(Json::as_str).collect();
            format!("${{{}}}", steps.join("."))
        }
        (Some(("Fn::Join", Json::Array(arguments))), _) => match arguments.as_slice() {
            [Json::String(delimiter), Json::Array(pieces)] if delimiter.is_empty() => {
                pieces.iter().map(brief).collect()
            }
            _ => nested(value),
        },
        (_, Json::String(text)) => text.clone(),
        _ => nested(value),
    }
}

/// JSON in which references are short.
fn nested(value: &Json) -> String {
    match value {
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(part).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(map) => {
            let entries: Vec<String> = map
                .iter()
                .map(|(key, value)| format!("{key}: {}", part(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        other => other.to_string(),
    }
}

/// A text inside a list or a map stands in quotes.
fn part(value: &Json) -> String {
    match value {
        Json::String(text) => Json::String(text.clone()).to_string(),
        other => brief(other),
    }
}

/// At most so many characters, with an ellipsis if some are gone.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// A value or its absence.
fn shown(value: Option<&Json>) -> String {
    value.map_or_else(|| "not set".to_owned(), brief)
}

/// What a part of a template was and is; of two maps only what differs.
fn narrowed(change: &InterfaceChange) -> (Option<Json>, Option<Json>) {
    let (old, new) = (change.old.clone(), change.new.clone());
    let (Some(Json::Object(before)), Some(Json::Object(after))) = (&old, &new) else {
        return (old, new);
    };
    let differing = |map: &Map<String, Json>, other: &Map<String, Json>| -> Map<String, Json> {
        let entries = map.iter().filter(|(name, value)| other.get(*name) != Some(value));
        entries.map(|(name, value)| (name.clone(), value.clone())).collect()
    };
    let (less, more) = (differing(before, after), differing(after, before));
    let is_map = function(&Json::Object(before.clone())).is_none() && function(&Json::Object(after.clone())).is_none();
    if !is_map || (less.is_empty() && more.is_empty()) {
        return (old, new);
    }
    (Some(Json::Object(less)), Some(Json::Object(more)))
}

/// What is said of a list that only changes its order.
fn order(change: &PropertyChange) -> &str {
    let said = change.reasons.iter().map(|reason| reason.text.as_str());
    let mut said = said.filter(|text| text.starts_with("the same items"));
    said.next().unwrap_or("the same items in another order")
}

/// What a value was and is; of long texts that start alike, what is in front of the difference is left out.
fn both(change: &PropertyChange, most: usize) -> (String, String) {
    /// How much of what is the same stays in front of the difference.
    const LEAD: usize = 20;
    let (old, new) = (shown(change.old.as_ref()), shown(change.new.as_ref()));
    let same = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).count();
    let longest = old.chars().count().max(new.chars().count());
    if change.old == change.new || longest <= most || same < most / 2 {
        return (old, new);
    }
    let late = |text: &str| {
        let rest: String = text.chars().skip(same - LEAD).collect();
        format!("…{rest}")
    };
    (late(&old), late(&new))
}

/// What happens to a resource, and to the old one if it is replaced.
fn fate(change: &ResourceChange) -> String {
    let mut out = change.verdict.words().to_owned();
    match &change.refusal {
        Some(refusal) if refusal.would != Verdict::Refuse => {
            out.push_str(", else ");
            out.push_str(&refusal.would.words().to_lowercase());
        }
        None if change.verdict == Verdict::Refuse => out.push_str(" by the API server"),
        _ => {}
    }
    if let (Some(fate), Verdict::Replace | Verdict::MayReplace) = (change.old_one, change.verdict) {
        let when = if change.verdict == Verdict::Replace {
            ""
        } else {
            "then "
        };
        out.push_str("; ");
        out.push_str(when);
        out.push_str("the old one is ");
        out.push_str(fate.word());
        if change.delete_first {
            out.push_str(" before the new one is made");
        }
    }
    if let Some(to) = &change.renamed_to {
        out.push_str("; renamed to ");
        out.push_str(to);
    }
    if let Some(from) = &change.renamed_from {
        out.push_str("; renamed from ");
        out.push_str(from);
    }
    out
}

/// One file, or the first and how many more.
fn files(files: &[String]) -> String {
    match files {
        [] => String::new(),
        [one] => one.clone(),
        [first, second] => format!("{first}, {second}"),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}

/// The counts in a sentence.
fn summary(review: &Review) -> String {
    if review.is_empty() {
        return "nothing changes".to_owned();
    }
    let count = |verdicts: &[Verdict]| {
        let of = review
            .resources
            .iter()
            .filter(|change| verdicts.contains(&change.verdict));
        of.map(|change| change.files.len()).sum::<usize>()
    };
    let parts = [
        (count(&[Verdict::Delete, Verdict::Snapshot]), "deleted"),
        (count(&[Verdict::Replace]), "replaced"),
        (count(&[Verdict::MayReplace]), "may be replaced"),
        (count(&[Verdict::MayDelete]), "may be deleted"),
        (count(&[Verdict::Refuse]), "refused"),
        (count(&[Verdict::Interrupt]), "interrupted"),
        (count(&[Verdict::Overwrite]), "written over"),
        (count(&[Verdict::Roll]), "restarting"),
        (count(&[Verdict::Retain]), "retained outside"),
        (count(&[Verdict::Remove]), "removed"),
        (count(&[Verdict::Update, Verdict::Traffic]), "updated"),
        (count(&[Verdict::Create]), "created"),
        (review.weaker.len(), "protected less"),
        (review.wider.len(), "wider"),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, word)| format!("{count} {word}")).collect();
    if parts.is_empty() {
        return "no resource changes".to_owned();
    }
    parts.join(", ")
}
