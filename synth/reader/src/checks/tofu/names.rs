//! Who names what.

use std::collections::BTreeSet;

use crate::read::tofu::{Block, Module, Name, Step, bodies, entries, names, texts};
use crate::read::{Map, Node};

/// Hands out every text of a module in which an expression may stand, and the text.
pub(super) fn expressions<'a>(module: &Module<'a>, found: &mut dyn FnMut(&'a Node, &'a str)) {
    for block in &module.blocks {
        match block.room {
            // These are read before anything is worked out.
            "terraform" | "moved" | "removed" | "import" => {}
            "variable" => {
                for entry in block.entries().filter(|entry| entry.key == "validation") {
                    texts(&entry.value, found);
                }
            }
            _ => texts(block.body, found),
        }
    }
}

/// Every name in a module that could be one of its own, and where it stands; a text that is no template has none.
pub(super) fn used<'a>(module: &Module<'a>) -> Vec<(&'a Node, Name<'a>)> {
    let iterators = iterators(module);
    let mut found = Vec::new();
    expressions(module, &mut |node, text| {
        let all = names(text).unwrap_or_default().into_iter();
        let own = all.filter(|name| !iterators.contains(name.root));
        found.extend(own.map(|name| (node, name)));
    });
    for block in &module.blocks {
        bare(block, &mut found);
    }
    found
}

/// What stands by itself, without `${`: those that a block waits for.
fn bare<'a>(block: &Block<'a>, found: &mut Vec<(&'a Node, Name<'a>)>) {
    let waits = block.get("depends_on").and_then(Node::list).unwrap_or_default();
    for node in waits {
        let mut words = node.text().unwrap_or_default().split('.');
        if let Some(root) = words.next().filter(|root| !root.contains(['$', '['])) {
            let steps = words.map(|word| Step::Key(word.split('[').next().unwrap_or(word)));
            let steps = steps.collect();
            found.push((node, Name { root, steps }));
        }
    }
}

/// The names that blocks made of a list give to its items.
fn iterators<'a>(module: &Module<'a>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    for block in &module.blocks {
        below(block.body, &mut found);
    }
    found
}

fn below<'a>(node: &'a Node, found: &mut BTreeSet<&'a str>) {
    for item in node.list().unwrap_or_default() {
        below(item, found);
    }
    for entry in node.map().into_iter().flat_map(Map::iter) {
        if entry.key == "dynamic" {
            for made in bodies(&entry.value).flat_map(entries) {
                found.insert(made.key.as_str());
                found.extend(bodies(&made.value).filter_map(|body| body.get("iterator")?.text()));
            }
        }
        below(&entry.value, found);
    }
}
