//! What each function takes.

use crate::checks::Report;
use crate::checks::template::call::Call;
use crate::checks::template::form::{self, Field, Want, may, must};
use crate::read::template::Template;
use crate::read::template::function::{self, Part};
use crate::read::template::kind::{Gives, gives, named};
use crate::read::template::shape::is_dynamic;
use crate::read::{Block, Entry, Kind, Map, Node};

/// Reports arguments that a function does not take.
pub(super) fn check<'a>(template: &Template<'a>, entry: &'a Entry, report: &mut Report<'a>) {
    let node = &entry.value;
    if matches!(node.kind, Kind::Null) {
        return;
    }
    let call = Call { template, entry };
    match entry.key.as_str() {
        "Ref" => call.reference(report),
        "Fn::GetAtt" => call.attribute(report),
        "Fn::Base64" => call.single(node, "a string", report),
        "Fn::GetAZs" => call.single(node, "the name of a region", report),
        "Fn::ImportValue" => call.import(report),
        "Fn::Cidr" => call.cidr(report),
        "Fn::FindInMap" => call.look_up(report),
        "Fn::If" => call.choice(report),
        "Fn::Join" => call.join(report),
        "Fn::Select" => call.select(report),
        "Fn::Split" => call.split(report),
        "Fn::Sub" => call.substitute(report),
        "Fn::Transform" => call.transform(report),
        "Fn::Length" => call.list(node, report),
        "Fn::ToJsonString" if node.scalar().is_some() => call.object(node, "a list or a map", report),
        "Fn::GetStackOutput" => {
            const FIELDS: [Field; 4] = [
                must("StackName", Want::Text),
                must("OutputName", Want::Text),
                may("Region", Want::Text),
                may("RoleArn", Want::Text),
            ];
            form::check(entry, &FIELDS, "`Fn::GetStackOutput`", report);
        }
        _ => {}
    }
}

