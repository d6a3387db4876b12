//! What CloudFormation refuses of exports and imports, stack by stack.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

/// A template as it is deployed: the value of an export tells which of two resources with one id it is.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Stack {
    pub(crate) exports: BTreeMap<String, String>,
    pub(crate) imports: BTreeSet<String>,
}

/// The stacks of an account, by file.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Cloud {
    pub(crate) stacks: BTreeMap<String, Stack>,
}

impl Stack {
    /// What a template exports and imports. `replaced` are the ids of the resources that are not those of before.
    pub(crate) fn of(template: &Json, replaced: &BTreeSet<String>) -> Self {
        let mut stack = Self::default();
        let none = Map::new();
        for output in template["Outputs"].as_object().unwrap_or(&none).values() {
            let Some(name) = output["Export"]["Name"].as_str() else {
                continue;
            };
            let value = output["Value"].to_string();
            let id = output["Value"]["Ref"]
                .as_str()
                .or(output["Value"]["Fn::GetAtt"][0].as_str());
            let age = if replaced.contains(id.unwrap()) {
                "another"
            } else {
                "the same"
            };
            stack.exports.insert(name.to_owned(), format!("{value}, {age}"));
        }
        imports(template, &mut stack.imports);
        stack
    }
}

fn imports(value: &Json, found: &mut BTreeSet<String>) {
    match value {
        Json::Array(items) => items.iter().for_each(|item| imports(item, found)),
        Json::Object(map) => {
            found.extend(map.get("Fn::ImportValue").and_then(Json::as_str).map(str::to_owned));
            map.values().for_each(|value| imports(value, found));
        }
        _ => {}
    }
}

impl Cloud {
    /// The other stacks that import an export.
    pub(crate) fn importers(&self, file: &str, export: &str) -> Vec<&str> {
        let others = self.stacks.iter().filter(|(other, _)| *other != file);
        let users = others.filter(|(_, stack)| stack.imports.contains(export));
        users.map(|(file, _)| file.as_str()).collect()
    }

    /// Makes or updates a stack, or says why AWS would not.
    pub(crate) fn deploy(&mut self, file: &str, new: Stack) -> Result<(), String> {
        for name in &new.imports {
            let mut others = self.stacks.iter().filter(|(other, _)| *other != file);
            if others.all(|(_, stack)| !stack.exports.contains_key(name)) {
                return Err(format!("{file}: no export named {name} found"));
            }
        }
        let old = self.stacks.get(file).cloned().unwrap_or_default();
        for (name, value) in &old.exports {
            let users = self.importers(file, name);
            if new.exports.get(name) != Some(value) && !users.is_empty() {
                return Err(format!(
                    "{file}: export {name} cannot go or change as it is in use by {}",
                    users.join(", ")
                ));
            }
        }
        self.stacks.insert(file.to_owned(), new);
        Ok(())
    }

    /// Deletes a stack, or says why AWS would not.
    pub(crate) fn delete(&mut self, file: &str) -> Result<(), String> {
        self.deploy(file, Stack::default())?;
        self.stacks.remove(file);
        Ok(())
    }
}
