//! Grants on resources whose names do not say whose they are, bound to one environment by tags and aliases.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::memo::{Making, Things};
use super::scope::{self, Scope, VIA_SERVICE};
use super::tagged::{is_launched, is_tagged, tags_on_create};
use super::things as shapes;
use super::world::World;
use super::{Condition, Grant, pattern};
use crate::schema::iam::{self, Action, Level, ResourceKind, Service};
use crate::schema::{self, Handler};
use crate::template::Operator;

/// Conditions that all must hold.
type All = BTreeSet<Condition>;

/// A grant bound to an environment: several where different actions or resources need different conditions, or where
/// one of several conditions is enough. What IAM cannot bind stays as it is: see [`super::unbound`].
pub(super) fn bind(world: &World<'_>, scope: &Scope, grant: &Grant) -> Vec<Grant> {
    let mut bound = Vec::new();
    for action in &grant.actions {
        let mut by_ways: BTreeMap<Vec<All>, BTreeSet<String>> = BTreeMap::new();
        for resource in &grant.resources {
            let ways = ways(world, scope, grant, action, resource);
            by_ways.entry(ways).or_default().insert(resource.clone());
        }
        for (ways, resources) in by_ways {
            bound.extend(ways.into_iter().map(|way| {
                let mut one = Grant {
                    actions: BTreeSet::from([action.clone()]),
                    resources: resources.clone(),
                    conditions: grant.conditions.clone(),
                    needed_by: grant.needed_by.clone(),
                    reasons: grant.reasons.clone(),
                };
                one.conditions.extend(way);
                one
            }));
        }
    }
    bound
}

/// The conditions under which an action on a resource is this environment's: one of them must hold. The empty one where
/// its name says it, or where nothing can.
fn ways(world: &World<'_>, scope: &Scope, grant: &Grant, action: &str, resource: &str) -> Vec<All> {
    let unbound = vec![All::new()];
    let Some((service, known)) = iam::action(action) else {
        return unbound;
    };
    if resource == "*" {
        return anywhere(scope, grant, known);
    }
    let kind = scope::kind(service, known, resource);
    if scope.names(resource, kind) || grant.conditions.iter().any(|condition| scope.is_of_cluster(condition)) {
        return unbound;
    }
    if resource == shapes::arn(shapes::DATABASE_SECRET) {
        return vec![of_databases(world, known)];
    }
    let Some(kind) = kind.filter(|kind| !is_said(scope, grant, known, kind, resource)) else {
        return unbound;
    };
    let asked = Asked { service, known, kind };
    let managed = grant.needed_by.iter().any(|by| by.starts_with("AWS::KMS::"));
    if asked.name() == "kms:key"
        && !managed
        && let Some(alias) = of_aliases(world)
    {
        return vec![alias];
    }
    let takes_tags = kind.conditions.iter().any(|key| key.starts_with("aws:ResourceTag/"));
    let things = things(world, scope, &asked.name());
    // Of types that are known by their schemas alone nobody knows the names.
    let known = world.arns_of_kind(&asked.name());
    let is_ours = known.is_empty() || known.iter().any(|arn| pattern::like(arn, resource));
    if !takes_tags || !things.are_tagged || !is_ours {
        return unbound;
    }
    let ours: All = scope.tagged("aws:ResourceTag").into_iter().collect();
    match asked.does(&things) {
        Does::Makes => vec![scope.tagged_if_at_all("aws:RequestTag").into_iter().collect()],
        Does::Tags if things.are_launched => vec![launched(scope), ours],
        Does::Tags => vec![new(scope, &asked), ours],
        Does::MakesOrTouches => vec![scope.tagged_if_at_all("aws:ResourceTag").into_iter().collect()],
        Does::Touches => [ours].into_iter().chain(of_cluster(world, &asked)).collect(),
    }
}

/// That a key has one of the environment's aliases, if there are any.
fn of_aliases(world: &World<'_>) -> Option<All> {
    let aliases = world.arns_of_kind("kms:alias");
    let names = aliases.iter().filter_map(|arn| Some(scope::split(arn)?.1.to_owned()));
    let names = Condition::new(Operator::ForAnyValueStringEquals, ALIASES, names);
    (!aliases.is_empty()).then(|| All::from([names]))
}

