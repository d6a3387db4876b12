//! JSON 6902 patches: <https://datatracker.ietf.org/doc/html/rfc6902>.

use super::edit;
use super::fault::Told;
use crate::read::{Entry, Kind, MAX_DEPTH, Node, Span};

/// Does what the operations of a patch say; what cannot be done is told, and ends it.
pub(super) fn apply(root: &mut Node, operations: &[Node], told: &mut Told) {
    for operation in operations {
        if told.is_spent() {
            return;
        }
        if let Err((at, message, help)) = operate(root, operation, told) {
            return told.refused(at, message, help);
        }
    }
}

/// Where an operation cannot be done, why, and what to do.
type Refusal = (Span, String, &'static str);

fn operate(root: &mut Node, operation: &Node, told: &mut Told) -> Result<(), Refusal> {
    let at = operation.get("path").unwrap_or(operation).at;
    let lacks = |key: &str| {
        (
            at,
            format!("the operation has no `{key}`"),
            "write `op`, `path` and what the operation needs",
        )
    };
    let text = |key: &str| operation.get(key).and_then(Node::text).ok_or_else(|| lacks(key));
    let value = || operation.get("value").ok_or_else(|| lacks("value"));
    let path = steps(text("path")?);
    match text("op")? {
        "add" => add(root, &path, at, copied(value()?, told, at)),
        "remove" => take(root, &path, at).map(drop),
        "replace" => replace(root, &path, at, copied(value()?, told, at)),
        "move" => {
            let node = take(root, &steps(text("from")?), at)?;
            told.spend(edit::size(&node), at);
            add(root, &path, at, node)
        }
        "copy" => {
            let from = steps(text("from")?);
            let copy = copied(find(root, &from).ok_or_else(|| missing(&from, at))?, told, at);
            add(root, &path, at, copy)
        }
        "test" => {
            let wanted = value()?.to_value();
            let found = find(root, &path).filter(|node| told.spend(edit::size(node), at));
            let is_so = found.is_some_and(|node| node.to_value() == wanted);
            let fails = (at, "the test fails".to_owned(), "change the test, or what it tests");
            is_so.then_some(()).ok_or(fails)
        }
        other => Err((
            at,
            format!("there is no operation `{other}`"),
            "write add, remove, replace, move, copy or test",
        )),
    }
}

/// kustomize takes the replacement of a key that is not there for an addition, but not of an item.
fn replace(root: &mut Node, path: &[String], at: Span, value: Node) -> Result<(), Refusal> {
    deep(path, &value, at)?;
    let above = path.split_last().and_then(|(_, above)| find(root, above));
    if above.is_some_and(|above| above.list().is_none()) {
        return add(root, path, at, value);
    }
    *find(root, path).ok_or_else(|| missing(path, at))? = value;
    Ok(())
}

/// Refuses what would nest too deeply.
fn deep(path: &[String], node: &Node, at: Span) -> Result<(), Refusal> {
    if path.len() + edit::height(node) > MAX_DEPTH {
        return Err((at, format!("nested more than {MAX_DEPTH} levels deep"), "nest less"));
    }
    Ok(())
}

fn copied(node: &Node, told: &mut Told, at: Span) -> Node {
    let kind = if told.spend(edit::size(node), at) {
        node.kind.clone()
    } else {
        Kind::Null
    };
    Node { at: node.at, kind }
}

fn missing(path: &[String], at: Span) -> Refusal {
    let message = format!("the object has nothing at `/{}`", path.join("/"));
    (at, message, "change the path, or add what is above it first")
}

/// The steps of a JSON pointer.
fn steps(pointer: &str) -> Vec<String> {
    let steps = pointer.strip_prefix('/').map(|rest| rest.split('/'));
    steps
        .into_iter()
        .flatten()
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
        .collect()
}

fn find<'a>(root: &'a mut Node, path: &[String]) -> Option<&'a mut Node> {
    path.iter().try_fold(root, |node, step| match &mut node.kind {
        Kind::Map(map) => map.get_mut(step),
        Kind::List(items) => {
            let number = index(step, items.len())?;
            items.get_mut(number)
        }
        _ => None,
    })
}

/// The number of an item; one below zero counts from the end.
fn index(step: &str, length: usize) -> Option<usize> {
    match step.strip_prefix('-') {
        Some(back) => length.checked_sub(back.parse().ok()?),
        None => step.parse().ok(),
    }
}

/// Says that a key stands where the operation does.
fn point(root: &mut Node, path: &[String], at: Span) {
    let Some((last, above)) = path.split_last() else { return };
    if let Some(Kind::Map(map)) = find(root, above).map(|node| &mut node.kind) {
        for entry in map.entries_mut().filter(|entry| entry.key == *last) {
            entry.key_at = at;
        }
    }
}

fn add(root: &mut Node, path: &[String], at: Span, value: Node) -> Result<(), Refusal> {
    deep(path, &value, at)?;
    let Some((last, above)) = path.split_last() else {
        *root = value;
        return Ok(());
    };
    let parent = find(root, above).ok_or_else(|| missing(above, at))?;
    match &mut parent.kind {
        Kind::List(items) if last == "-" => items.push(value),
        Kind::List(items) => {
            let number = index(last, items.len()).filter(|number| *number <= items.len());
            items.insert(number.ok_or_else(|| missing(path, at))?, value);
        }
        Kind::Map(_) => {
            edit::set(
                parent,
                Entry {
                    key: last.clone(),
                    key_at: at,
                    value,
                },
            );
            point(root, path, at);
        }
        _ => return Err(missing(path, at)),
    }
    Ok(())
}

fn take(root: &mut Node, path: &[String], at: Span) -> Result<Node, Refusal> {
    let (last, above) = path.split_last().ok_or_else(|| missing(path, at))?;
    let parent = find(root, above).ok_or_else(|| missing(above, at))?;
    if let Kind::List(items) = &mut parent.kind {
        let number = index(last, items.len()).filter(|number| *number < items.len());
        return Ok(items.remove(number.ok_or_else(|| missing(path, at))?));
    }
    edit::remove(parent, last).ok_or_else(|| missing(path, at))
}
