use std::collections::BTreeSet;

use crate::checks::tofu::names::used;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::tofu::{Name, Step};

pub(super) const RULE: Rule = Rule {
    name: "idle-variable",
    why: "A variable that nothing names makes whoever applies the module think about a value that does nothing.",
    link: "https://opentofu.org/docs/language/values/variables/",
    level: Level::Info,
    family: Family::Graph,
    example: r#"
{"variable": {"zone": {"type": "string"}}}
"#,
    instead: r#"
{"variable": {"zone": {"type": "string"}}, "output": {"zone": {"value": "${var.zone}"}}}
"#,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    if set.modules.partial {
        return;
    }
    for module in set.modules.iter() {
        let used: BTreeSet<&str> = used(module).iter().filter_map(|(_, name)| variable(name)).collect();
        for block in module.of("variable").filter(|block| !used.contains(block.name)) {
            if let Some(entry) = block.entry {
                let message = format!("nothing names the variable `{}`", block.name);
                report.key(entry, message).help("remove it, or use it");
            }
        }
    }
}

fn variable<'a>(name: &Name<'a>) -> Option<&'a str> {
    match (name.root, name.steps.first()?) {
        ("var", Step::Key(key)) => Some(key),
        _ => None,
    }
}
