//! What a user sets and adds past the model, and the rights that it asks for.

mod elsewhere;
mod right;

use serde_json::{Value as Json, json};

use crate::model::{Addition, Change, Name, Override, Stack};
use crate::permissions;
use crate::resources::place::Place;
use crate::template::{Error, Template};
use elsewhere::named;
use right::right;

/// Puts into a stack what its user wants there.
pub(super) fn apply(place: Place<'_>, stack: Stack, template: &mut Template) -> Result<(), Error> {
    let is_here = |environment: &Option<Name>, name: Stack| {
        name == stack && environment.as_ref().is_none_or(|name| *name == place.environment.name)
    };
    let additions = place.system.additions.iter();
    for (.., addition) in additions.filter(|(environment, name, _)| is_here(environment, *name)) {
        let mut properties = named(place, &addition.properties);
        if let (Some(property), Json::Object(given)) = (permissions::anonymous(&addition.kind), &mut properties) {
            // Rights are bound to an environment by names that begin with its own.
            let name = || json!(format!("{}-{}", template.stack(), addition.id.to_lowercase()));
            given.entry(property).or_insert_with(name);
        }
        template.put(&Addition {
            properties,
            ..addition.clone()
        })?;
    }
    let overrides = place.system.overrides.iter();
    for (.., given) in overrides.filter(|(environment, name, _)| is_here(environment, *name)) {
        let change = match &given.change {
            Change::Set(path, value) => Change::Set(path.clone(), named(place, value)),
            Change::Append(path, item) => Change::Append(path.clone(), named(place, item)),
            other => other.clone(),
        };
        if let Some(right) = right((place, stack), template, given, &change)? {
            template.set(right);
        }
        template.set(Override {
            change,
            ..given.clone()
        });
    }
    Ok(())
}
