//! What gets wider: permissions, security groups, public exposure; and what protected and no longer does.

mod condition;
mod cover;
mod grant;
mod iam;
mod network;
mod policies;
mod rights;
mod seen;
mod settings;
mod statement;
mod unset;
mod watch;

use std::collections::BTreeMap;

use serde::Serialize;

use super::rename;
use super::spread::Pair;
use super::stack::{Item, Stack};
pub(super) use network::holds;
pub(super) use rights::Both;
use watch::Place;

/// In which way something gets wider, the most dangerous first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// The public can reach it.
    Public,
    /// A security group lets more through.
    Network,
    /// A policy allows more.
    Permission,
    /// Something is no longer encrypted.
    Encryption,
    /// Something is no longer protected from loss.
    Protection,
    /// Something is no longer logged.
    Logging,
    /// Something is no longer watched, or wakes nobody.
    Monitoring,
    /// An intruder finds it easier.
    Hardening,
}

impl What {
    /// The words for it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Public => "public exposure",
            Self::Network => "network",
            Self::Permission => "permission",
            Self::Encryption => "encryption",
            Self::Protection => "protection",
            Self::Logging => "logging",
            Self::Monitoring => "monitoring",
            Self::Hardening => "hardening",
        }
    }
}

/// A statement of a policy, as a row of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Row {
    /// `Allow` or `Deny`.
    pub effect: &'static str,
    /// Who; empty for whoever has the policy.
    pub principal: Vec<String>,
    /// What may be done; with `not ` in front if it is all but this.
    pub action: Vec<String>,
    /// On what; empty for the resource that has the policy.
    pub resource: Vec<String>,
    /// Under which conditions.
    pub condition: Vec<String>,
}

/// Something that gets wider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wider {
    /// The templates in which it does.
    pub files: Vec<String>,
    /// The logical id of the resource.
    pub id: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The line of the logical id.
    pub line: u32,
    /// In which way.
    pub what: What,
    /// Where in the resource.
    pub path: String,
    /// What happened, such as `added` or `loosened: actions + s3:PutObject`.
    pub text: String,
    /// The statement as it is now, if it is one; as it was, if it is gone.
    pub row: Option<Row>,
}

impl Wider {
    fn new(file: &str, item: &Item, what: What, path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            files: vec![file.to_owned()],
            id: item.id.clone(),
            kind: item.kind.clone(),
            line: item.line,
            what,
            path: path.into(),
            text: text.into(),
            row: None,
        }
    }
}

/// What gets wider in a template that both sides have.
pub(super) fn of_pair<'a>(both: &Both<'a>, pair: &Pair<'a>, out: &mut Vec<Wider>) {
    let partners = partners(pair);
    let file = pair.new.file.as_str();
    for new in pair.new.items.values() {
        let old = partners.get(new.id.as_str()).copied();
        iam::item(both, file, old, new, out);
        let old = old.map(|item| Place { item, stack: pair.old });
        watch::item(
            file,
            old,
            Place {
                item: new,
                stack: pair.new,
            },
            out,
        );
    }
    let gone = |item: &&Item| partners.values().all(|partner| partner.id != item.id);
    for old in pair.old.items.values().filter(gone) {
        iam::gone(both, file, old, out);
        watch::gone(file, old, out);
    }
    network::stack(file, Some(pair.old), pair.new, out);
}

/// What a new template opens.
pub(super) fn of_new<'a>(both: &Both<'a>, stack: &'a Stack, out: &mut Vec<Wider>) {
    for new in stack.items.values() {
        iam::item(both, &stack.file, None, new, out);
        watch::item(&stack.file, None, Place { item: new, stack }, out);
    }
    network::stack(&stack.file, None, stack, out);
}

/// What each resource was before: under its own logical id, or under the one that it had.
fn partners<'a>(pair: &Pair<'a>) -> BTreeMap<&'a str, &'a Item> {
    let (old, new) = (&pair.old.items, &pair.new.items);
    let same = new.values().filter_map(|item| {
        let before = old.get(&item.id).filter(|before| before.kind == item.kind)?;
        Some((item.id.as_str(), before))
    });
    let mut found: BTreeMap<&str, &Item> = same.collect();
    let gone: Vec<&Item> = old.values().filter(|item| !new.contains_key(&item.id)).collect();
    let come: Vec<&Item> = new.values().filter(|item| !old.contains_key(&item.id)).collect();
    for (from, to) in rename::pairs(&gone, &come) {
        found.insert(come[to].id.as_str(), gone[from]);
    }
    found
}
