use crate::checks::tofu::names::used;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::tofu::{Module, Name, Step};
use crate::schema::{google, nearest};

pub(super) const RULE: Rule = Rule {
    name: "undeclared-name",
    why: "A plan with a name that no file of the module declares is refused. Where a folder has files in the other \
          syntax as well, they may declare it, and nothing is said.",
    link: "https://opentofu.org/docs/language/expressions/references/",
    level: Level::Error,
    family: Family::Graph,
    example: r#"
--- # variables.tf.json
{"variable": {"zone": {"type": "string"}}}
--- # outputs.tf.json
{"output": {"zone": {"value": "${var.zon}"}, "both": {"value": "${var.zone}"}}}
"#,
    instead: r#"
--- # variables.tf.json
{"variable": {"zone": {"type": "string"}}}
--- # outputs.tf.json
{"output": {"zone": {"value": "${var.zone}"}}}
"#,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    if set.modules.partial {
        return;
    }
    for module in set.modules.iter() {
        for (node, name) in used(module) {
            let Some((room, kind, name)) = declared(&name) else {
                continue;
            };
            let there = match room {
                "locals" => module.locals.contains_key(name),
                _ => module.has(room, kind, name),
            };
            if there {
                continue;
            }
            let title = match room {
                "locals" => format!("local.{name}"),
                "variable" => format!("var.{name}"),
                "resource" => format!("{kind}.{name}"),
                "module" => format!("module.{name}"),
                _ => format!("data.{kind}.{name}"),
            };
            let draft = report.value(node, format!("no file of this module declares `{title}`"));
            match near(module, room, kind, name) {
                Some(near) => draft.help(format!("did you mean `{near}`?")),
                None => draft.help("declare it, or remove what names it"),
            }
        }
    }
}

/// What a name must be declared as: the room, the kind and the name; nothing if the language itself gives it.
fn declared<'a>(name: &Name<'a>) -> Option<(&'static str, &'a str, &'a str)> {
    let key = |at: usize| match name.steps.get(at)? {
        Step::Key(key) => Some(*key),
        Step::Index => None,
    };
    match name.root {
        "var" => Some(("variable", "", key(0)?)),
        "local" => Some(("locals", "", key(0)?)),
        "module" => Some(("module", "", key(0)?)),
        "data" => Some(("data", key(0)?, key(1)?)),
        // Any other word may be a name that an expression gives; a kind has the name of its provider before it.
        kind if kind.contains('_') && (name.steps.len() > 1 || google::resource(kind).is_some()) => {
            Some(("resource", kind, key(0)?))
        }
        _ => None,
    }
}

fn near<'a>(module: &Module<'a>, room: &str, kind: &str, name: &str) -> Option<&'a str> {
    if room == "locals" {
        return nearest(name, module.locals.keys().copied());
    }
    let others = module
        .blocks
        .iter()
        .filter(|block| block.room == room && block.kind == kind);
    nearest(name, others.map(|block| block.name))
}
