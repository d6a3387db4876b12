//! What `CloudFormation` must be allowed to do to deploy templates.

use std::collections::{BTreeMap, BTreeSet};

use super::bind::bind;
use super::item::{self, Item};
use super::things;
use super::world::World;
use super::{Condition, Error, Grant, Scope, arns, merge, needs, pattern, roles, unused};
use crate::read::template::json::values;
use crate::schema::iam::{self, Level};
use crate::schema::{self, Handler, field};
use crate::template::{Operator, Stack};

/// What the execution role needs to create, read, change and delete what the stacks of an environment hold, and no
/// more; what it may do to it is bound to the environment by names, tags and aliases. `boundary` is the ARN of the permissions boundary as `Fn::Sub` takes it: without it no role is made and none
/// gets a policy.
///
/// A role that is computed from templates cannot delete what they no longer have. So what enters a template is
/// deployed after the role, and what leaves one before it.
///
/// # Errors
///
/// [`Error::UnknownType`] for a resource type whose permissions AWS does not publish.
pub fn execution<'a>(
    stacks: impl IntoIterator<Item = &'a Stack>,
    scope: &Scope,
    boundary: &str,
) -> Result<Vec<Grant>, Error> {
    let handlers = [Handler::Create, Handler::Read, Handler::Update, Handler::Delete];
    computed(stacks, &handlers, scope, boundary)
}

/// What reading the state of all resources of the stacks needs, as looking for drift does; the values of secrets are
/// not part of it.
///
/// # Errors
///
/// The same as [`execution`].
pub fn reading<'a>(stacks: impl IntoIterator<Item = &'a Stack>, scope: &Scope) -> Result<Vec<Grant>, Error> {
    computed(stacks, &[Handler::Read], scope, "")
}

fn computed<'a>(
    stacks: impl IntoIterator<Item = &'a Stack>,
    handlers: &[Handler],
    scope: &Scope,
    boundary: &str,
) -> Result<Vec<Grant>, Error> {
    let world = World::new(stacks);
    let mut by_kind: BTreeMap<&str, Vec<Item<'_>>> = BTreeMap::new();
    for item in world.items() {
        by_kind.entry(item.kind).or_default().push(item);
    }
    let changes = handlers.contains(&Handler::Create);
    let functions = world.stacks.iter().filter(|_| changes);
    let functions = functions.flat_map(|stack| needs::of_functions(stack));
    let mut grants: Vec<Grant> = functions.collect();
    for (kind, items) in by_kind {
        let mut needed: BTreeMap<&str, Vec<Item<'_>>> = BTreeMap::new();
        let listed = Listed::new(kind, handlers);
        for item in items {
            for action in listed.actions(&world, item)? {
                needed.entry(action).or_default().push(item);
            }
        }
        for (action, items) in needed {
            let spelled = spelled(action).into_iter();
            grants.extend(spelled.flat_map(|action| granted(&world, kind, &action, &items, boundary)));
        }
    }
    let grants = roles::together(grants).into_iter();
    let bound = grants.flat_map(|grant| bind(&world, scope, &grant));
    Ok(merge(bound.map(in_this_region)))
}

/// What has no resource-level permissions is allowed in the region of the stacks at the least. IAM has no regions.
fn in_this_region(grant: Grant) -> Grant {
    let global = grant.actions.iter().any(|action| action.starts_with("iam:"));
    let told = grant
        .conditions
        .iter()
        .any(|condition| !condition.key.starts_with("aws:RequestTag/"));
    if global || told || !grant.resources.contains("*") {
        return grant;
    }
    grant.only_if(Condition::new(
        Operator::StringEquals,
        "aws:RequestedRegion",
        ["${AWS::Region}"],
    ))
}

/// The actions that handling a resource of a type calls.
struct Listed {
    /// Whether those that change something are among them.
    changes: bool,
    /// All of them; nothing if AWS does not publish them.
    all: Option<BTreeSet<&'static str>>,
    /// The same for what is never deleted, so that nothing must be able to.
    kept: BTreeSet<&'static str>,
}

