//! No role gets more than it has: not by its own policies or its boundary, not through a role, a user or a stack.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use synth::schema::conditions;
use synth::schema::iam::{self, Action, Level};

use super::apart::says;
use super::condition::{Context, texts};
use super::known;
use super::policy::{Principal, Request};
use super::principals::is_by_hand;
use super::resolve::{ACCOUNT, REGION};
use super::sites::LATER;
use super::trust::trusts;
use super::world::{Thing, World};

/// What was found, with an example of each.
pub(super) type Found = BTreeMap<String, String>;

/// Actions that make a role or say what it may do: they are harmless only under the boundary.
const UNDER_BOUNDARY: &[&str] = &[
    "iam:attachrolepolicy",
    "iam:createrole",
    "iam:deleterolepolicy",
    "iam:detachrolepolicy",
    "iam:putrolepermissionsboundary",
    "iam:putrolepolicy",
];

/// Actions on a role that the pipeline makes that give nobody more.
const HARMLESS: &[&str] = &[
    "iam:deleterole",
    "iam:tagrole",
    "iam:untagrole",
    "iam:updaterole",
    "iam:updateroledescription",
];

fn short(action: &str) -> String {
    let (service, found) = iam::action(action).unwrap();
    format!("{}:{}", service.prefix, found.name)
}

fn changes(action: &Action) -> bool {
    !matches!(action.level, Some(Level::Read | Level::List))
}

/// What there is of IAM's in the account, and what somebody else could have made there.
fn targets() -> Vec<(&'static World, Thing)> {
    let own = LATER.iter().flat_map(|world| {
        let things = world.things.iter().filter(|thing| thing.arn.contains(":iam:"));
        things.map(move |thing| (world, thing.clone()))
    });
    let foreign = [
        "role/administrator",
        "role/OrganizationAccountAccessRole",
        "policy/administrator",
        "user/somebody",
        "group/somebody",
        "instance-profile/administrator",
        "oidc-provider/accounts.example.com",
        "saml-provider/somebody",
    ];
    let foreign = foreign.map(|name| Thing {
        label: "somebody else's".into(),
        arn: format!("arn:aws:iam::{ACCOUNT}:{name}"),
        ..Thing::default()
    });
    own.chain(foreign.map(|thing| (&LATER[0], thing))).collect()
}

fn open() -> Context {
    Context::default().with("aws:RequestedRegion", [REGION])
}

/// Asks, and notes what is allowed and must not be.
fn note(found: &mut Found, world: &World, role: &Principal, request: Request<'_>, what: &str) {
    if let Some(statement) = role.allows(request) {
        let line = format!("{} {what} as {}", short(request.action), role.short());
        let why = format!("{}: {} by {}", world.label, request.resource, says(statement));
        found.entry(line).or_insert(why);
    }
}

/// Everything of IAM and STS that changes something: on the roles that the pipeline makes some of it is harmless.
fn identities(found: &mut Found) {
    let targets = targets();
    for world in LATER.iter() {
        for role in &world.principals {
            let actions = role
                .identity
                .actions()
                .filter(|name| name.starts_with("iam:") || name.starts_with("sts:"));
            for name in actions.filter(|name| changes(iam::action(name).unwrap().1)) {
                for (owner, target) in &targets {
                    let made =
                        std::ptr::eq(*owner, world) && target.kind == "AWS::IAM::Role" && !is_by_hand(&target.stack);
                    identity(found, world, role, name, target, made);
                }
            }
        }
    }
}

fn identity(found: &mut Found, world: &World, role: &Principal, name: &str, target: &Thing, made: bool) {
    let whose = match (made, target.kind.as_str()) {
        (true, _) => "of its own environment",
        _ if target.arn == role.arn => "that it is itself",
        (_, "AWS::IAM::Role") => "that it must not change",
        _ => "of whatever there is",
    };
    let context = match name {
        // The service that it is for is bound by the name of the role.
        "iam:createservicelinkedrole" => return,
        "iam:passrole" => return passing(found, world, role, target, made),
        _ if made && HARMLESS.contains(&name) => return,
        _ if made && UNDER_BOUNDARY.contains(&name) => open().open_but(["iam:PermissionsBoundary"]),
        _ => open().open_but([]),
    };
    let kind = target
        .arn
        .split(':')
        .next_back()
        .and_then(|end| end.split('/').next())
        .unwrap();
    note(
        found,
        world,
        role,
        Request {
            action: name,
            resource: &target.arn,
            context: &context,
        },
        &format!("on a {kind} {whose}"),
    );
    if made && UNDER_BOUNDARY.contains(&name) {
        let other = format!("arn:aws:iam::{ACCOUNT}:policy/AdministratorAccess");
        let context = open().with("iam:PermissionsBoundary", [other]).open_but([]);
        note(
            found,
            world,
            role,
            Request {
                action: name,
                resource: &target.arn,
                context: &context,
            },
            "under another boundary",
        );
    }
}

