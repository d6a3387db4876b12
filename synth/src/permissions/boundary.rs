//! The most that the roles of templates may do.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::bind::bind;
use super::item::{self, Item};
use super::world::World;
use super::{Condition, Error, Grant, Scope, cluster, execution, managed, merge, roles};
use crate::read::template::json;
use crate::template::{Operator, Stack};

/// What the roles in the stacks that have a boundary are allowed, all together and nothing more: the policy of that
/// boundary. `boundary` is its ARN as `Fn::Sub` takes it; without one, all roles are meant.
///
/// It looks at what their own policies allow, at the policies of AWS that they name, and at the policies of the
/// templates that are attached to roles. Something that is known only after the deployment, such as the id of a key,
/// is a `*` here.
///
/// # Errors
///
/// [`Error::Statement`] for a policy that is not known, or that says what it means by exception (`NotAction`).
pub fn boundary<'a>(
    stacks: impl IntoIterator<Item = &'a Stack>,
    scope: &Scope,
    boundary: Option<&str>,
) -> Result<Vec<Grant>, Error> {
    let world = World::new(stacks);
    let mut grants = Vec::new();
    for item in world.items() {
        let is_meant =
            |role: Item<'a>| boundary.is_none_or(|arn| roles::within(&world, role).is_none_or(|own| own == arn));
        match item.kind {
            "AWS::IAM::Role" if is_meant(item) => grants.extend(of_role(&world, item)?),
            "AWS::IAM::ManagedPolicy" | "AWS::IAM::Policy" | "AWS::IAM::RolePolicy" => {
                let named = ["Roles", "RoleName"].into_iter().flat_map(|path| item.all(path));
                let roles = named
                    .flat_map(json::values)
                    .map(|role| world.target(item.stack, role, 0));
                let roles: Vec<_> = roles.collect();
                // One that names no role is attached by those that name it.
                let is_of_others =
                    |role: &Option<(Item<'a>, _)>| role.as_ref().is_some_and(|(role, _)| !is_meant(*role));
                if roles.is_empty() || !roles.iter().all(is_of_others) {
                    for document in item.all("PolicyDocument") {
                        grants.extend(document_grants(&world, item, document)?);
                    }
                }
            }
            _ => {}
        }
    }
    let bound = grants.iter().flat_map(|grant| bind(&world, scope, grant));
    Ok(merge(joined(merge(bound))))
}

/// Grants on what has the same tags, in one: nothing is gained by saying what kind of thing it is, and a boundary has to fit
/// into one policy.
fn joined(grants: Vec<Grant>) -> Vec<Grant> {
    let mut under: BTreeMap<BTreeSet<Condition>, usize> = BTreeMap::new();
    for grant in &grants {
        *under.entry(grant.conditions.clone()).or_default() += 1;
    }
    let of_tags = |grant: &Grant| {
        let mut conditions = grant.conditions.iter();
        conditions.all(|condition| {
            condition.operator == Operator::StringEquals && condition.key.starts_with("aws:ResourceTag/")
        })
    };
    let join = |grant: Grant| {
        if grant.conditions.is_empty() || under[&grant.conditions] < 2 || !of_tags(&grant) {
            return grant;
        }
        Grant {
            resources: BTreeSet::from(["*".to_owned()]),
            ..grant.because("its tags say whose it is")
        }
    };
    grants.into_iter().map(join).collect()
}

fn of_role<'a>(world: &World<'a>, item: Item<'a>) -> Result<Vec<Grant>, Error> {
    let mut grants = Vec::new();
    for document in item.all("Policies.PolicyDocument") {
        grants.extend(document_grants(world, item, document)?);
    }
    let clusters = cluster::of(world, item);
    for policy in item.all("ManagedPolicyArns").into_iter().flat_map(json::values) {
        grants.extend(attached(world, item, policy, !clusters.is_empty())?);
    }
    for cluster in clusters {
        let own = cluster::grants(world, &cluster).into_iter();
        grants.extend(own.map(|grant| ours(world, grant).needed_by(by(item))));
    }
    Ok(grants)
}

/// What a policy that a role names allows. One of the templates is looked at where it stands, those of AWS's for clusters by
/// what a cluster does.
fn attached<'a>(world: &World<'a>, item: Item<'a>, policy: &'a Json, is_of_cluster: bool) -> Result<Vec<Grant>, Error> {
    if world.target(item.stack, policy, 0).is_some() {
        return Ok(Vec::new());
    }
    let mut grants = Vec::new();
    for arn in world.texts(item.stack, policy) {
        let name = arn.rsplit('/').next().unwrap_or(&arn);
        if is_of_cluster && cluster::has(name) {
            continue;
        }
        let known = managed::grants(name).filter(|_| arn.contains(":iam::aws:policy/"));
        let Some(known) = known else {
            return Err(problem(
                item,
                format!("what the managed policy `{arn}` allows is not known"),
            ));
        };
        grants.extend(known.into_iter().map(|grant| ours(world, grant).needed_by(by(item))));
    }
    Ok(grants)
}