/// That what gets our tags is just being run. What is launched has no tags by another way, and what a service made has
/// none at all.
fn launched(scope: &Scope) -> All {
    let run = Condition::new(Operator::StringEquals, "ec2:CreateAction", ["RunInstances"]);
    scope.tagged("aws:RequestTag").into_iter().chain([run]).collect()
}

/// Whether a grant says itself whose things it is for. One that tags says it only where what it tags is just being made.
fn is_said(scope: &Scope, grant: &Grant, action: &Action, kind: &ResourceKind, resource: &str) -> bool {
    let of_new = |condition: &Condition| condition.key.ends_with(":CreateAction");
    let may = action.level != Some(Level::Tagging) || grant.conditions.iter().any(of_new);
    may && scope.holds_kind(grant, Some(kind), resource)
}

/// The security group that EKS makes for a cluster, which has its tags and none of ours
/// (<https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html>).
fn of_cluster(world: &World<'_>, asked: &Asked<'_>) -> Option<All> {
    let clusters = world.arns_of_kind("eks:cluster");
    let names = clusters.iter().filter_map(|arn| Some(arn.rsplit_once('/')?.1));
    let condition = Condition::new(Operator::StringEquals, "aws:ResourceTag/aws:eks:cluster-name", names);
    (asked.name() == "ec2:security-group" && !condition.values.is_empty()).then(|| All::from([condition]))
}

/// That what gets our tags is nobody's yet. `CloudFormation` gives some things their tags in a call of its own, right
/// after it has made them, whatever their schemas say (its coverage roadmap, issue 714); so it is not asked whether
/// the thing is just being made, but whether it has the tags of somebody else. A key that is used has an alias, a secret
/// that a service keeps has that service's tag, and what EKS or a cluster made, such as a security group, has the cluster's.
fn new(scope: &Scope, asked: &Asked<'_>) -> All {
    let unused: &[&str] = match asked.name().as_str() {
        "kms:key" => &[ALIASES],
        name if name.starts_with("ec2:") => &OF_CLUSTERS,
        "secretsmanager:secret" => &[KEPT_BY],
        _ => &[],
    };
    let unused = unused.iter().map(|key| Condition::new(Operator::Null, key, ["true"]));
    let tags = scope
        .tagged("aws:RequestTag")
        .into_iter()
        .chain(scope.tagged_if_at_all("aws:ResourceTag"));
    tags.chain(unused).collect()
}

/// The service that keeps a secret (AWS Secrets Manager user guide, "Secrets managed by other services").
const KEPT_BY: &str = "aws:ResourceTag/aws:secretsmanager:owningService";

/// The cluster of something, as EKS says it and as what runs in a cluster does (Amazon EKS user guide, "View Amazon EKS
/// security group requirements for clusters"; AWS managed policy reference, `AmazonEKSLoadBalancingPolicy`).
const OF_CLUSTERS: [&str; 2] = [
    "aws:ResourceTag/aws:eks:cluster-name",
    "aws:ResourceTag/eks:eks-cluster-name",
];

/// The aliases of a key (AWS KMS developer guide, "AWS KMS condition keys").
const ALIASES: &str = "kms:ResourceAliases";

/// What takes no resource but knows the tags of what it makes, as `kms:CreateKey` does, makes only this environment's.
fn anywhere(scope: &Scope, grant: &Grant, action: &Action) -> Vec<All> {
    let knows = action.conditions.iter().any(|key| key.starts_with("aws:RequestTag/"));
    let tags = grant.needed_by.iter().any(|kind| tags_on_create(kind));
    let makes = action.level != Some(Level::Tagging) && is_creating(&action.name);
    if knows && tags && makes {
        return vec![scope.tagged("aws:RequestTag").into_iter().collect()];
    }
    vec![All::new()]
}

