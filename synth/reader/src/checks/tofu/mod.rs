//! Rules over modules of `OpenTofu`, by family, and what they share.

mod graph;
mod names;
mod practice;
mod schema;
mod set;
mod shape;

use super::{Family, Finding, Level, Options, Report, Rule, Set};
use crate::read::tofu::{BLOCKS, COMMENT, bodies, modules};
use crate::read::{Document, Map, Node, Step};
use crate::schema::google;
pub use set::Modules;

/// Every rule about modules, by family and name.
pub const RULES: &[&Rule] = &super::joined::<{ schema::RULES.len() + graph::RULES.len() + practice::RULES.len() }>(&[
    schema::RULES,
    graph::RULES,
    practice::RULES,
]);

/// What a file breaks that was meant to be part of a module and cannot be read; nothing allows it.
pub const UNREADABLE: Rule = Rule {
    name: "unreadable-module",
    why: "What cannot be read cannot be applied, and nothing else can be said about it. OpenTofu takes JSON as it is, \
          without commas behind the last item and without comments but in the key `//`.",
    link: "https://opentofu.org/docs/language/syntax/json/",
    level: Level::Error,
    family: Family::Schema,
    example: r#"
{"variable": {"project": {"type": "string"},}}
"#,
    instead: r#"
{"variable": {"project": {"type": "string"}}, "output": {"project": {"value": "${var.project}"}}}
"#,
    check: |_, _| {},
};

/// Looks at the files of modules, those of one folder together, by the rules that the options leave.
///
/// A block silences a rule with a reason: `"//": {"allow": {"<rule>": "<reason>"}}`. Where files of the module may be
/// missing, nothing is said of what they may declare or use.
#[must_use]
pub fn judge(documents: &[Document], options: &Options) -> Vec<Finding> {
    let set = Set::of_modules(documents, options);
    let mut report = Report::new(documents);
    for rule in RULES.iter().filter(|rule| options.wants(rule.name)) {
        rule.run(&set, &mut report);
    }
    let allowed = |number: usize, path: &[Step], rule: &'static str| is_allowed(&documents[number].root, path, rule);
    let mut findings = report.finish_but(&allowed);
    options.raise(&mut findings);
    findings
}

/// Whether a block that a place is in, or the file, allows a rule.
fn is_allowed(root: &Node, path: &[Step], rule: &str) -> bool {
    (0..=path.len()).any(|length| {
        let block = root.at_path(&path[..length]).and_then(Node::map);
        let reasons = block.and_then(|block: &Map| block.get(COMMENT)?.dig(&["allow", rule])?.text());
        reasons.is_some_and(|reason| !reason.trim().is_empty())
    })
}

/// Whether a text that ends as the files of modules do is one: a list or a map of what stands at the top of one.
#[must_use]
pub fn is_module(document: &Document) -> bool {
    let mut keys = bodies(&document.root)
        .flat_map(Map::iter)
        .map(|entry| entry.key.as_str());
    document.root.map().is_some_and(Map::is_empty) || keys.any(|key| BLOCKS.iter().any(|(room, _)| *room == key))
}

/// The kinds of resources and data sources of which nothing is known, one for each block.
#[must_use]
pub fn foreign(documents: &[Document]) -> Vec<String> {
    let modules = modules(documents);
    let blocks = modules.iter().flat_map(|module| &module.blocks);
    let foreign = blocks.filter(|block| match block.room {
        "resource" => !block.kind.starts_with("terraform_") && google::resource(block.kind).is_none(),
        "data" => !block.kind.starts_with("terraform_") && google::data(block.kind).is_none(),
        _ => false,
    });
    foreign.map(|block| block.kind.to_owned()).collect()
}
