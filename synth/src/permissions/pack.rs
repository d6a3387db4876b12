//! Grants as managed policies, as few as IAM's limits allow.

use std::collections::BTreeSet;

use super::unbound::matters;
use super::{Condition, Error, Grant, LIMIT, Row, grant, merge, sid, size};
use crate::schema::iam;
use crate::template::{Conditions, Document, Statement};

/// How many managed policies a role takes unless AWS raises the quota
/// (IAM user guide, "IAM and AWS STS quotas").
pub const POLICIES_PER_ROLE: usize = 10;

/// What each part of a statement that is cut repeats, about.
const REPEATED: usize = 512;

/// A managed policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// What it allows.
    pub document: Document,
    /// The same in words, a row for each statement in the same order.
    pub rows: Vec<Row>,
    /// Its characters as IAM counts them, with the longest partition and region that AWS has.
    pub size: usize,
}

/// Packs grants into at most `most` managed policies.
///
/// What can be said in one statement is. The same grants give the same policies, in whatever order they come.
///
/// # Errors
///
/// [`Error::TooMany`] or [`Error::TooLarge`] if they do not fit, [`Error::Pattern`] and [`Error::Anywhere`] for
/// wildcards that are not needed.
pub fn pack(grants: &[Grant], most: usize) -> Result<Vec<Policy>, Error> {
    refuse_wildcards(grants)?;
    let mut fitting = Vec::new();
    for grant in merge(grants.iter().cloned()).into_iter().flat_map(apart) {
        cut(grant, &mut fitting)?;
    }
    let names = sid::names(&fitting);
    let mut policies: Vec<Policy> = Vec::new();
    for (name, grant) in names.iter().zip(&fitting) {
        let size = size::of(name, grant);
        let index = policies.iter().position(|policy| policy.size + size <= LIMIT);
        let index = index.unwrap_or_else(|| {
            policies.push(Policy {
                document: Document::default(),
                rows: Vec::new(),
                size: size::FRAME,
            });
            policies.len() - 1
        });
        policies[index].add(name, grant, size);
    }
    if policies.len() > most {
        return Err(Error::TooMany {
            needed: policies.len(),
            most,
            characters: policies.iter().map(|policy| policy.size).sum(),
            statements: fitting.len(),
        });
    }
    Ok(policies)
}

impl Policy {
    fn add(&mut self, name: &str, grant: &Grant, size: usize) {
        let resources = grant.resources.iter().map(|resource| grant::value(resource)).collect();
        let statement = Statement::allow(name, grant.actions.iter().cloned(), resources);
        self.document.statements.push(statement.when(conditions(grant)));
        self.rows.push(Row::new(name, grant));
        self.size += size;
    }
}

fn conditions(grant: &Grant) -> Conditions {
    let and = |all: Conditions, Condition { operator, key, values }: &Condition| {
        all.and_any(*operator, key, values.iter().map(|value| grant::value(value)).collect())
    };
    grant.conditions.iter().fold(Conditions::none(), and)
}

/// What is allowed anywhere, in two statements: one that only looks, and one that a reader has to think about.
fn apart(grant: Grant) -> Vec<Grant> {
    if !grant.resources.contains("*") {
        return vec![grant];
    }
    let (acts, looks): (BTreeSet<_>, BTreeSet<_>) = grant.actions.iter().cloned().partition(|action| matters(action));
    let of = |actions| Grant {
        actions,
        ..grant.clone()
    };
    [looks, acts]
        .into_iter()
        .filter(|actions| !actions.is_empty())
        .map(of)
        .collect()
}

/// Refuses what no reader could defend: an action with a wildcard, and `*` where IAM takes an ARN, without a reason.
fn refuse_wildcards(grants: &[Grant]) -> Result<(), Error> {
    for grant in grants {
        let needed_by = || {
            grant
                .needed_by
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(", ")
        };
        let anywhere = grant.resources.contains("*") && grant.reasons.is_empty();
        for action in &grant.actions {
            if action.contains(['*', '?']) {
                return Err(Error::Pattern {
                    action: action.clone(),
                    needed_by: needed_by(),
                });
            }
            if anywhere
                && let Some((_, known)) = iam::action(action)
                && !known.resources.is_empty()
            {
                return Err(Error::Anywhere {
                    action: action.clone(),
                    kinds: known.resources.join(", "),
                    needed_by: needed_by(),
                });
            }
        }
    }
    Ok(())
}

/// Cuts a grant into pieces of which each fits into a policy: between its actions, else between its resources.
fn cut(grant: Grant, pieces: &mut Vec<Grant>) -> Result<(), Error> {
    // The name is not known yet, so room for a long one is reserved.
    let size = size::FRAME + size::of(&"n".repeat(128), &grant);
    if size <= LIMIT {
        pieces.push(grant);
        return Ok(());
    }
    // Every part repeats the frame, the name and one side of the statement.
    let parts = size / (LIMIT - REPEATED) + 1;
    if grant.actions.len() > 1 {
        chunks(&grant.actions, parts).try_for_each(|actions| {
            cut(
                Grant {
                    actions,
                    ..grant.clone()
                },
                pieces,
            )
        })
    } else if grant.resources.len() > 1 {
        chunks(&grant.resources, parts).try_for_each(|resources| {
            cut(
                Grant {
                    resources,
                    ..grant.clone()
                },
                pieces,
            )
        })
    } else {
        let action = grant.actions.into_iter().next().unwrap_or_default();
        Err(Error::TooLarge {
            action,
            characters: size,
        })
    }
}

/// A set in about as many parts, each smaller than the whole.
fn chunks(all: &BTreeSet<String>, parts: usize) -> impl Iterator<Item = BTreeSet<String>> {
    let length = all.len().div_ceil(parts.max(2));
    let all: Vec<_> = all.iter().cloned().collect();
    let parts: Vec<_> = all.chunks(length).map(|part| part.iter().cloned().collect()).collect();
    parts.into_iter()
}
