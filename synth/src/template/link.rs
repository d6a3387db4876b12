//! Templates that refer to each other, linked: what one stack takes from another becomes an export there and an
//! import here, and the order of deployment follows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json, json};

use super::render::{Import, Renderer, export_name, output_name};
use super::{Error, Move, StackName, Template};

/// A template that is ready to be written.
#[derive(Clone, Debug)]
pub struct Stack {
    /// Its place among the templates that were given, counted from 0.
    pub position: usize,
    /// The name of the stack.
    pub name: StackName,
    /// The template as JSON, its keys in reading order.
    pub template: Json,
    /// The stacks from which it imports, and those that it knows by name.
    pub depends_on: Vec<StackName>,
    /// What services of AWS change in it by themselves.
    pub moves: Vec<Move>,
}

/// Links templates.
///
/// The stacks come back in the order of deployment: each after those that it imports from, else in the order given.
///
/// # Errors
///
/// [`Error::UnknownStack`], [`Error::Circle`], and what a wrong override gives.
pub fn link(templates: &[Template]) -> Result<Vec<Stack>, Error> {
    let known = by_name(templates)?;
    let mut bodies = Vec::new();
    let mut exports: BTreeMap<StackName, BTreeSet<Import>> = BTreeMap::new();
    for template in templates {
        let mut renderer = Renderer::new(template);
        let body = renderer.template(template)?;
        let outputs = renderer.outputs(template);
        let follows = template.follows.iter().filter(|stack| known.contains_key(stack));
        let mut depends_on: BTreeSet<StackName> = follows.cloned().collect();
        for import in renderer.imports {
            is_there(&known, template, &import)?;
            depends_on.insert(import.0.clone());
            exports.entry(import.0.clone()).or_default().insert(import);
        }
        bodies.push((template, body, outputs, depends_on));
    }
    let mut stacks = Vec::new();
    for (template, mut body, outputs, depends_on) in bodies {
        let exports = exports.remove(&template.stack).unwrap_or_default();
        let outputs = with_exports(template, outputs, exports)?;
        if !outputs.is_empty() {
            body.insert("Outputs".into(), Json::Object(outputs));
        }
        stacks.push(Stack {
            position: stacks.len(),
            name: template.stack.clone(),
            template: Json::Object(body),
            depends_on: depends_on.into_iter().collect(),
            moves: template.moves.clone(),
        });
    }
    in_order(stacks)
}

/// The templates by the names of their stacks, of which none may stand twice.
fn by_name(templates: &[Template]) -> Result<BTreeMap<&StackName, &Template>, Error> {
    let mut known = BTreeMap::new();
    for template in templates {
        if known.insert(&template.stack, template).is_some() {
            return Err(template.duplicate(template.stack.as_str()));
        }
    }
    Ok(known)
}

/// Whether what a template takes from another is there.
fn is_there(
    known: &BTreeMap<&StackName, &Template>,
    template: &Template,
    (stack, id, _): &Import,
) -> Result<(), Error> {
    let target = known.get(stack).filter(|target| target.known.contains_key(id));
    target.map(|_| ()).ok_or_else(|| Error::UnknownStack {
        stack: template.stack.to_string(),
        target: stack.to_string(),
        id: id.to_string(),
    })
}

/// The outputs of a template and those through which other stacks reach into it.
fn with_exports(
    template: &Template,
    mut outputs: Map<String, Json>,
    exports: BTreeSet<Import>,
) -> Result<Map<String, Json>, Error> {
    for (name, output) in exported(template, exports) {
        if outputs.contains_key(&name) {
            return Err(template.duplicate(&name));
        }
        outputs.insert(name, output);
    }
    Ok(outputs)
}

/// The outputs through which other stacks reach into this one, in the order in which the resources stand.
fn exported(template: &Template, exports: BTreeSet<Import>) -> Vec<(String, Json)> {
    let mut exports: Vec<_> = exports.into_iter().collect();
    exports.sort_by_cached_key(|(_, id, attribute)| (template.known.get(id).copied(), attribute.clone()));
    let outputs = exports.into_iter().map(|(stack, id, attribute)| {
        let value = match &attribute {
            None => json!({ "Ref": id.as_str() }),
            Some(attribute) => json!({ "Fn::GetAtt": [id.as_str(), attribute] }),
        };
        let name = export_name(&stack, &id, attribute.as_deref());
        (
            output_name(&id, attribute.as_deref()),
            json!({ "Value": value, "Export": { "Name": name } }),
        )
    });
    outputs.collect()
}

/// Each stack after those that it depends on; of those that could be next, the one that was given first.
fn in_order(stacks: Vec<Stack>) -> Result<Vec<Stack>, Error> {
    let place: BTreeMap<&StackName, usize> = (0..).zip(&stacks).map(|(index, stack)| (&stack.name, index)).collect();
    let mut missing: Vec<usize> = stacks.iter().map(|stack| stack.depends_on.len()).collect();
    let mut needed_by: Vec<Vec<usize>> = vec![Vec::new(); stacks.len()];
    for (index, stack) in stacks.iter().enumerate() {
        for need in stack.depends_on.iter().filter_map(|need| place.get(need)) {
            needed_by[*need].push(index);
        }
    }
    let mut ready: BTreeSet<usize> = (0..stacks.len()).filter(|index| missing[*index] == 0).collect();
    let mut order = Vec::with_capacity(stacks.len());
    while let Some(index) = ready.pop_first() {
        order.push(index);
        for &next in &needed_by[index] {
            missing[next] -= 1;
            if missing[next] == 0 {
                ready.insert(next);
            }
        }
    }
    let mut stacks: Vec<Option<Stack>> = stacks.into_iter().map(Some).collect();
    let done: Vec<Stack> = order.into_iter().filter_map(|index| stacks[index].take()).collect();
    let waiting: Vec<Stack> = stacks.into_iter().flatten().collect();
    if waiting.is_empty() {
        return Ok(done);
    }
    let circle = circle(&waiting);
    Err(Error::Circle { circle })
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
