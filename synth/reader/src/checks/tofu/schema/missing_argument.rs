use crate::checks::tofu::shape::Violation;
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "missing-argument",
    why: "A plan with a block that lacks what its kind requires is refused.",
    link: "https://opentofu.org/docs/language/resources/syntax/#resource-arguments",
    level: Level::Error,
    family: Family::Schema,
    example: r#"
{"resource": {"google_compute_network": {"main": {"auto_create_subnetworks": false}}},
 "terraform": {"required_providers": {"google": {"version": "8.7.0"}}}}
"#,
    instead: r#"
{"resource": {"google_compute_network": {"main": {"name": "main", "auto_create_subnetworks": false}}},
 "terraform": {"required_providers": {"google": {"version": "8.7.0"}}}}
"#,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (violation, sure) in set.modules.violations() {
        if let Violation::Missing(node, name) = violation {
            let draft = report.value(node, format!("`{name}` is missing here"));
            draft.sure(*sure).help(format!("add `{name}`"));
        }
    }
}
