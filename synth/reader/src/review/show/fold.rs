//! What follows from the same, together.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::fate;
use crate::review::{ResourceChange, Source, Verdict};

/// What is replaced for the same reason and with the same end, together.
pub(super) fn folded<'a>(follow: &[&'a ResourceChange]) -> Vec<Vec<&'a ResourceChange>> {
    let mut found: BTreeMap<(Reverse<Verdict>, String, String), Vec<&ResourceChange>> = BTreeMap::new();
    for change in follow {
        let key = (Reverse(change.verdict), fate(change), because(change));
        found.entry(key).or_default().push(change);
    }
    found.into_values().collect()
}

/// What makes that which only follows be replaced.
pub(super) fn because(change: &ResourceChange) -> String {
    let worst = change.changes.iter().map(|value| value.effect).max();
    let values = change.changes.iter().filter(|value| Some(value.effect) == worst);
    let reasons = values.flat_map(|value| &value.reasons);
    let reasons = reasons.filter(|reason| is_of_another(reason.source));
    let texts: BTreeSet<&str> = reasons.map(|reason| reason.text.as_str()).collect();
    texts.into_iter().collect::<Vec<_>>().join("; ")
}

fn is_of_another(source: Source) -> bool {
    matches!(
        source,
        Source::Reference | Source::Parameter | Source::Condition | Source::Import
    )
}
