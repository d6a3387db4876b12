//! What gets wider by a change of objects: rights, networks, what pods may do on their node, what is reached from
//! outside, what no longer guards.

mod exposure;
mod guards;
mod network;
mod pods;
mod rbac;

use super::object::Object;
use super::pairs::Matched;
use super::world::World;
use crate::review::wider::{Row, What, Wider};

/// An object with its former self, and where to tell what gets wider by it.
struct Case<'a> {
    old: Option<&'a Object>,
    new: &'a Object,
    told: &'a mut Vec<Wider>,
}

impl Case<'_> {
    fn tell(&mut self, what: What, path: &str, text: impl Into<String>) {
        self.told.push(wider(self.new, what, path, text, None));
    }

    fn row(&mut self, path: &str, text: impl Into<String>, row: Row) {
        self.told.push(wider(self.new, What::Permission, path, text, Some(row)));
    }
}

fn wider(object: &Object, what: What, path: &str, text: impl Into<String>, row: Option<Row>) -> Wider {
    Wider {
        files: vec![object.shown.clone()],
        id: object.id(),
        kind: object.kind.clone(),
        line: object.line,
        what,
        path: path.to_owned(),
        text: text.into(),
        row,
    }
}

/// Policies that find none of the pods any more that they closed.
pub(super) fn stranded(strands: &[(&Object, String)], told: &mut Vec<Wider>) {
    let policies = strands.iter().filter(|(object, _)| object.is(&["NetworkPolicy"]));
    told.extend(policies.map(|(object, text)| wider(object, What::Network, "spec.podSelector", text, None)));
}

/// What gets wider, of all objects.
pub(super) fn of(world: &World<'_>, matched: &Matched<'_>, told: &mut Vec<Wider>) {
    let both = matched.both.iter().map(|(old, new)| (Some(*old), *new));
    let come = matched.come.iter().map(|new| (matched.ancestor(new), *new));
    for (old, new) in both.chain(come) {
        // A patch does not say what it patches.
        if old.is_none() && new.is_patch() {
            continue;
        }
        let mut case = Case { old, new, told };
        rbac::object(world, &mut case);
        pods::object(&mut case);
        exposure::object(&mut case);
        guards::object(&mut case);
        network::object(world, &mut case);
    }
    for old in &matched.gone {
        guards::gone(old, matched.successor(old).is_some(), told);
    }
    network::opened(world, told);
}
