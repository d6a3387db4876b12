//! What a text can be, where that is several things.

use std::collections::BTreeSet;

/// More alternatives than this are not told apart.
const MANY: usize = 16;

/// Each text with each that may follow it.
pub(super) fn product(before: &BTreeSet<String>, after: &BTreeSet<String>) -> BTreeSet<String> {
    if before.len() * after.len() > MANY {
        return before.iter().map(|text| format!("{text}*")).collect();
    }
    before
        .iter()
        .flat_map(|text| after.iter().map(move |more| format!("{text}{more}")))
        .collect()
}

/// A run of `*` says no more than one.
pub(super) fn tidy(text: &str) -> String {
    // Looking costs much less than replacing, and there is mostly nothing to replace.
    if !text.contains("**") && !text.contains("*-??????") {
        return text.to_owned();
    }
    let mut out = text.replace("*-??????", "*");
    while out.contains("**") {
        out = out.replace("**", "*");
    }
    out
}
