//! Templates that refer to each other, linked: what one stack takes from another becomes an export there and an
//! import here, and the order of deployment follows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json, json};

use super::render::{Import, Renderer, export_name, output_name};
use super::{Error, StackName, Template};

/// A template that is ready to be written.
#[derive(Clone, Debug)]
pub struct Stack {
    /// The name of the stack.
    pub name: StackName,
    /// The template as JSON, its keys in reading order.
    pub template: Json,
    /// The stacks from which it imports.
    pub depends_on: Vec<StackName>,
}

/// Links templates.
///
/// The stacks come back in the order of deployment: each after those that it imports from, else in the order given.
///
/// # Errors
///
/// [`Error::UnknownStack`], [`Error::Circle`], and what a wrong override gives.
pub fn link(templates: &[Template]) -> Result<Vec<Stack>, Error> {
    let known: BTreeMap<&StackName, &Template> = templates.iter().map(|template| (&template.stack, template)).collect();
    let mut bodies = Vec::new();
    let mut exports: BTreeMap<StackName, BTreeSet<Import>> = BTreeMap::new();
    for template in templates {
        let mut renderer = Renderer {
            stack: &template.stack,
            imports: Vec::new(),
        };
        let body = renderer.template(template)?;
        let outputs = renderer.outputs(template);
        for import in &renderer.imports {
            let target = known
                .get(&import.0)
                .filter(|target| target.known.contains_key(&import.1));
            if target.is_none() {
                return Err(Error::UnknownStack {
                    stack: template.stack.to_string(),
                    target: import.0.to_string(),
                    id: import.1.to_string(),
                });
            }
            exports.entry(import.0.clone()).or_default().insert(import.clone());
        }
        let depends_on: BTreeSet<StackName> = renderer.imports.into_iter().map(|(stack, ..)| stack).collect();
        bodies.push((template, body, outputs, depends_on));
    }
    let mut stacks = Vec::new();
    for (template, mut body, mut outputs, depends_on) in bodies {
        outputs.extend(exported(template, exports.remove(&template.stack).unwrap_or_default()));
        if !outputs.is_empty() {
            body.insert("Outputs".into(), Json::Object(outputs));
        }
        let depends_on = depends_on.into_iter().collect();
        stacks.push(Stack {
            name: template.stack.clone(),
            template: Json::Object(body),
            depends_on,
        });
    }
    in_order(stacks)
}

/// The outputs through which other stacks reach into this one, in the order in which the resources stand.
fn exported(template: &Template, exports: BTreeSet<Import>) -> Map<String, Json> {
    let mut exports: Vec<_> = exports.into_iter().collect();
    exports.sort_by_key(|(_, id, attribute)| (template.known.get(id).copied(), *attribute));
    let outputs = exports.into_iter().map(|(stack, id, attribute)| {
        let value = match attribute {
            None => json!({ "Ref": id.as_str() }),
            Some(attribute) => json!({ "Fn::GetAtt": [id.as_str(), attribute] }),
        };
        let name = export_name(&stack, &id, attribute);
        (
            output_name(&id, attribute),
            json!({ "Value": value, "Export": { "Name": name } }),
        )
    });
    outputs.collect()
}

fn in_order(mut waiting: Vec<Stack>) -> Result<Vec<Stack>, Error> {
    let mut done: Vec<Stack> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let ready = |stack: &Stack| {
            stack
                .depends_on
                .iter()
                .all(|need| done.iter().any(|stack| stack.name == *need))
        };
        match waiting.iter().position(ready) {
            Some(index) => done.push(waiting.remove(index)),
            None => {
                return Err(Error::Circle {
                    circle: circle(&waiting),
                });
            }
        }
    }
    Ok(done)
}

/// The names along one circle among stacks of which each waits for another.
fn circle(waiting: &[Stack]) -> Vec<String> {
    let mut path: Vec<String> = Vec::new();
    let mut next = waiting.first();
    while let Some(stack) = next {
        if let Some(start) = path.iter().position(|name| name == stack.name.as_str()) {
            path.push(stack.name.to_string());
            return path.split_off(start);
        }
        path.push(stack.name.to_string());
        next = waiting.iter().find(|other| stack.depends_on.contains(&other.name));
    }
    path
}
