//! Statements that are added or allow more than before.

use serde_json::Value as Json;

use super::super::differ::first;
use super::super::show::brief;
use super::super::stack::Item;
use super::cover::Axis;
use super::policies::statements;
use super::rights::{self, Both, Holder};
use super::statement::Statement;
use super::{What, Wider};
use crate::read::template::json::values;

/// What the policies of a resource allow beyond what they, and others of the same holders, allowed.
pub(super) fn item<'a>(both: &Both<'a>, file: &'a str, old: Option<&Item>, new: &'a Item, out: &mut Vec<Wider>) {
    if old.is_some_and(|old| old.properties == new.properties) {
        return;
    }
    let before = old.map(|old| statements(old, true)).unwrap_or_default();
    let after = statements(new, old.is_some());
    for (path, statement) in after.iter().filter(|(_, statement)| !statement.deny) {
        out.extend(more(both, file, (new, path, statement), &before));
    }
    for (path, statement) in before.iter().filter(|(_, statement)| statement.deny) {
        let mut still = pool(&after, path).filter(|statement| statement.deny);
        let Some(old) = old.filter(|_| !still.any(|now| now.covers(statement))) else {
            continue;
        };
        if !is_denied_elsewhere(both, file, old, path, statement) {
            out.push(denied(file, new, path, statement));
        }
    }
    attached(both, file, old, new, out);
}

/// The parts of a statement that nothing allowed before.
struct Fresh<'s> {
    atoms: Vec<&'s Statement>,
    /// Whether the policy itself allowed all of them, to others.
    all_own: bool,
    /// Whether another policy allowed a part that this one did not: that is no part of what gets wider.
    narrowed: bool,
}

impl<'s> Fresh<'s> {
    /// Those of all parts; what the policy itself allowed is only new where that does not count. Nothing if there are none.
    fn of(
        all: &'s [Statement],
        own_counts: bool,
        own: impl Fn(&Statement) -> bool,
        had: impl Fn(&&Statement) -> bool,
    ) -> Option<Self> {
        let mut fresh = Self {
            atoms: Vec::new(),
            all_own: true,
            narrowed: false,
        };
        for atom in all {
            let own = own(atom);
            if own && own_counts {
                continue;
            }
            if had(&atom) {
                fresh.narrowed |= !own;
            } else {
                fresh.all_own &= own;
                fresh.atoms.push(atom);
            }
        }
        (!fresh.atoms.is_empty()).then_some(fresh)
    }
}

/// What a statement allows that nothing did.
fn more<'a>(
    both: &Both<'a>,
    file: &'a str,
    (new, path, statement): (&'a Item, &str, &Statement),
    before: &[(String, Statement)],
) -> Option<Wider> {
    let pool: Vec<&Statement> = pool(before, path).filter(|statement| !statement.deny).collect();
    let atoms = statement.atoms();
    let by_own = |atom: &Statement| pool.iter().any(|old| old.covers(atom));
    let stands_on = !new.kind.starts_with("AWS::IAM::") && new.kind.ends_with("Policy");
    if !stands_on && atoms.iter().all(by_own) {
        return None;
    }
    let holders = both.now().holders(file, new, path);
    let had = |atom: &&Statement, holder: &Holder| both.old().covers(holder, atom);
    let all_had = |atom: &&Statement| !holders.is_empty() && holders.iter().all(|holder| had(atom, holder));
    let counts = !stands_on || holders.is_empty();
    let Fresh {
        atoms: fresh,
        all_own,
        narrowed,
    } = Fresh::of(&atoms, counts, by_own, all_had)?;
    let lacks = |holder: &&Holder| fresh.iter().any(|atom| !had(atom, holder));
    let text = if all_own {
        let others: Vec<&str> = holders
            .iter()
            .filter(lacks)
            .map(|holder| rights::shown(holder))
            .collect();
        format!("loosened: stands on {} too", others.join(", "))
    } else {
        told(statement, &pool)
    };
    let mut wider = Wider::new(file, new, What::Permission, path, text);
    wider.row = Some(if narrowed {
        Statement::together(statement, &fresh).row()
    } else {
        statement.row()
    });
    Some(wider)
}

/// Denials that go with a policy of their own.
pub(super) fn gone<'a>(both: &Both<'a>, file: &'a str, old: &'a Item, out: &mut Vec<Wider>) {
    if !old.kind.ends_with("Policy") {
        return;
    }
    for (path, statement) in statements(old, false).iter().filter(|(_, statement)| statement.deny) {
        if !is_denied_elsewhere(both, file, old, path, statement) {
            out.push(denied(file, old, path, statement));
        }
    }
}

/// Whether all who had a denial still have it, from whichever policy.
fn is_denied_elsewhere<'a>(both: &Both<'a>, file: &'a str, old: &Item, path: &str, statement: &Statement) -> bool {
    let holders = both.old().holders(file, old, path);
    let still = |holder: &Holder| {
        let covered = || statement.atoms().iter().all(|atom| both.now().covers(holder, atom));
        // Nobody is left who could do it.
        (!both.now().has(holder) && both.old().has(holder) && old.kind.starts_with("AWS::IAM::")) || covered()
    };
    !holders.is_empty() && holders.iter().all(still)
}