/// A role is passed to the service that it trusts; and that of CloudFormation by who deploys.
fn passing(found: &mut Found, world: &World, role: &Principal, target: &Thing, made: bool) {
    let own = world.things.iter().any(|thing| thing.arn == target.arn) && target.arn.ends_with("-cloudformation");
    let trusted = texts_of(&target.properties["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]["Service"]);
    let services = [
        "cloudformation",
        "ecs-tasks",
        "lambda",
        "ec2",
        "vpc-flow-logs",
        "monitoring.rds",
        "codedeploy",
        "ecs",
        "events",
    ];
    for service in services.map(|service| format!("{service}.amazonaws.com")) {
        let meant = (made || (own && role.name == "deploy")) && trusted.contains(&service);
        if !meant {
            let context = open().with("iam:PassedToService", [service.as_str()]).open_but([]);
            let what = format!(
                "to {service} a role {}",
                if made {
                    "that does not trust it"
                } else {
                    "not of its own"
                }
            );
            note(
                found,
                world,
                role,
                Request {
                    action: "iam:passrole",
                    resource: &target.arn,
                    context: &context,
                },
                &what,
            );
        }
    }
}

fn texts_of(json: &Json) -> Vec<String> {
    if json.is_null() { Vec::new() } else { texts(json) }
}

/// A stack of the pipeline is changed with the role of its environment, imports nothing, and no other one is changed.
fn stacks(found: &mut Found) {
    for world in LATER.iter() {
        let execution = world.principal("cloudformation").arn.as_str();
        for role in &world.principals {
            let actions = role
                .identity
                .actions()
                .filter(|name| name.starts_with("cloudformation:"));
            for name in actions.filter(|name| changes(iam::action(name).unwrap().1)) {
                for (other, stack) in LATER
                    .iter()
                    .flat_map(|other| all_stacks(other).map(move |stack| (other, stack)))
                {
                    let meant = std::ptr::eq(other, world) && !is_by_hand(&stack.stack);
                    let mut ask = |context: Context, what: &str| {
                        note(
                            found,
                            world,
                            role,
                            Request {
                                action: name,
                                resource: &stack.arn,
                                context: &context,
                            },
                            what,
                        );
                    };
                    if !meant {
                        ask(open().open_but([]), "on a stack that is not the pipeline's");
                    } else if name == "cloudformation:createchangeset" {
                        let with = |arn: &str| open().with("cloudformation:RoleArn", [arn]);
                        ask(
                            with(&format!("arn:aws:iam::{ACCOUNT}:role/administrator")).open_but([]),
                            "with another role",
                        );
                        // Who cannot execute a change set makes it to be read.
                        if role
                            .identity
                            .actions()
                            .any(|action| action == "cloudformation:executechangeset")
                        {
                            ask(open().open_but(["cloudformation:RoleArn"]), "without a role");
                        }
                        let imports = ["AWS::RDS::DBInstance"];
                        ask(
                            with(execution)
                                .with("cloudformation:ImportResourceTypes", imports)
                                .open_but([]),
                            "that imports",
                        );
                    } else if [
                        "cloudformation:createstack",
                        "cloudformation:updatestack",
                        "cloudformation:setstackpolicy",
                    ]
                    .contains(&name)
                    {
                        ask(open().open_but([]), "past a change set");
                    }
                }
            }
        }
    }
}

fn all_stacks(world: &World) -> impl Iterator<Item = &Thing> {
    world
        .things
        .iter()
        .filter(|thing| thing.kind.is_empty() && thing.arn.contains(":cloudformation:"))
}

#[test]
fn no_role_gets_more_than_it_has() {
    let mut found = Found::new();
    identities(&mut found);
    stacks(&mut found);
    trusts(&mut found);
    known::held(include_str!("known/more.txt"), "known/more.txt", &found);
}

/// IAM leaves open what an operator without `ForAnyValue` or `ForAllValues` does with several values.
#[test]
fn keys_with_several_values_are_compared_by_operators_for_several() {
    let mut wrong = Vec::new();
    for role in LATER.iter().flat_map(|world| &world.principals) {
        for condition in role
            .identity
            .statements
            .iter()
            .flat_map(|statement| &statement.conditions)
        {
            let (prefix, name) = condition.key().split_once(':').unwrap();
            let many = conditions::of(prefix)
                .and_then(|keys| keys.find(name))
                .and_then(|key| key.many);
            if many == Some(true) && condition.takes_one() {
                wrong.push(format!("{}: {}", role.name, condition.says()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