impl Listed {
    fn new(kind: &str, handlers: &[Handler]) -> Self {
        let changes = handlers.contains(&Handler::Create);
        let wanted = |action: &&'static str| changes || only_reads(action);
        if let Some(actions) = needs::unhandled(kind) {
            let all: BTreeSet<_> = actions.iter().copied().filter(wanted).collect();
            return Self {
                changes,
                kept: all.clone(),
                all: Some(all),
            };
        }
        let schema = schema::resource(kind).filter(|schema| schema.has_handlers());
        let of = |deletes: bool| -> Option<BTreeSet<&'static str>> {
            let schema = schema?;
            let used = handlers
                .iter()
                .filter(|handler| deletes || **handler != Handler::Delete);
            let tags = schema.tags().into_iter().flat_map(|_| schema.tag_permissions());
            let called = used.flat_map(|handler| schema.permissions(*handler)).chain(tags);
            Some(called.filter(wanted).collect())
        };
        Self {
            changes,
            all: of(true),
            kept: of(false).unwrap_or_default(),
        }
    }

    /// Those that a resource needs.
    fn actions<'a>(&self, world: &World<'a>, item: Item<'a>) -> Result<BTreeSet<&'static str>, Error> {
        let Some(all) = &self.all else {
            return Err(Error::UnknownType {
                kind: item.kind.to_owned(),
                place: item::place(item),
            });
        };
        let listed = if stays(item) { &self.kept } else { all };
        let more = needs::more(item).filter(|action| self.changes || only_reads(action));
        let needed = listed.iter().copied().chain(more);
        Ok(needed.filter(|action| unused::is_needed(world, item, action)).collect())
    }
}

/// Whether an action changes nothing and shows no secret.
fn only_reads(action: &str) -> bool {
    let shows = ["secretsmanager:GetSecretValue", "kms:Decrypt"].contains(&action);
    !shows && iam::action(action).is_some_and(|(_, action)| matches!(action.level, Some(Level::List | Level::Read)))
}

/// Whether a resource outlives its stack and its replacement. `RetainExceptOnCreate` does not count: it deletes.
fn stays(item: Item<'_>) -> bool {
    let keeps = |policy: &str| field(item.body, policy).and_then(|policy| policy.as_str()) == Some("Retain");
    keeps("DeletionPolicy") && keeps("UpdateReplacePolicy")
}

/// An action as IAM spells it. The schemas list some that IAM does not know, which are no loss, and some patterns.
pub(super) fn spelled(action: &str) -> Vec<String> {
    if let Some((prefix, pattern)) = action.split_once(':').filter(|(_, pattern)| pattern.contains('*')) {
        let service = iam::service(&prefix.to_ascii_lowercase());
        let matching = service
            .into_iter()
            .flat_map(|service| &service.actions)
            .filter(|known| pattern::like(&known.name.to_ascii_lowercase(), &pattern.to_ascii_lowercase()));
        return matching.map(|known| format!("{prefix}:{}", known.name)).collect();
    }
    let known = iam::action(action);
    let spelled = known.map(|(service, known)| {
        let cased = known.name.bytes().any(|byte| byte.is_ascii_uppercase());
        if cased {
            format!("{}:{}", service.prefix, known.name)
        } else {
            action.to_owned()
        }
    });
    spelled.into_iter().collect()
}

