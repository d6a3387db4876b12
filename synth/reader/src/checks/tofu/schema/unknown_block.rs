use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Kind;
use crate::read::tofu::{BLOCKS, bodies, entries};
use crate::schema::nearest;

pub(super) const RULE: Rule = Rule {
    name: "unknown-block",
    why: "A file with a block that the language does not have is refused.",
    link: "https://opentofu.org/docs/language/syntax/json/#top-level-block-types",
    level: Level::Error,
    family: Family::Schema,
    example: r#"
{"outputs": {"zone": {"value": "asia-south1-a"}}}
"#,
    instead: r#"
{"output": {"zone": {"value": "asia-south1-a"}}}
"#,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for document in set.modules.iter().flat_map(|module| &module.documents) {
        if !matches!(document.root.kind, Kind::Map(_) | Kind::List(_)) {
            let message = format!("blocks belong here, this is {}", document.root.kind_name());
            report.value(&document.root, message).help("write a map of blocks");
        }
        for entry in bodies(&document.root).flat_map(entries) {
            let known = || BLOCKS.iter().map(|(room, _)| *room);
            if known().any(|room| room == entry.key) {
                continue;
            }
            let draft = report.key(entry, format!("OpenTofu has no block `{}`", entry.key));
            match nearest(&entry.key, known()) {
                Some(near) => draft.help(format!("did you mean `{near}`?")),
                None => draft.help(format!("it has {}", known().collect::<Vec<_>>().join(", "))),
            }
        }
    }
}
