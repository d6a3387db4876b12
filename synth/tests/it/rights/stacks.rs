//! A stack of the pipeline is changed with the role of its environment, imports nothing, and no other one is changed.

use synth::schema::iam;

use super::condition::Context;
use super::found::{Found, changes, note, open};
use super::policy::{Principal, Request};
use super::principals::is_by_hand;
use super::resolve::ACCOUNT;
use super::sites::LATER;
use super::world::{Thing, World};

/// Asks for every change of every stack by every role.
pub(super) fn stacks(found: &mut Found) {
    for world in LATER.iter() {
        for role in &world.principals {
            let actions = role.identity.actions();
            let actions = actions.filter(|name| name.starts_with("cloudformation:"));
            for name in actions.filter(|name| changes(iam::action(name).unwrap().1)) {
                for (other, stack) in LATER.iter().flat_map(of) {
                    let meant = std::ptr::eq(other, world) && !is_by_hand(&stack.stack);
                    for (context, what) in questions(world, role, name, meant) {
                        let request = Request {
                            action: name,
                            resource: &stack.arn,
                            context: &context,
                        };
                        note(found, world, role, request, what);
                    }
                }
            }
        }
    }
}

/// What must not be, of a stack that is the pipeline's or not.
fn questions(world: &World, role: &Principal, name: &str, meant: bool) -> Vec<(Context, &'static str)> {
    match name {
        _ if !meant => vec![(open().open_but([]), "on a stack that is not the pipeline's")],
        "cloudformation:createchangeset" => change_sets(world, role),
        "cloudformation:createstack" | "cloudformation:updatestack" | "cloudformation:setstackpolicy" => {
            vec![(open().open_but([]), "past a change set")]
        }
        _ => Vec::new(),
    }
}

fn change_sets(world: &World, role: &Principal) -> Vec<(Context, &'static str)> {
    let with = |arn: &str| open().with("cloudformation:RoleArn", [arn]);
    let other = format!("arn:aws:iam::{ACCOUNT}:role/administrator");
    let mut all = vec![(with(&other).open_but([]), "with another role")];
    // Who cannot execute a change set makes it to be read.
    let mut actions = role.identity.actions();
    if actions.any(|action| action == "cloudformation:executechangeset") {
        all.push((open().open_but(["cloudformation:RoleArn"]), "without a role"));
    }
    let execution = world.principal("cloudformation").arn.as_str();
    let imports = with(execution).with("cloudformation:ImportResourceTypes", ["AWS::RDS::DBInstance"]);
    all.push((imports.open_but([]), "that imports"));
    all
}

/// The stacks of a world.
fn of(world: &World) -> impl Iterator<Item = (&World, &Thing)> {
    let stacks = world.things.iter();
    stacks
        .filter(|thing| thing.kind.is_empty() && thing.arn.contains(":cloudformation:"))
        .map(move |stack| (world, stack))
}
