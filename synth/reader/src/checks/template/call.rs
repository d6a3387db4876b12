//! What stands in the argument of a function, whichever it is.

use crate::checks::Report;
use crate::read::template::Template;
use crate::read::template::function;
use crate::read::template::kind::{Gives, gives};
use crate::read::{Entry, Kind, Node};

/// A function with its argument.
pub(super) struct Call<'t, 'a> {
    pub(super) template: &'t Template<'a>,
    pub(super) entry: &'a Entry,
}

impl<'a> Call<'_, 'a> {
    pub(super) fn name(&self) -> &'a str {
        &self.entry.key
    }

    /// With language extensions, functions can stand in more places.
    pub(super) fn extended(&self) -> bool {
        self.template.transformed()
    }

    pub(super) fn object(&self, node: &'a Node, wants: &str, report: &mut Report<'a>) {
        let found = match function::of(node) {
            // What a macro puts there is not known.
            Some(entry) if entry.key == "Fn::Transform" => return,
            Some(entry) => format!("`{}`", entry.key),
            None => node.kind_name().to_owned(),
        };
        report.value(node, format!("`{}` takes {wants}, found {found}", self.name()));
    }

    /// The items, if there are as many as belong there.
    pub(super) fn items(&self, least: usize, most: usize, wants: &str, report: &mut Report<'a>) -> Option<&'a [Node]> {
        let node = &self.entry.value;
        let Some(items) = node.list() else {
            self.object(node, wants, report);
            return None;
        };
        if items.len() < least || items.len() > most {
            let found = items.len();
            report.key(
                self.entry,
                format!("`{}` takes {wants}, found a list of {found}", self.name()),
            );
            return None;
        }
        Some(items)
    }

    /// A single value, or a function that may give one.
    pub(super) fn single(&self, node: &'a Node, wants: &str, report: &mut Report<'a>) {
        if matches!(gives(self.template, node), Gives::List | Gives::Map) {
            self.object(node, wants, report);
        }
    }

    /// A list, or a function that may give one.
    pub(super) fn list(&self, node: &'a Node, report: &mut Report<'a>) {
        let given = gives(self.template, node);
        if given == Gives::Map || given == Gives::Scalar {
            self.object(node, "a list", report);
        }
    }

    /// A string that is written out.
    pub(super) fn literal(&self, node: &'a Node, wants: &str, report: &mut Report<'a>) {
        let function = function::of(node).is_some();
        if node.scalar().is_none() && !(function && self.extended()) && !matches!(node.kind, Kind::Null) {
            self.object(node, wants, report);
        }
    }

    /// Only some functions can stand inside of this one.
    pub(super) fn only(&self, node: &'a Node, functions: &[&str], wants: &str, report: &mut Report<'a>) {
        match function::of(node) {
            Some(entry) if entry.key == "Fn::Transform" => {}
            Some(entry) if !self.extended() && !functions.contains(&entry.key.as_str()) => {
                report
                    .value(
                        node,
                        format!("`{}` takes {wants} here, found `{}`", self.name(), entry.key),
                    )
                    .help(format!("it can be written out or come from {}", functions.join(", ")));
            }
            Some(_) => {}
            None => self.single(node, wants, report),
        }
    }
}
