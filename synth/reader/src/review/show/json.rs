//! The review as JSON.

use serde_json::{Value as Json, json};

use crate::review::Review;

/// The review as one JSON document.
///
/// ```text
/// version    1
/// summary    {"<verdict>": how many resources, …, "wider": n, "weaker": n}, files counted one by one
/// first      [{files, text}]: what is to be known, or done, before all else
/// danger     [{id, type, files}]: stateful resources that are deleted or replaced, or may be
/// resources  [{files, id, type, language, line, verdict, stateful, old_one, delete_first, refusal: {would, why, ways},
///              renamed_from, renamed_to,
///              changes: [{path, old, new, reordered, effect, reasons: [{source, text}]}], notes}]
/// weaker     [{files, id, type, line, attribute, old, new, stateful}]
/// wider      [{files, id, type, line, what, path, text, row: {effect, principal, action, resource, condition}}]
/// interface  [{files, section, name, old, new, breaks, notes}]
/// order      [{step, file, exports}]: the steps that get there where a deployment of exporters first is refused
/// ```
///
/// `verdict` is one of `nothing create remove update traffic retain roll overwrite interrupt
/// may-delete may-replace refuse snapshot replace delete`;
/// `language` one of `template manifest workflow`; `effect` one of `nothing update traffic roll overwrite interrupt
/// may-replace refuse replace`;
/// `old_one` one of `delete snapshot retain`; `step` one of `pin keep deploy delete`, of which the first two have `exports`.
#[must_use]
pub fn json(review: &Review) -> String {
    let mut summary = serde_json::Map::new();
    for change in &review.resources {
        let verdict = serde_json::to_value(change.verdict).unwrap_or(Json::Null);
        let name = verdict.as_str().unwrap_or_default().to_owned();
        let count = summary.get(&name).and_then(Json::as_u64).unwrap_or(0);
        let files = u64::try_from(change.files.len()).unwrap_or(u64::MAX);
        summary.insert(name, count.saturating_add(files).into());
    }
    summary.insert("wider".to_owned(), review.wider.len().into());
    summary.insert("weaker".to_owned(), review.weaker.len().into());
    let danger: Vec<Json> = review
        .danger()
        .map(|change| json!({ "id": change.id, "type": change.kind, "files": change.files }))
        .collect();
    let document = json!({
        "version": 1,
        "summary": summary,
        "first": review.first,
        "danger": danger,
        "resources": review.resources,
        "weaker": review.weaker,
        "wider": review.wider,
        "interface": review.interface,
        "order": review.order,
    });
    format!("{document:#}\n")
}
