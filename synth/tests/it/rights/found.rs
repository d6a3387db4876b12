//! What a role can do and must not, asked and noted.

use std::collections::BTreeMap;

use synth::schema::iam::{self, Action, Level};

use super::condition::{Condition, Context};
use super::policy::{Principal, Request, Statement};
use super::resolve::REGION;
use super::world::World;

/// What was found, with an example of each.
pub(super) type Found = BTreeMap<String, String>;

fn short(action: &str) -> String {
    let (service, found) = iam::action(action).unwrap();
    format!("{}:{}", service.prefix, found.name)
}

pub(super) fn changes(action: &Action) -> bool {
    !matches!(action.level, Some(Level::Read | Level::List))
}

pub(super) fn open() -> Context {
    Context::default().with("aws:RequestedRegion", [REGION])
}

/// Asks, and notes what is allowed and must not be.
pub(super) fn note(found: &mut Found, world: &World, role: &Principal, request: Request<'_>, what: &str) {
    if let Some(statement) = role.allows(request) {
        let line = format!("{} {what} as {}", short(request.action), role.short());
        let why = format!("{}: {} by {}", world.label, request.resource, says(statement));
        found.entry(line).or_insert(why);
    }
}

/// A statement by its name and what it holds under.
pub(super) fn says(statement: &Statement) -> String {
    let conditions: Vec<_> = statement.conditions.iter().map(Condition::says).collect();
    match conditions.as_slice() {
        [] => statement.name.clone(),
        some => format!("{} if {}", statement.name, some.join(", ")),
    }
}
