//! Two sides of templates: what changes, what that does, what gets wider.

mod anew;
mod behind;
mod conditions;
mod effects;
mod once;
mod order;
mod refused;
mod resources;
mod sam;
mod settings;
mod show;
mod source;
mod spread;
mod unknown;
mod wider;

use synth::read::{self, Document};
use synth::review::{self, Review};

fn document(file: &str, text: &str) -> Document {
    read::document(file, text).unwrap()
}

/// The review of one template.
fn review(old: &str, new: &str) -> Review {
    review::compare(&[document("t.yaml", old)], &[document("t.yaml", new)])
}

/// The review of several templates: file, old text, new text.
fn review_all(files: &[(&str, &str, &str)]) -> Review {
    let old: Vec<Document> = files.iter().map(|(file, old, _)| document(file, old)).collect();
    let new: Vec<Document> = files.iter().map(|(file, _, new)| document(file, new)).collect();
    review::compare(&old, &new)
}

/// A template of one resource `R`.
fn one(kind: &str, properties: &str) -> String {
    format!("Resources:\n  R:\n    Type: {kind}\n    Properties: {properties}\n")
}

/// Each change in a line: the verdict and id of the resource, then the path, effect and sources of each value.
fn lines(review: &Review) -> String {
    let mut out = Vec::new();
    for change in &review.resources {
        let file = if change.files == ["t.yaml"] {
            String::new()
        } else {
            format!("{}: ", change.files.join("+"))
        };
        out.push(format!("{file}{} {}", word(&change.verdict), change.id));
        for value in &change.changes {
            let sources: Vec<String> = value.reasons.iter().map(|reason| word(&reason.source)).collect();
            out.push(format!(
                "  {}: {} ({})",
                value.path,
                word(&value.effect),
                sources.join(", ")
            ));
        }
    }
    out.join("\n")
}

fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

/// What a change of the properties of one resource does.
fn effect(kind: &str, old: &str, new: &str) -> String {
    lines(&review(&one(kind, old), &one(kind, new)))
}
