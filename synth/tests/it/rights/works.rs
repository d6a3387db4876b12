//! Whatever CloudFormation calls to make, read, change and delete the resources is allowed on what they will be.

use std::collections::BTreeMap;

use synth::schema::iam;
use synth::schema::{self, Handler, ResourceSchema};

use super::calls::{Call, questions};
use super::known;
use super::policy::{Principal, Request};
use super::principals::is_by_hand;
use super::sites::{FIRST, LATER};
use super::uncalled;
use super::world::{Thing, World};

const HANDLERS: [Handler; 5] = [
    Handler::Create,
    Handler::Read,
    Handler::Update,
    Handler::Delete,
    Handler::List,
];

#[test]
fn cloudformation_may_do_what_the_resources_need() {
    let mut missing = BTreeMap::new();
    for world in FIRST.iter().chain(LATER.iter()) {
        let execution = world.principal("cloudformation");
        for thing in world
            .things
            .iter()
            .filter(|thing| !thing.kind.is_empty() && !is_by_hand(&thing.stack))
        {
            for handler in HANDLERS {
                handle(world, execution, thing, handler, &mut missing);
            }
        }
    }
    known::held(include_str!("known/works.txt"), "known/works.txt", &missing);
}

/// What a handler calls, and what that calls in turn.
fn names(schema: &ResourceSchema, handler: Handler) -> Vec<&str> {
    let mut names: Vec<&str> = schema.permissions(handler).collect();
    let deeper = names
        .iter()
        .filter_map(|name| iam::action(name))
        .flat_map(|(_, action)| &action.depends_on);
    names.extend(deeper.map(String::as_str).collect::<Vec<_>>());
    names.sort_unstable();
    names.dedup();
    names
}

/// Asks for all that a handler of a resource calls, and notes what is not allowed.
pub(super) fn handle(
    world: &World,
    execution: &Principal,
    thing: &Thing,
    handler: Handler,
    missing: &mut BTreeMap<String, String>,
) {
    let schema = schema::resource(&thing.kind).unwrap();
    assert!(schema.has_handlers(), "{}: AWS does not say what it needs", thing.kind);
    if handler == Handler::Delete && thing.deletion == "Retain" {
        return;
    }
    let names = names(schema, handler);
    for name in names
        .into_iter()
        .filter(|name| uncalled::why(thing, handler, name).is_none())
    {
        let Some((_, action)) = iam::action(name) else {
            missing.insert(
                format!("{} {name}: IAM does not know the action", thing.kind),
                thing.label.clone(),
            );
            continue;
        };
        let asked = questions(Call {
            world,
            thing,
            handler,
            name,
            action,
        });
        for asked in asked {
            let request = Request {
                action: name,
                resource: &asked.resource,
                context: &asked.context,
            };
            if execution.allows(request).is_none() {
                let verb = format!("{handler:?}").to_lowercase();
                let line = format!("{verb} of {}: {name} {}", thing.kind, asked.when);
                let why = format!("{}: {} on {}", world.label, thing.label, asked.resource);
                missing.entry(line).or_insert(why);
            }
        }
    }
}
