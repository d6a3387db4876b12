//! Documents that stand in a block of another: what cloud-init writes to a file of the machine.

use super::node::{Kind, Node};
use super::{Document, Span, documents};

/// What stands in a block of lines (`|`) of a document, with its places in the whole file; nothing if it is no such block or
/// cannot be read.
#[must_use]
pub fn inside(document: &Document, block: &Node) -> Option<Vec<Document>> {
    let text = block.text()?;
    let first = text.lines().next()?;
    let start = usize::try_from(block.at.line).ok()?.checked_sub(1)?;
    let mut lines = document.text.lines().skip(start);
    let before = lines.by_ref().take(2).position(|line| line.trim_start() == first)? + start;
    let indent = document.text.lines().nth(before)?.len().checked_sub(first.len())?;
    let indent = u32::try_from(indent).ok()?;
    let placed = "\n".repeat(before) + text;
    let mut found = documents(&document.file, &placed).ok()?;
    for inner in &mut found {
        shift(&mut inner.root, indent);
        inner.text = document.text.clone();
    }
    Some(found)
}

/// Moves everything to the right.
fn shift(node: &mut Node, by: u32) {
    move_by(&mut node.at, by);
    match &mut node.kind {
        Kind::List(items) => items.iter_mut().for_each(|item| shift(item, by)),
        Kind::Map(map) => {
            for entry in map.entries_mut() {
                move_by(&mut entry.key_at, by);
                shift(&mut entry.value, by);
            }
        }
        _ => {}
    }
}

fn move_by(at: &mut Span, by: u32) {
    at.column += by;
    at.end_column += by;
}
