//! No role of an environment writes, reads the data or uses the keys of another one, in the same account.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::LazyLock;

use synth::schema::iam::{self, Action, ResourceKind};

use super::allowed::{ALLOWED, Other};
use super::condition::Context;
use super::facts::{MAKES, brings_tags, looks_at, matters, takes};
use super::found::says;
use super::known;
use super::policy::{Principal, Request};
use super::resolve::REGION;
use super::sites::LATER;
use super::world::{Thing, World};

/// What a role can do to something of another environment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reach {
    /// The role, without what differs between environments.
    pub(super) role: String,
    pub(super) action: String,
    /// IAM's kind of what it reaches; `*` for an action that cannot be narrowed.
    pub(super) on: String,
    /// Whether that is of another system, or of another environment of its own.
    pub(super) of: Other,
}

impl fmt::Display for Reach {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = match self.of {
            Other::Environment => "of another environment",
            Other::System => "of another system",
        };
        write!(formatter, "{} on {} {of} as {}", self.action, self.on, self.role)
    }
}

/// A request on what another environment has: whatever does not look at the thing itself is as the caller likes.
fn context(thing: &Thing, kind: &ResourceKind, action: &Action) -> Context {
    let mut absent = vec![
        "aws:ResourceTag/",
        "ec2:ResourceTag/",
        "ecs:ResourceTag/",
        "elasticloadbalancing:ResourceTag/",
        "iam:ResourceTag/",
        "secretsmanager:ResourceTag/",
        "rds:db-tag/",
        "rds:snapshot-tag/",
        "rds:pg-tag/",
        "rds:subgrp-tag/",
        "rds:es-tag/",
        "kms:ResourceAliases",
        // What exists is not being made.
        "ec2:CreateAction",
        "ecs:CreateAction",
        "elasticloadbalancing:CreateAction",
        // Tags of AWS's own nobody can give.
        "aws:RequestTag/aws:",
    ];
    if !brings_tags(action) {
        absent.extend(["aws:RequestTag/", "aws:TagKeys"]);
    }
    let mut context = looks_at(thing, kind);
    if thing.kind.is_empty() && kind.name == "secret" {
        // That a service asks in the caller's name is nothing to choose: RDS tags the secret that it has just made.
        context.set("aws:ViaAWSService", ["false"]);
    }
    context.open_but(absent)
}

/// The actions of a role that matter here, by service.
type ByService<'a> = BTreeMap<&'a str, Vec<(&'a str, &'static Action)>>;

/// What a role can do to another environment.
fn reaches(role: &Principal, other: &World, of: Other) -> Vec<(Reach, String)> {
    let mut by_service = ByService::new();
    for name in role.identity.actions() {
        let Some((service, action)) = iam::action(name) else {
            continue;
        };
        if matters(name, action) {
            by_service.entry(service.prefix).or_default().push((name, action));
        }
    }
    let reach = |service: &str, action: &Action, on: &str| Reach {
        role: role.short(),
        action: format!("{service}:{}", action.name),
        on: on.to_owned(),
        of,
    };
    let mut found = on_things(role, other, &by_service, &reach);
    for (name, why) in PLACES
        .iter()
        .filter(|(name, _)| role.identity.actions().any(|action| action.eq_ignore_ascii_case(name)))
    {
        let (service, action) = iam::action(name).unwrap();
        found.push((reach(service.prefix, action, "network"), (*why).to_owned()));
    }
    found.extend(on_anything(role, &by_service, &reach));
    found
}

/// What it can do to the things of it.
fn on_things(
    role: &Principal,
    other: &World,
    by_service: &ByService<'_>,
    reach: &impl Fn(&str, &Action, &str) -> Reach,
) -> Vec<(Reach, String)> {
    let mut found = Vec::new();
    for thing in &other.things {
        let of_kinds = thing.kinds.iter().flat_map(|(service, kind)| {
            let actions = by_service.get(service).into_iter().flatten();
            actions.map(move |(name, action)| (*service, *kind, *name, *action))
        });
        for (service, kind, name, action) in of_kinds {
            if !takes(action, kind) || MAKES.contains(&(name, kind.name.as_str())) {
                continue;
            }
            let context = context(thing, kind, action);
            let allows = |arn: &String| {
                role.allows(Request {
                    action: name,
                    resource: arn,
                    context: &context,
                })
            };
            if let Some(statement) = thing.arns().iter().find_map(allows) {
                let why = format!("{} ({}) by {}", thing.label, thing.arn, says(statement));
                found.push((reach(service, action, &kind.name), why));
            }
        }
    }
    found
}

