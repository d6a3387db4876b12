//! What may be done to roles, users and policies: of what the pipeline makes some is harmless.

use serde_json::Value as Json;
use synth::schema::iam;

use super::condition::{Context, texts};
use super::found::{Found, changes, note, open};
use super::policy::{Principal, Request};
use super::principals::is_by_hand;
use super::resolve::ACCOUNT;
use super::sites::LATER;
use super::world::{Thing, World};

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

/// Everything of IAM and STS that changes something: on the roles that the pipeline makes some of it is harmless.
pub(super) fn identities(found: &mut Found) {
    let targets = targets();
    for world in LATER.iter() {
        for role in &world.principals {
            let actions = role
                .identity
                .actions()
                .filter(|name| name.starts_with("iam:") || name.starts_with("sts:"));
            for name in actions.filter(|name| changes(iam::action(name).unwrap().1)) {
                // A statement names side by side what its actions act on.
                let takes = |arn: &str| {
                    iam::action(name)
                        .unwrap()
                        .1
                        .resources
                        .iter()
                        .any(|taken| taken == kind(arn))
                };
                for (owner, target) in targets.iter().filter(|(_, target)| takes(&target.arn)) {
                    let made =
                        std::ptr::eq(*owner, world) && target.kind == "AWS::IAM::Role" && !is_by_hand(&target.stack);
                    identity(found, world, role, name, target, made);
                }
            }
        }
    }
}

/// The kind of thing that an ARN of IAM's is of.
fn kind(arn: &str) -> &str {
    let end = arn.split(':').next_back();
    end.and_then(|end| end.split('/').next()).unwrap()
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
        // Its role has to be passed besides, and one that has a role takes no other.
        "iam:createinstanceprofile" | "iam:addroletoinstanceprofile" | "iam:taginstanceprofile"
            if target.arn.contains(":instance-profile/eks") =>
        {
            return;
        }
        _ if made && HARMLESS.contains(&name) => return,
        _ if made && UNDER_BOUNDARY.contains(&name) => open().open_but(["iam:PermissionsBoundary"]),
        _ => open().open_but([]),
    };
    let mut ask = |context: &Context, what: &str| {
        let request = Request {
            action: name,
            resource: &target.arn,
            context,
        };
        note(found, world, role, request, what);
    };
    ask(&context, &format!("on a {} {whose}", kind(&target.arn)));
    if made && UNDER_BOUNDARY.contains(&name) {
        let other = format!("arn:aws:iam::{ACCOUNT}:policy/AdministratorAccess");
        let context = open().with("iam:PermissionsBoundary", [other]).open_but([]);
        ask(&context, "under another boundary");
    }
}

/// Services that take roles.
const SERVICES: [&str; 11] = [
    "cloudformation",
    "ecs-tasks",
    "lambda",
    "ec2",
    "eks",
    "pods.eks",
    "vpc-flow-logs",
    "monitoring.rds",
    "codedeploy",
    "ecs",
    "events",
];

/// A role is passed to the service that it trusts; and that of CloudFormation by who deploys.
fn passing(found: &mut Found, world: &World, role: &Principal, target: &Thing, made: bool) {
    let own = world.things.iter().any(|thing| thing.arn == target.arn) && target.arn.ends_with("-cloudformation");
    let trusted = texts_of(&target.properties["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]["Service"]);
    for service in SERVICES.map(|service| format!("{service}.amazonaws.com")) {
        // EKS hands the roles of an add-on on to its pods, and the one of a group on to its machines.
        let takers = ["pods.eks.amazonaws.com", "ec2.amazonaws.com"];
        let handed =
            service == "eks.amazonaws.com" && takers.iter().any(|taker| trusted.iter().any(|one| one == taker));
        let meant = (made || (own && role.name == "deploy")) && (trusted.contains(&service) || handed);
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