/// AWS's policies pass any role; those of the templates that trust the service are enough.
fn ours(world: &World<'_>, grant: Grant) -> Grant {
    let passes = grant.actions.iter().all(|action| action == "iam:PassRole");
    let services = grant.conditions.iter().flat_map(|condition| &condition.values);
    let roles: BTreeSet<String> = services.flat_map(|service| roles::trusting(world, service)).collect();
    if passes && !roles.is_empty() {
        return Grant {
            resources: roles,
            ..grant
        };
    }
    grant
}

fn document_grants<'a>(world: &World<'a>, item: Item<'a>, document: &'a Json) -> Result<Vec<Grant>, Error> {
    let statements = json::values(document)
        .into_iter()
        .filter_map(|document| document.get("Statement"))
        .flat_map(json::values);
    let mut grants = Vec::new();
    for statement in statements.filter(|statement| statement.get("Effect").is_none_or(|effect| effect != "Deny")) {
        let texts = |key: &str| -> BTreeSet<String> {
            let values = statement.get(key).into_iter().flat_map(json::values);
            values.flat_map(|value| world.texts(item.stack, value)).collect()
        };
        if let Some(exception) = ["NotAction", "NotResource"]
            .into_iter()
            .find(|key| statement.get(key).is_some())
        {
            return Err(problem(item, format!("a statement has `{exception}`")));
        }
        let actions: BTreeSet<String> = texts("Action")
            .iter()
            .flat_map(|action| execution::spelled(action))
            .collect();
        if actions.is_empty() {
            return Err(problem(item, "IAM knows none of the actions of a statement".to_owned()));
        }
        let resources = texts("Resource");
        let anywhere = resources
            .contains("*")
            .then(|| format!("the policy of `{}` has it so", item.id));
        let grant = Grant {
            reasons: anywhere.into_iter().collect(),
            ..Grant::new(actions, resources)
        };
        let grant = grant.needed_by(by(item));
        let conditions = conditions(world, item, statement)?;
        grants.push(Grant { conditions, ..grant });
    }
    Ok(grants)
}

fn conditions<'a>(world: &World<'a>, item: Item<'a>, statement: &'a Json) -> Result<BTreeSet<Condition>, Error> {
    let mut found: BTreeMap<(Operator, &str), BTreeSet<String>> = BTreeMap::new();
    for (name, keys) in statement
        .get("Condition")
        .and_then(Json::as_object)
        .into_iter()
        .flatten()
    {
        let Some(operator) = OPERATORS.into_iter().find(|operator| operator.name() == name) else {
            return Err(problem(
                item,
                format!("a condition compares with `{name}`, which is not known here"),
            ));
        };
        for (key, values) in keys.as_object().into_iter().flatten() {
            let values = json::values(values)
                .into_iter()
                .flat_map(|value| world.texts(item.stack, value));
            found.entry((operator, key.as_str())).or_default().extend(values);
        }
    }
    // What is not known yet has a `*`, which only some operators understand.
    let looser = |operator: Operator, values: &BTreeSet<String>| match operator {
        Operator::StringEquals if values.iter().any(|value| value.contains('*')) => Operator::StringLike,
        other => other,
    };
    let conditions = found
        .into_iter()
        .map(|((operator, key), values)| Condition::new(looser(operator, &values), key, values));
    Ok(conditions.collect())
}

const OPERATORS: [Operator; 12] = [
    Operator::StringEquals,
    Operator::StringEqualsIfExists,
    Operator::StringNotEquals,
    Operator::StringLike,
    Operator::ArnLike,
    Operator::ArnEquals,
    Operator::ArnNotEquals,
    Operator::Bool,
    Operator::Null,
    Operator::NumericLessThan,
    Operator::ForAnyValueStringEquals,
    Operator::ForAllValuesStringEquals,
];

/// Whose policy needs it, such as `TaskRole`.
fn by(item: Item<'_>) -> String {
    item.id.to_owned()
}

fn problem(item: Item<'_>, problem: String) -> Error {
    Error::Statement {
        place: item::place(item),
        problem,
    }
}
