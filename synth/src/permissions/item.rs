//! Resources as they stand in templates.

use serde_json::Value as Json;

use crate::read::template::json::values;
use crate::schema::field;
use crate::template::Stack;

/// A resource in a template.
#[derive(Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) stack: &'a Stack,
    pub(super) id: &'a str,
    pub(super) kind: &'a str,
    pub(super) body: &'a Json,
}

impl<'a> Item<'a> {
    /// The resource of a logical id.
    pub(super) fn of(stack: &'a Stack, id: &str) -> Option<Item<'a>> {
        let (id, body) = stack.template.get("Resources")?.as_object()?.get_key_value(id)?;
        Some(Item {
            stack,
            id,
            kind: field(body, "Type")?.as_str()?,
            body,
        })
    }

    /// A property by a path such as `Targets.RoleArn`, through lists; every place where it stands.
    pub(super) fn all(&self, path: &str) -> Vec<&'a Json> {
        let mut places: Vec<&Json> = field(self.body, "Properties").into_iter().collect();
        for key in path.split('.') {
            places = places
                .into_iter()
                .flat_map(values)
                .filter_map(|place| field(place, key))
                .collect();
        }
        places
    }

    /// A property that is set, at the top or at a path.
    pub(super) fn one(&self, path: &str) -> Option<&'a Json> {
        self.all(path).into_iter().next()
    }
}

/// Where a resource stands, for people.
pub(super) fn place(item: Item<'_>) -> String {
    format!("{}: {}", item.stack.name, item.id)
}

pub(super) fn items(stack: &Stack) -> impl Iterator<Item = Item<'_>> {
    let resources = stack.template.get("Resources").and_then(Json::as_object);
    resources.into_iter().flatten().filter_map(move |(id, body)| {
        let kind = field(body, "Type")?.as_str()?;
        Some(Item { stack, id, kind, body })
    })
}
