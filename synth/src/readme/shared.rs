//! What environments in one account share, and what IAM cannot keep apart.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::cells;
use super::words::{code, list};
use crate::render::Whole;

/// The paragraph and the table.
#[derive(Serialize)]
pub(super) struct View {
    /// The environments that are in one account, in words; empty if each has its own.
    environments: String,
    unbound: Vec<Line>,
}

/// Actions that IAM cannot bind, for one reason.
#[derive(Serialize)]
struct Line {
    actions: String,
    why: String,
}

pub(super) fn view(whole: &Whole<'_>) -> View {
    let mut accounts: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for site in &whole.sites {
        let account = site.environment.account().id.to_string();
        accounts.entry(account).or_default().push(site.name());
    }
    let together = accounts
        .values()
        .filter(|names| names.len() > 1)
        .map(|names| list(names));
    View {
        environments: together.collect::<Vec<_>>().join("; "),
        unbound: unbound(whole),
    }
}

/// The same reason in several environments is told once.
fn unbound(whole: &Whole<'_>) -> Vec<Line> {
    let mut reasons: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for unbound in whole.sites.iter().flat_map(|site| &site.access.unbound) {
        let actions = unbound.actions.iter().map(String::as_str);
        reasons.entry(unbound.why.as_str()).or_default().extend(actions);
    }
    let lines = reasons.into_iter().flat_map(|(why, actions)| {
        let actions = cells::pack(actions.into_iter().map(code), ", ");
        let mut why = cells::pack([why.to_owned()], " ");
        // A line without a reason would look like an action that has none.
        if let [whole] = why.as_slice() {
            why = vec![whole.clone(); actions.len()];
        }
        cells::lines(&[actions, why])
    });
    lines.map(|[actions, why]| Line { actions, why }).collect()
}