fn denied(file: &str, item: &Item, path: &str, statement: &Statement) -> Wider {
    let mut wider = Wider::new(
        file,
        item,
        What::Permission,
        path,
        "denied before, and no longer as much",
    );
    wider.row = Some(statement.row());
    wider
}

/// Policies of one property belong together, whatever their order.
fn pool<'a>(all: &'a [(String, Statement)], path: &str) -> impl Iterator<Item = &'a Statement> {
    let wanted = first(path).to_owned();
    all.iter()
        .filter(move |(path, _)| first(path) == wanted)
        .map(|(_, statement)| statement)
}

/// How a statement allows more than the one most like it.
fn told(statement: &Statement, pool: &[&Statement]) -> String {
    let score = |old: &Statement| {
        usize::from(old.sid.is_some() && old.sid == statement.sid) * 4
            + usize::from(old.action == statement.action) * 2
            + usize::from(old.resource == statement.resource)
            + usize::from(old.principal == statement.principal && !old.principal.values.is_empty())
    };
    let nearest = pool.iter().map(|old| (score(old), old)).filter(|(score, _)| *score > 0);
    let Some((_, nearest)) = nearest.max_by_key(|(score, _)| *score) else {
        return "added".to_owned();
    };
    let mut gains = Vec::new();
    let mut gain = |what: &str, new: &Axis, old: &Axis| {
        let more = new.beyond(old);
        if !more.is_empty() {
            gains.push(format!("{what} + {}", more.join(", ")));
        } else if new.not != old.not || (new.not && new != old) {
            gains.push(format!("{what} turned around"));
        }
    };
    gain("principals", &statement.principal, &nearest.principal);
    gain("actions", &statement.action, &nearest.action);
    gain("resources", &statement.resource, &nearest.resource);
    for ((operator, key), values) in &nearest.condition {
        if statement.condition.keys().all(|(_, now)| now != key) {
            gains.push(format!("condition {operator} {key} gone"));
        } else if !statement.narrows(operator, key, values) {
            let values: Vec<String> = values.iter().map(brief).collect();
            gains.push(format!("condition {operator} {key} was {}", values.join(", ")));
        }
    }
    if gains.is_empty() {
        return "added".to_owned();
    }
    format!("loosened: {}", gains.join("; "))
}

/// Policies that are attached by name, or to more, and a boundary that is taken away.
fn attached<'a>(both: &Both<'a>, file: &'a str, old: Option<&Item>, new: &'a Item, out: &mut Vec<Wider>) {
    for name in [
        "ManagedPolicyArns",
        "ManagedPolicies",
        "CustomerManagedPolicyReferences",
        "Policies",
    ] {
        // Only SAM takes names where AWS takes whole policies.
        if name == "Policies" && !new.kind.starts_with("AWS::Serverless::") {
            continue;
        }
        let before = old.map(|old| named(old, name)).unwrap_or_default();
        for policy in named(new, name) {
            let has_all = || {
                let owner = both.now().owner(file, new);
                both.old().has_all_of(both.now(), file, &owner, &policy)
            };
            if !before.contains(&policy) && !has_all() {
                let text = format!("managed policy {} attached", brief(&policy));
                out.push(Wider::new(file, new, What::Permission, name, text));
            }
        }
    }
    if let Some(old) = old.filter(|_| ["AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"].contains(&new.kind.as_str())) {
        members(both, file, old, new, out);
    }
    let boundary = |item: &Item| item.properties.get("PermissionsBoundary").cloned();
    let text = match (old.and_then(boundary), boundary(new)) {
        (Some(_), None) => "the permissions boundary is gone".to_owned(),
        (Some(before), Some(now)) if before != now => format!(
            "the permissions boundary is another: {} → {}",
            brief(&before),
            brief(&now)
        ),
        _ => return,
    };
    out.push(Wider::new(file, new, What::Permission, "PermissionsBoundary", text));
}

/// Roles, users and groups that get a policy and did not have all that it allows.
fn members<'a>(both: &Both<'a>, file: &'a str, old: &Item, new: &'a Item, out: &mut Vec<Wider>) {
    for list in ["Roles", "Users", "Groups"] {
        let before = named(old, list);
        let had = |value: &Json| {
            let holder = both.now().member(file, list, value);
            let allowed = || {
                statements(new, true)
                    .into_iter()
                    .filter(|(_, statement)| !statement.deny)
            };
            let covered = |holder: &str, statement: &Statement| {
                statement.atoms().iter().all(|atom| both.old().covers(holder, atom))
            };
            holder.is_some_and(|holder| allowed().all(|(_, statement)| covered(&holder, &statement)))
        };
        let gained = named(new, list).into_iter();
        let gained = gained.filter(|value| !before.contains(value) && !had(value));
        let gained: Vec<String> = gained.map(|value| brief(&value)).collect();
        if !gained.is_empty() {
            let text = format!("{list}: + {}", gained.join(", "));
            out.push(Wider::new(file, new, What::Permission, list, text));
        }
    }
}

/// The policies of a list that are named and not written out, with those of each branch of a condition.
fn named(item: &Item, name: &str) -> Vec<Json> {
    let Some(value) = item.properties.get(name) else {
        return Vec::new();
    };
    let all = values(value);
    let named = all.into_iter().filter(|policy| policy.get("Statement").is_none());
    named.cloned().collect()
}