/// The secrets that RDS keeps for databases. RDS makes them on behalf of whoever makes the database; they carry the
/// database's ARN in a tag that nobody else can set (Amazon RDS user guide, "Password management with Amazon RDS").
fn of_databases(world: &World<'_>, action: &Action) -> All {
    if action.level == Some(Level::Tagging) || is_creating(&action.name) {
        return All::from([Condition::new(Operator::Bool, VIA_SERVICE, ["true"])]);
    }
    let owners = [
        ("rds:db", "primaryDBInstanceArn"),
        ("rds:cluster", "primaryDBClusterArn"),
    ];
    let owner = |(kind, tag): (&str, &str)| {
        let arns = world.arns_of_kind(kind);
        let condition = || {
            Condition::new(
                Operator::StringEquals,
                &format!("aws:ResourceTag/aws:rds:{tag}"),
                arns.clone(),
            )
        };
        (!arns.is_empty()).then(condition)
    };
    owners.into_iter().find_map(owner).into_iter().collect()
}

/// An action on a kind of resource.
struct Asked<'a> {
    service: &'a Service,
    known: &'a Action,
    kind: &'a ResourceKind,
}

/// What an action does to a resource.
enum Does {
    /// It makes it.
    Makes,
    /// It makes it, or changes what is there: what is not there yet has no tags.
    MakesOrTouches,
    /// It gives it tags.
    Tags,
    /// It does something else to what is there.
    Touches,
}

impl Asked<'_> {
    fn name(&self) -> String {
        format!("{}:{}", self.service.prefix, self.kind.name.to_ascii_lowercase())
    }

    fn does(&self, things: &Things) -> Does {
        let Action {
            name,
            level,
            conditions,
            ..
        } = self.known;
        let mut known = conditions.iter().chain(&self.kind.conditions);
        if !known.any(|key| key.starts_with("aws:RequestTag/")) {
            return Does::Touches;
        }
        if *level == Some(Level::Tagging) {
            let takes_away = ["Untag", "Delete", "Remove"].iter().any(|verb| name.starts_with(verb));
            return if takes_away { Does::Touches } else { Does::Tags };
        }
        match things.makers.get(name.as_str()) {
            Some(Making::Only) => Does::Makes,
            Some(Making::Also) => Does::MakesOrTouches,
            None => Does::Touches,
        }
    }
}

fn things(world: &World<'_>, scope: &Scope, kind: &str) -> Rc<Things> {
    if let Some(known) = world.things.borrow().get(kind) {
        return Rc::clone(known);
    }
    let things = Rc::new(Things {
        are_launched: is_launched(world, kind),
        are_tagged: is_tagged(world, scope, kind),
        makers: makers(world, kind),
    });
    world.things.borrow_mut().insert(kind.to_owned(), Rc::clone(&things));
    things
}

/// The actions that make things of a kind, without their service: those that the handler calls that creates resources of
/// a type, and that say so by their name.
fn makers(world: &World<'_>, kind: &str) -> BTreeMap<&'static str, Making> {
    let types: BTreeSet<&str> = world.items_of_kind(kind).map(|item| item.kind).collect();
    let service = kind.split_once(':').map_or(kind, |(service, _)| service);
    let mut makers = BTreeMap::new();
    for schema in types.into_iter().filter_map(schema::resource) {
        let later: BTreeSet<&str> = [Handler::Read, Handler::Update, Handler::Delete]
            .into_iter()
            .flat_map(|handler| schema.permissions(handler))
            .collect();
        for action in schema.permissions(Handler::Create) {
            let Some((of, known)) = iam::action(action) else {
                continue;
            };
            if of.prefix == service && is_creating(&known.name) {
                // What is run is always new.
                let making = if later.contains(action) && !known.name.starts_with("Run") {
                    Making::Also
                } else {
                    Making::Only
                };
                makers.insert(known.name.as_str(), making);
            }
        }
    }
    makers
}

fn is_creating(name: &str) -> bool {
    let verbs = [
        "Create", "Allocate", "Register", "Request", "Run", "Copy", "Restore", "Import",
    ];
    verbs.iter().any(|verb| name.starts_with(verb))
}
