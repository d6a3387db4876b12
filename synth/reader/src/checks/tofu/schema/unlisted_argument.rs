use crate::checks::tofu::shape::Violation;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::schema::nearest;

pub(super) const RULE: Rule = Rule {
    name: "unlisted-argument",
    why: "The provider refuses a text of which it does not know what it means, also one in other letters.",
    link: "https://github.com/hashicorp/terraform-provider-google/blob/main/google/verify/validation.go",
    level: Level::Error,
    family: Family::Schema,
    example: r#"
{"resource": {"google_compute_address": {"main": {"name": "main", "address_type": "internal"}}},
 "terraform": {"required_providers": {"google": {"version": "8.7.0"}}}}
"#,
    instead: r#"
{"resource": {"google_compute_address": {"main": {"name": "main", "address_type": "INTERNAL"}}},
 "terraform": {"required_providers": {"google": {"version": "8.7.0"}}}}
"#,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (violation, sure) in set.modules.violations() {
        let Violation::Value(node, allowed) = violation else {
            continue;
        };
        let text = node.text().unwrap_or_default();
        let draft = report.value(node, format!("`{text}` is none of the values that may stand here"));
        draft.sure(*sure);
        match nearest(text, allowed.iter().copied()) {
            Some(near) => draft.help(format!("did you mean `{near}`?")),
            None => draft.help(format!("write one of {}", allowed.join(", "))),
        }
    }
}
