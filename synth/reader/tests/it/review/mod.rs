//! Two sides: what changes, what that does, what gets wider.

mod manifest;
mod module;
mod wider;
mod workflow;

use synth_reader::read::{self, Document};
use synth_reader::review::{self, Review};

fn document(file: &str, text: &str) -> Document {
    read::document(file, text).expect("a test can be read")
}

fn review(file: &str, old: &str, new: &str) -> Review {
    review::compare(&[document(file, old)], &[document(file, new)])
}

/// All that is told, a line each: what happens, which values change and what that does, what gets wider.
fn told(review: &Review) -> String {
    let mut out = Vec::new();
    for change in &review.resources {
        let from = change.renamed_from.as_deref().map(|from| format!(" from {from}"));
        let from = from.unwrap_or_default();
        out.push(format!(
            "{} {}{from}: {}",
            change.kind,
            change.id,
            change.verdict.words()
        ));
        for value in &change.changes {
            let said: Vec<&str> = value.reasons.iter().map(|reason| reason.text.as_str()).collect();
            let (old, new) = (shown(value.old.as_ref()), shown(value.new.as_ref()));
            let said = if said.is_empty() {
                String::new()
            } else {
                format!("; {}", said.join("; "))
            };
            out.push(format!("  {}: {old} → {new}{said}", value.path));
        }
        out.extend(change.notes.iter().map(|note| format!("  note: {note}")));
    }
    for wider in &review.wider {
        out.push(format!("wider {} ({}): {}", wider.id, wider.what.words(), wider.text));
    }
    out.join("\n")
}

fn shown(value: Option<&serde_json::Value>) -> String {
    value.map_or_else(|| "-".to_owned(), review::show::brief)
}

/// The review of files of manifests: file and text.
fn objects(old: &[(&str, &str)], new: &[(&str, &str)]) -> Review {
    let side = |files: &[(&str, &str)]| -> Vec<Document> {
        let each = files
            .iter()
            .map(|(file, text)| read::documents(file, text).expect("a test can be read"));
        each.flatten().collect()
    };
    review::compare(&side(old), &side(new))
}

/// What is told of one file of manifests.
fn object(old: &str, new: &str) -> String {
    told(&objects(&[("k8s/all.yaml", old)], &[("k8s/all.yaml", new)]))
}
