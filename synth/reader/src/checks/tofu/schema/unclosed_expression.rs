use crate::checks::tofu::names::expressions;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::tofu::{Fault, names};

pub(super) const RULE: Rule = Rule {
    name: "unclosed-expression",
    why: "`${` and `%{` begin an expression in every text; without its end, the file is refused. In a script that a \
          machine runs they are most often meant for a shell.",
    link: "https://opentofu.org/docs/language/expressions/strings/#escape-sequences-1",
    level: Level::Error,
    family: Family::Schema,
    example: r#"
{"output": {"script": {"value": "echo ${HOME"}}}
"#,
    instead: r#"
{"output": {"script": {"value": "echo $${HOME}"}}}
"#,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for module in set.modules.iter() {
        expressions(module, &mut |node, text| {
            let message = match names(text) {
                Ok(_) => return,
                Err(Fault::Unclosed) => "an expression begins here and does not end",
                Err(Fault::Unquoted) => "a text within an expression does not end",
            };
            report
                .value(node, message)
                .help("close it, or write `$${` or `%%{` for the signs themselves");
        });
    }
}
