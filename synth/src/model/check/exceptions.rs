//! What types could not refuse about waivers and overrides. One that matches nothing would be forgotten silently.

use serde_json::Value as Json;

use super::super::{Addition, Change, Egress, Name, Override, Stack, System};
use super::Here;
use crate::schema::{self, nearest, secret};

impl System {
    pub(super) fn check_exceptions(&self, here: &mut Here<'_>) {
        for waiver in &self.waivers {
            self.check_stack("Waiver.stack", waiver.stack, here);
            here.sentence("Waiver.reason", &waiver.reason);
        }
        for (environment, stack, change) in &self.overrides {
            here.sentence("Override.reason", &change.reason);
            self.check_place("System.overrides", (environment.as_ref(), *stack), here);
            self.check_rights(environment.as_ref(), change, here);
            check_credentials("Override.change", &change.resource, &change.change.value(), here);
        }
        for (environment, stack, addition) in &self.additions {
            here.sentence("Addition.reason", &addition.reason);
            self.check_place("System.additions", (environment.as_ref(), *stack), here);
            check_addition(addition, here);
            check_credentials("Addition.properties", &addition.id, &addition.properties, here);
        }
    }

    /// A system without a database has no stack for one.
    fn check_stack(&self, field: &'static str, stack: Stack, here: &mut Here<'_>) {
        let all = self.stacks();
        if !all.contains(&stack) {
            let names: Vec<&str> = all.into_iter().map(Stack::name).collect();
            let help = format!("use one of {}", names.join(", "));
            here.refuse(field, &stack, "is not a stack of this system", &help);
        }
    }

    /// Where a user departs from the model.
    fn check_place(&self, field: &'static str, (environment, stack): (Option<&Name>, Stack), here: &mut Here<'_>) {
        self.check_stack(field, stack, here);
        if let Some(name) = environment
            && !self.environments.iter().any(|environment| environment.name == *name)
        {
            let names: Vec<_> = self.environments.iter().map(|one| one.name.as_str()).collect();
            let help = format!("use one of {}, or none for all", names.join(", "));
            here.at(name.place())
                .refuse(field, name, "is not an environment", &help);
        }
    }

    /// Who opens a shell in a container needs one that can write, and a way to the service that carries the shell
    /// (Amazon ECS developer guide, "Using ECS Exec": the agent writes into the root file system).
    fn check_rights(&self, environment: Option<&Name>, change: &Override, here: &mut Here<'_>) {
        let opens =
            matches!(&change.change, Change::Set(path, value) if path == "EnableExecuteCommand" && *value == true);
        if !opens {
            return;
        }
        let field = "Override.change";
        let writes = |(other, _, change): &(Option<Name>, Stack, Override)| {
            let is_there = other.is_none() || other.as_ref() == environment;
            let path = "ContainerDefinitions.0.ReadonlyRootFilesystem";
            is_there && matches!(&change.change, Change::Set(at, value) if at == path && *value == false)
        };
        if !self.overrides.iter().any(writes) {
            let help = "override `ContainerDefinitions.0.ReadonlyRootFilesystem` of `TaskDefinition` with false, too";
            here.refuse(field, "EnableExecuteCommand", "needs a container that can write", help);
        }
        let closed = self
            .environments
            .iter()
            .find(|one| one.network().egress == Egress::Endpoints && environment.is_none_or(|name| *name == one.name));
        if let Some(closed) = closed {
            let help = "use a NAT gateway there";
            here.at(closed.name.place())
                .refuse(field, "EnableExecuteCommand", "finds no way out of the network", help);
        }
    }
}

/// What of a resource of a user's own can be told without the others.
fn check_addition(addition: &Addition, here: &mut Here<'_>) {
    let Addition { id, kind, .. } = addition;
    let is_pascal = id.starts_with(|c: char| c.is_ascii_uppercase()) && id.chars().all(|c| c.is_ascii_alphanumeric());
    if !is_pascal || id.len() > 255 {
        let help = "use letters and digits, the first a capital: `JobsQueue`";
        here.refuse("Addition.id", id, "is not a logical id", help);
    }
    let Some(schema) = schema::resource(kind) else {
        let near = nearest(kind, schema::types()).map(|near| format!("write `{near}`"));
        let help = near.unwrap_or_else(|| "give one such as `AWS::SQS::Queue`".to_owned());
        here.refuse("Addition.kind", kind, "is not a type that AWS has", &help);
        return;
    };
    let Some(properties) = addition.properties.as_object() else {
        let saw = addition.properties.to_string();
        here.refuse(
            "Addition.properties",
            &saw,
            "is not an object",
            "give properties by their names",
        );
        return;
    };
    for name in properties.keys().filter(|name| schema.root().property(name).is_none()) {
        let near = schema
            .root()
            .nearest_property(name)
            .map(|near| format!("write `{near}`"));
        let help = near.unwrap_or_else(|| format!("leave it out: `{kind}` has none of that name"));
        here.refuse("Addition.properties", name, "is not a property of the type", &help);
    }
}

/// What stands in a template is in the repository, and whoever may look at a stack sees it.
fn check_credentials(field: &'static str, of: &str, value: &Json, here: &mut Here<'_>) {
    let found = match value {
        Json::String(text) => secret::is_credential(text) && !text.starts_with("{{resolve:"),
        Json::Array(items) => return items.iter().for_each(|item| check_credentials(field, of, item, here)),
        Json::Object(map) => return map.values().for_each(|item| check_credentials(field, of, item, here)),
        _ => false,
    };
    if found {
        let help = "keep it in Secrets Manager, and refer to it";
        here.refuse(field, of, "has a value that looks like a credential", help);
    }
}
