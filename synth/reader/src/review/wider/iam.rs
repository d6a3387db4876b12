//! Statements that are added or allow more than before.

use serde_json::Value as Json;

use super::super::show::brief;
use super::super::stack::Item;
use super::cover::Axis;
use super::statement::{self, Statement};
use super::{What, Wider, grant};
use crate::read::template::json::values;

/// What the policies of a resource allow beyond what they allowed.
pub(super) fn item(file: &str, old: Option<&Item>, new: &Item, out: &mut Vec<Wider>) {
    let before = old.map(statements).unwrap_or_default();
    let after = statements(new);
    for (path, statement) in after.iter().filter(|(_, statement)| !statement.deny) {
        let pool: Vec<&Statement> = pool(&before, path).filter(|statement| !statement.deny).collect();
        let more: Vec<Statement> = statement
            .atoms()
            .into_iter()
            .filter(|atom| !pool.iter().any(|old| old.covers(atom)))
            .collect();
        if more.is_empty() {
            continue;
        }
        let mut wider = Wider::new(file, new, What::Permission, path, told(statement, &pool));
        wider.row = Some(statement.row());
        out.push(wider);
    }
    for (path, statement) in before.iter().filter(|(_, statement)| statement.deny) {
        let mut still = pool(&after, path).filter(|statement| statement.deny);
        if !still.any(|now| now.covers(statement)) {
            out.push(denied(file, new, path, statement));
        }
    }
    attached(file, old, new, out);
}

/// Denials that go with a policy of their own.
pub(super) fn gone(file: &str, old: &Item, out: &mut Vec<Wider>) {
    if !old.kind.ends_with("Policy") {
        return;
    }
    for (path, statement) in statements(old).iter().filter(|(_, statement)| statement.deny) {
        out.push(denied(file, old, path, statement));
    }
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

/// The statements of a resource, each with the path of its policy.
fn statements(item: &Item) -> Vec<(String, Statement)> {
    let mut found = Vec::new();
    if let Some(permission) = grant::statement(&item.kind, &item.properties) {
        statement::below("Permission", &permission, &mut found);
    }
    for (name, value) in &item.properties {
        statement::below(name, value, &mut found);
    }
    found
}

/// Policies of one property belong together, whatever their order.
fn pool<'a>(all: &'a [(String, Statement)], path: &str) -> impl Iterator<Item = &'a Statement> {
    let first = |path: &str| path.split(['.', '[']).next().unwrap_or_default().to_owned();
    let wanted = first(path);
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

/// Policies that are attached by name, and a boundary that is taken away.
fn attached(file: &str, old: Option<&Item>, new: &Item, out: &mut Vec<Wider>) {
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
            if !before.contains(&policy) {
                let text = format!("managed policy {} attached", brief(&policy));
                out.push(Wider::new(file, new, What::Permission, name, text));
            }
        }
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

/// The policies of a list that are named and not written out, with those of each branch of a condition.
fn named(item: &Item, name: &str) -> Vec<Json> {
    let Some(value) = item.properties.get(name) else {
        return Vec::new();
    };
    let all = values(value);
    let named = all.into_iter().filter(|policy| policy.get("Statement").is_none());
    named.cloned().collect()
}
