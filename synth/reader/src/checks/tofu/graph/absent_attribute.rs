use crate::checks::tofu::names::used;
use crate::checks::tofu::set::how_sure;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::tofu::{Name, Step};
use crate::schema::google::{self, Block, Type};

pub(super) const RULE: Rule = Rule {
    name: "absent-attribute",
    why: "A plan that asks a resource for what its kind does not have is refused. The names are those of one version of \
          the provider; of a module that takes another, it is a warning.",
    link: "https://opentofu.org/docs/language/expressions/references/#references-to-resource-attributes",
    level: Level::Error,
    family: Family::Graph,
    example: r#"
{"resource": {"google_compute_address": {"main": {"name": "main"}}},
 "output": {"address": {"value": "${google_compute_address.main.adress}"}},
 "terraform": {"required_providers": {"google": {"version": "8.7.0"}}}}
"#,
    instead: r#"
{"resource": {"google_compute_address": {"main": {"name": "main"}}},
 "output": {"address": {"value": "${google_compute_address.main.address}"}},
 "terraform": {"required_providers": {"google": {"version": "8.7.0"}}}}
"#,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for module in set.modules.iter() {
        let sure = how_sure(module);
        for (node, name) in used(module) {
            let Some((kind, schema, steps)) = asked(&name) else {
                continue;
            };
            let Some((holder, step)) = absent(kind, schema, steps) else {
                continue;
            };
            let draft = report.value(node, format!("`{holder}` has no `{step}`"));
            draft.sure(sure);
            let near = schema_of(kind, schema, holder).and_then(|block| nearest(block, step));
            match near {
                Some(near) => draft.help(format!("did you mean `{near}`?")),
                None => draft.help("see what the provider's documentation says that it exports"),
            }
        }
    }
}

/// The kind of a resource that is asked, its schema, and what it is asked for.
fn asked<'n, 'a>(name: &'n Name<'a>) -> Option<(&'a str, Block, &'n [Step<'a>])> {
    let (kind, rest) = match (name.root, name.steps.as_slice()) {
        ("data", [Step::Key(kind), Step::Key(_), rest @ ..]) => (*kind, rest),
        (kind, [Step::Key(_), rest @ ..]) => (kind, rest),
        _ => return None,
    };
    let schema = if name.root == "data" {
        google::data(kind)
    } else {
        google::resource(kind)
    };
    Some((kind, schema?, rest))
}

/// The first step that leads nowhere, and the block or the kind that has no such thing.
fn absent<'a>(kind: &'a str, schema: Block, steps: &[Step<'a>]) -> Option<(&'a str, &'a str)> {
    let (mut holder, mut block) = (kind, schema);
    for step in steps {
        // Of several resources or blocks, one is asked.
        let Step::Key(key) = step else { continue };
        if holder == kind && *key == "id" {
            return None;
        }
        match (
            block.attribute(key),
            block.argument(key).and_then(google::Argument::block),
        ) {
            (None, _) => return Some((holder, key)),
            (Some(Type::Block | Type::Blocks), Some(inside)) => (holder, block) = (key, inside),
            (Some(_), _) => return None,
        }
    }
    None
}

fn schema_of(kind: &str, schema: Block, holder: &str) -> Option<Block> {
    if holder == kind {
        return Some(schema);
    }
    schema.argument(holder)?.block()
}

fn nearest(block: Block, name: &str) -> Option<&'static str> {
    let names = block.arguments().map(|(name, _)| name).chain(block.attributes());
    crate::schema::nearest(name, names)
}
