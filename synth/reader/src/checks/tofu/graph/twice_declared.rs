use std::collections::BTreeMap;

use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Entry;
use crate::read::tofu::{Block, Module, is_argument};

pub(super) const RULE: Rule = Rule {
    name: "twice-declared",
    why: "Two blocks of one name in the files of a module are refused, and so is an argument that is set twice.",
    link: "https://opentofu.org/docs/language/files/",
    level: Level::Error,
    family: Family::Graph,
    example: r#"
--- # main.tf.json
{"resource": {"google_compute_address": {"main": {"name": "one"}}}}
--- # more.tf.json
{"resource": {"google_compute_address": {"main": {"name": "two"}}},
 "terraform": {"required_providers": {"google": {"version": "8.7.0"}}}}
"#,
    instead: r#"
--- # main.tf.json
{"resource": {"google_compute_address": {"main": {"name": "one"}}}}
--- # more.tf.json
{"resource": {"google_compute_address": {"other": {"name": "two"}}},
 "terraform": {"required_providers": {"google": {"version": "8.7.0"}}}}
"#,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for module in set.modules.iter() {
        let mut seen: BTreeMap<(&str, &str, &str), &'a Entry> = BTreeMap::new();
        for (key, entry, title) in declarations(module) {
            let Some(first) = seen.insert(key, entry) else { continue };
            let draft = report.key(entry, format!("`{title}` is declared twice in this module"));
            draft.also(first, "the first of them");
            draft.help("rename one of them, or remove it");
        }
        for document in &module.documents {
            for duplicate in document
                .duplicates
                .iter()
                .filter(|duplicate| is_argument(document, duplicate))
            {
                let message = format!("`{}` is set twice", duplicate.key);
                let draft = report.spot(&document.root, duplicate.again, message);
                draft.also((&document.root, duplicate.first), "the first of them");
                draft.help("remove one of them");
            }
        }
    }
}

/// What has a name in a module; a provider may stand there several times, and a file that overrides others may say all
/// again.
fn declarations<'a>(module: &Module<'a>) -> impl Iterator<Item = ((&'a str, &'a str, &'a str), &'a Entry, String)> {
    let overrides = |block: &&Block<'a>| {
        let name = block.document.file.rsplit(['/', '\\']).next().unwrap_or_default();
        name == "override.tf.json" || name.ends_with("_override.tf.json")
    };
    let named = module
        .blocks
        .iter()
        .filter(move |block| block.room != "provider" && !overrides(block));
    let (blocks, locals) = (named.clone(), named.filter(|block| block.room == "locals"));
    let blocks = blocks.filter_map(|block| Some(((block.room, block.kind, block.name), block.entry?, block.title())));
    let locals = locals.flat_map(Block::entries);
    blocks.chain(locals.map(|entry| {
        (
            ("locals", "", entry.key.as_str()),
            entry,
            format!("local.{}", entry.key),
        )
    }))
}