/// What it can do by actions that are about no resource.
fn on_anything(
    role: &Principal,
    by_service: &ByService<'_>,
    reach: &impl Fn(&str, &Action, &str) -> Reach,
) -> Vec<(Reach, String)> {
    let mut found = Vec::new();
    let context = Context::default().with("aws:RequestedRegion", [REGION]).open_but([]);
    for (service, actions) in by_service {
        for (name, action) in actions.iter().filter(|(_, action)| action.resources.is_empty()) {
            let statement = role.allows(Request {
                action: name,
                resource: "*",
                context: &context,
            });
            if let Some(statement) = statement.filter(|_| !MAKES.contains(&(name, "*"))) {
                found.push((reach(service, action, "*"), format!("anything by {}", says(statement))));
            }
        }
    }
    found
}

/// All that roles of one environment can do to another, with an example of each.
static ALL: LazyLock<BTreeMap<Reach, String>> = LazyLock::new(all);

fn all() -> BTreeMap<Reach, String> {
    let mut all = BTreeMap::new();
    for (index, world) in LATER.iter().enumerate() {
        for (_, other) in LATER.iter().enumerate().filter(|(at, _)| *at != index) {
            let of = if world.system == other.system {
                Other::Environment
            } else {
                Other::System
            };
            for role in &world.principals {
                for (reach, why) in reaches(role, other, of) {
                    all.entry(reach).or_insert_with(|| format!("{}: {why}", world.label));
                }
            }
        }
    }
    all
}

/// What places something of one's own where a parameter says, which IAM does not look at: not at whose network it is.
const PLACES: &[(&str, &str)] = &[
    (
        "ecs:CreateService",
        "tasks in any subnet and security group, behind any target group",
    ),
    ("ecs:RunTask", "tasks in any subnet and security group"),
    (
        "ecs:UpdateService",
        "tasks in any subnet and security group, behind any target group",
    ),
    (
        "elasticloadbalancing:CreateLoadBalancer",
        "a balancer in any subnet and security group",
    ),
    (
        "elasticloadbalancing:SetSecurityGroups",
        "a balancer with any security group",
    ),
    ("elasticloadbalancing:SetSubnets", "a balancer in any subnet"),
    ("rds:CreateDBInstance", "a database with any security group"),
    ("rds:ModifyDBInstance", "a database with any security group"),
];

/// The entry of the list that allows a reach: what holds for other systems holds for other environments.
fn allowed(reach: &Reach) -> Option<usize> {
    let fits = |(action, on, of, _): &&(&str, &str, Other, &str)| {
        *action == reach.action && *on == reach.on && reach.of <= *of
    };
    ALLOWED.iter().position(|entry| fits(&entry))
}

#[test]
fn no_role_reaches_what_another_environment_has() {
    let found = ALL.iter().filter(|(reach, _)| allowed(reach).is_none());
    let lines = found.map(|(reach, why)| (reach.to_string(), why.clone())).collect();
    known::held(include_str!("known/apart.txt"), "known/apart.txt", &lines);
}

#[test]
fn what_is_allowed_to_reach_others_is_what_does() {
    let used: BTreeSet<usize> = ALL.keys().filter_map(allowed).collect();
    let unused = ALLOWED.iter().enumerate().filter(|(index, _)| !used.contains(index));
    let unused: Vec<_> = unused.map(|(_, entry)| entry).collect();
    assert!(unused.is_empty(), "nothing needs these any more: {unused:?}");
}

/// A reader of the pages knows of each.
#[test]
fn what_is_allowed_to_reach_others_is_told() {
    let pages: String = super::sites::unbound().collect();
    let told = |action: &str| pages.contains(&format!("`{action}`"));
    let untold: Vec<_> = ALLOWED
        .iter()
        .map(|(action, ..)| *action)
        .filter(|action| !told(action))
        .collect();
    assert_eq!(untold, Vec::<&str>::new());
}
