use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::{Kind, Node};
use crate::schema::secret;

pub(super) const RULE: Rule = Rule {
    name: "shown-secret",
    why: "The value of a variable stands in every plan that somebody prints, unless the variable is `sensitive`; a default \
          stands in the repository as well.",
    link: "https://opentofu.org/docs/language/values/variables/#suppressing-values-in-cli-output",
    level: Level::Warning,
    family: Family::Practice,
    example: r#"
{"variable": {"db_password": {"type": "string"}},
 "output": {"x": {"value": "${sha256(var.db_password)}", "sensitive": true}}}
"#,
    instead: r#"
{"variable": {"db_password": {"type": "string", "sensitive": true}},
 "output": {"x": {"value": "${sha256(var.db_password)}", "sensitive": true}}}
"#,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for block in set.modules.all("variable").filter(|block| secret::is_named(block.name)) {
        let Some(entry) = block.entry else { continue };
        let hidden = ["sensitive", "ephemeral"]
            .iter()
            .any(|name| block.get(name).and_then(Node::as_bool) == Some(true));
        if !hidden {
            let message = format!("`{}` is a secret that every plan shows", block.name);
            report.key(entry, message).help("add `\"sensitive\": true`");
        }
        let default = block
            .get("default")
            .filter(|node| node.kind != Kind::Null && node.text() != Some(""));
        if let Some(node) = default {
            let message = format!("the default of `{}` is a secret in the repository", block.name);
            report
                .value(node, message)
                .help("remove the default, and give the value when the module is applied");
        }
    }
}