/// One action for the resources of a type that need it.
fn granted<'a>(world: &World<'a>, kind: &'a str, action: &str, items: &[Item<'a>], boundary: &str) -> Vec<Grant> {
    let about_roles = !kind.starts_with("AWS::IAM::");
    match action {
        "iam:PassRole" => items.iter().flat_map(|item| roles::pass(world, *item)).collect(),
        "iam:CreateServiceLinkedRole" => items.iter().flat_map(|item| roles::linked(world, *item)).collect(),
        "iam:GetRole" | "iam:ListAttachedRolePolicies" if about_roles => {
            let arns: BTreeSet<_> = items.iter().flat_map(|item| roles::handed(world, *item)).collect();
            let grant = Grant::new([action], arns).needed_by(kind);
            Some(grant)
                .filter(|grant| !grant.resources.is_empty())
                .into_iter()
                .collect()
        }
        _ if action.starts_with("kms:") && !kind.starts_with("AWS::KMS::") => keys(world, kind, action, items),
        _ if action.starts_with("secretsmanager:") && kind.starts_with("AWS::RDS::") => {
            vec![Grant::new([action], [things::arn(things::DATABASE_SECRET)]).needed_by(kind)]
        }
        _ => match needs::anywhere(kind, action) {
            Some(why) => vec![Grant::new([action], ["*"]).needed_by(kind).because(why)],
            None => on_resources(world, kind, action, items, boundary),
        },
    }
}

/// An action on keys, for resources that are encrypted with one of the customer's.
fn keys<'a>(world: &World<'a>, kind: &str, action: &str, items: &[Item<'a>]) -> Vec<Grant> {
    let mut arns = BTreeSet::new();
    for item in items {
        let properties = item
            .body
            .get("Properties")
            .into_iter()
            .flat_map(|properties| key_values(properties, false));
        for text in properties.flat_map(|value| world.texts(item.stack, value)) {
            let known = text.starts_with("arn:") && text.contains(":key/");
            arns.insert(if known { text } else { things::arn("kms:R:A:key/*") });
        }
    }
    if arns.is_empty() {
        return Vec::new();
    }
    let grant = Grant::new([action], arns).needed_by(kind);
    let condition = match action {
        "kms:CreateGrant" => Some(Condition::new(Operator::Bool, "kms:GrantIsForAWSResource", ["true"])),
        // Secrets Manager encrypts what it keeps, its own secrets and those of databases, with the caller's rights.
        "kms:Decrypt" | "kms:GenerateDataKey" if needs::keeps_secrets(kind) => {
            let service = "secretsmanager.${AWS::Region}.amazonaws.com";
            Some(Condition::new(Operator::StringEquals, "kms:ViaService", [service]))
        }
        _ => None,
    };
    let conditions = condition.into_iter().collect();
    vec![Grant { conditions, ..grant }]
}

/// The values of properties that hold keys: `KmsKeyId`, `KMSMasterKeyID`, `EncryptionKeyArn`, ….
fn key_values(json: &serde_json::Value, holds_key: bool) -> Vec<&serde_json::Value> {
    let is_key = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.contains("kmskey") || name.contains("kmsmasterkey") || name.contains("encryptionkey") || name == "keyarn"
    };
    let inside =
        values(json).into_iter().flat_map(|place| match place.as_object() {
            Some(map) if map.len() == 1 && map.keys().any(|key| key == "Ref" || key.starts_with("Fn::")) => {
                if holds_key { vec![place] } else { Vec::new() }
            }
            Some(map) => map
                .iter()
                .flat_map(|(key, value)| key_values(value, is_key(key)))
                .collect(),
            None if holds_key && place.is_string() => vec![place],
            None => Vec::new(),
        });
    inside.collect()
}

/// An action on what the resources are, or touch.
fn on_resources<'a>(world: &World<'a>, kind: &'a str, action: &str, items: &[Item<'a>], boundary: &str) -> Vec<Grant> {
    let Some((service, known)) = iam::action(action) else {
        return Vec::new();
    };
    if known.resources.is_empty() {
        return vec![Grant::new([action], ["*"]).needed_by(kind)];
    }
    let mut by_conditions: BTreeMap<BTreeSet<Condition>, Vec<Item<'a>>> = BTreeMap::new();
    for item in items {
        by_conditions
            .entry(roles::bound(world, *item, action, boundary))
            .or_default()
            .push(*item);
    }
    let grants = by_conditions.into_iter().map(|(conditions, items)| {
        let (resources, reasons) = arns::of(world, kind, service, known, &items);
        let grant = Grant::new([action], resources).needed_by(kind);
        Grant {
            conditions,
            reasons,
            ..grant
        }
    });
    grants.collect()
}