impl<'a> Call<'_, 'a> {
    fn reference(&self, report: &mut Report<'a>) {
        let node = &self.entry.value;
        let function = function::of(node).is_some() && self.extended();
        if node.text().is_none() && !function {
            self.object(node, "a name", report);
        }
    }

    fn attribute(&self, report: &mut Report<'a>) {
        const WANTS: &str = "the name of a resource and an attribute";
        let node = &self.entry.value;
        if let Some(text) = node.text() {
            let parts = text.split_once('.');
            if parts.is_none_or(|(name, attribute)| name.is_empty() || attribute.is_empty()) {
                report.value(node, format!("`Fn::GetAtt` takes {WANTS}, found `{text}`"));
            }
            return;
        }
        let Some([name, attribute]) = self.items(2, 2, WANTS, report) else {
            return;
        };
        self.literal(name, "the name of a resource", report);
        self.only(attribute, &["Ref"], "the name of an attribute", report);
    }

    fn import(&self, report: &mut Report<'a>) {
        let node = &self.entry.value;
        self.single(node, "the name of an export", report);
        let depends = self.template.targets(node).next().is_some();
        if depends {
            report
                .value(node, "the name of an import cannot depend on a resource")
                .help("make it from parameters");
        }
    }

    fn cidr(&self, report: &mut Report<'a>) {
        let Some(items) = self.items(2, 3, "a block, a count and the bits of each", report) else {
            return;
        };
        for (at, most) in [(1, 256.0), (2, 128.0)] {
            let Some(node) = items.get(at) else { continue };
            self.single(node, "a number", report);
            let number = node.as_f64();
            if number.is_some_and(|number| number < 1.0 || number > most) {
                report.value(node, format!("`Fn::Cidr` takes a number from 1 to {most}"));
            } else if number.is_none() && node.text().is_some() {
                self.object(node, "a number", report);
            }
        }
        let block = items[0].text();
        if block.is_some_and(|text| !is_dynamic(text) && !is_block(text)) {
            report.value(&items[0], "`Fn::Cidr` takes a block such as `10.0.0.0/16`");
        } else {
            self.single(&items[0], "a block", report);
        }
    }

    fn look_up(&self, report: &mut Report<'a>) {
        const WANTS: &str = "the name of a mapping and two keys";
        let most = if self.extended() { 4 } else { 3 };
        let Some(items) = self.items(3, most, WANTS, report) else {
            return;
        };
        for (node, wants) in items.iter().zip(["the name of a mapping", "a key", "a key"]) {
            self.only(node, &["Ref", "Fn::FindInMap"], wants, report);
        }
        if let Some(other) = items.get(3).filter(|node| node.get("DefaultValue").is_none()) {
            self.object(other, "a map with `DefaultValue`", report);
        }
    }

    fn choice(&self, report: &mut Report<'a>) {
        let items = self.items(3, 3, "a condition and two values", report);
        if let Some([condition, ..]) = items
            && condition.text().is_none()
        {
            self.object(condition, "the name of a condition", report);
        }
    }

    fn join(&self, report: &mut Report<'a>) {
        let Some([delimiter, list]) = self.items(2, 2, "a delimiter and a list", report) else {
            return;
        };
        self.literal(delimiter, "a delimiter", report);
        self.list(list, report);
        for item in list.list().unwrap_or_default() {
            if matches!(gives(self.template, item), Gives::List | Gives::Map) {
                self.object(item, "a list of strings", report);
            }
        }
    }

    fn select(&self, report: &mut Report<'a>) {
        let Some([index, list]) = self.items(2, 2, "an index and a list", report) else {
            return;
        };
        self.only(index, &["Ref", "Fn::FindInMap"], "an index", report);
        self.list(list, report);
        if !self.extended() && function::argument(list, "Fn::Select").is_some() {
            self.object(list, "a list", report);
        }
        let Some(at) = index.scalar() else { return };
        let Ok(at) = at.trim().parse::<usize>() else {
            report.value(index, format!("`Fn::Select` takes a number from 0, found `{at}`"));
            return;
        };
        let Some(items) = list.list() else { return };
        // A branch of `Fn::If` may take its item away.
        let sure = items.iter().all(|item| function::argument(item, "Fn::If").is_none());
        if sure && at >= items.len() {
            let found = items.len();
            report.value(
                index,
                format!("`Fn::Select` asks for item {at} of a list of {found}, counted from 0"),
            );
        }
    }

    fn split(&self, report: &mut Report<'a>) {
        let Some([delimiter, text]) = self.items(2, 2, "a delimiter and a string", report) else {
            return;
        };
        self.literal(delimiter, "a delimiter", report);
        if delimiter.text() == Some("") {
            report.value(delimiter, "the delimiter of `Fn::Split` is empty");
        }
        self.single(text, "a string", report);
    }

    fn substitute(&self, report: &mut Report<'a>) {
        const WANTS: &str = "a string, or a string and a map";
        let node = &self.entry.value;
        if node.scalar().is_some() {
            self.placeholders(node, None, report);
            return;
        }
        let Some([text, variables]) = self.items(2, 2, WANTS, report) else {
            return;
        };
        self.literal(text, "a string", report);
        let Some(map) = variables.map().filter(|_| function::of(variables).is_none()) else {
            self.object(variables, "a map of variables", report);
            return;
        };
        self.placeholders(text, Some(map), report);
        for entry in map {
            self.single(&entry.value, "a string for each variable", report);
        }
    }

    /// What `${Name}` puts into the text is a single value.
    fn placeholders(&self, node: &'a Node, variables: Option<&Map>, report: &mut Report<'a>) {
        let names = node.text().map(function::parts).unwrap_or_default();
        for name in names.into_iter().filter_map(|part| match part {
            Part::Name(name) if variables.is_none_or(|map| map.get(name).is_none()) => Some(name),
            _ => None,
        }) {
            if named(self.template, name) == Gives::List {
                report
                    .value(
                        node,
                        format!("`${{{name}}}` is a list; `Fn::Sub` puts in single values"),
                    )
                    .help("join it with `Fn::Join` in the variables of `Fn::Sub`");
            }
        }
    }

    fn transform(&self, report: &mut Report<'a>) {
        let node = &self.entry.value;
        let each = node.list().unwrap_or(std::slice::from_ref(node));
        for one in each.iter().filter(|one| one.get("Name").is_none()) {
            self.object(one, "a map with `Name` and `Parameters`", report);
        }
    }
}

/// An IPv4 block; those of IPv6 are left to AWS.
fn is_block(text: &str) -> bool {
    text.contains(':') || Block::parse(text).is_some()
}
