//! Which things have the tags of an environment from the beginning.

use serde_json::Value as Json;

use super::Scope;
use super::item::Item;
use super::world::World;
use crate::read::template::json::values;
use crate::schema;

/// Whether resources of a type get their tags when they are made, as its schema says.
pub(super) fn tags_on_create(kind: &str) -> bool {
    schema::resource(kind)
        .and_then(schema::ResourceSchema::tags)
        .is_some_and(|tags| tags.on_create)
}

/// Whether all things of a kind have the tags of the environment from the beginning.
pub(super) fn is_tagged<'a>(world: &World<'a>, scope: &Scope, kind: &str) -> bool {
    let mut items = world.items_of_kind(kind).peekable();
    let tagged = |item: Item<'a>| match launch(world, item, kind) {
        Some((template, specifications)) => has_specified(template, (specifications, kind), scope),
        None => tags_on_create(item.kind) && has_tags(item, scope),
    };
    items.peek().is_some() && items.all(tagged)
}

/// Whether things of a kind are run from launch templates.
pub(super) fn is_launched(world: &World<'_>, kind: &str) -> bool {
    let mut items = world.items_of_kind(kind).peekable();
    items.peek().is_some() && items.all(|item| item.kind != LAUNCH_TEMPLATE && launch(world, item, kind).is_some())
}

/// The launch template that says which tags a thing gets, and where: a template tags itself, and what is launched with it.
fn launch<'a>(world: &World<'a>, item: Item<'a>, kind: &str) -> Option<(Item<'a>, &'static str)> {
    match item.kind {
        LAUNCH_TEMPLATE => Some((item, "TagSpecifications")),
        "AWS::EKS::Nodegroup" if kind.starts_with("ec2:") => {
            let (template, _) = world.target(item.stack, item.one("LaunchTemplate.Id")?, 0)?;
            let is_one = template.kind == LAUNCH_TEMPLATE;
            is_one.then_some((template, "LaunchTemplateData.TagSpecifications"))
        }
        _ => None,
    }
}

const LAUNCH_TEMPLATE: &str = "AWS::EC2::LaunchTemplate";

/// Whether a launch template gives the tags of the environment to what EC2 calls as IAM does, such as an `instance`.
fn has_specified(template: Item<'_>, (specifications, kind): (&str, &str), scope: &Scope) -> bool {
    let mut specifications = template.all(specifications).into_iter().flat_map(values);
    specifications.any(|one| {
        let of = one.get("ResourceType").and_then(Json::as_str);
        let tags: Vec<&Json> = one.get("Tags").into_iter().flat_map(values).collect();
        of.is_some_and(|of| kind.strip_prefix("ec2:") == Some(of)) && listed(&tags, scope)
    })
}

fn has_tags(item: Item<'_>, scope: &Scope) -> bool {
    let Some(property) = schema::resource(item.kind).and_then(schema::ResourceSchema::tags) else {
        return false;
    };
    let Some(tags) = item.one(property.property) else {
        return false;
    };
    let all: Vec<&Json> = item.all(property.property).into_iter().flat_map(values).collect();
    let mapped = |(key, value): &(String, String)| tags.get(key).is_some_and(|known| known == value);
    scope.tags().iter().all(mapped) || listed(&all, scope)
}

/// Whether a list of tags has all of the environment.
fn listed(tags: &[&Json], scope: &Scope) -> bool {
    scope.tags().iter().all(|(key, value)| {
        tags.iter().any(|tag| {
            tag.get("Key").is_some_and(|known| known == key) && tag.get("Value").is_some_and(|known| known == value)
        })
    })
}
