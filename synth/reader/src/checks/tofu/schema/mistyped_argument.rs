use crate::checks::tofu::shape::Violation;
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "mistyped-argument",
    why: "A value of another type is refused: one text where a list belongs, a text where a block belongs. Of a number \
          and a text that is one, the language makes either.",
    link: "https://opentofu.org/docs/language/expressions/types/#type-conversion",
    level: Level::Error,
    family: Family::Schema,
    example: r#"
{"resource": {"google_compute_firewall": {"web": {
  "name": "web", "network": "main", "source_ranges": "10.0.0.0/8", "allow": {"protocol": "tcp", "ports": ["443"]}
}}}, "terraform": {"required_providers": {"google": {"version": "8.7.0"}}}}
"#,
    instead: r#"
{"resource": {"google_compute_firewall": {"web": {
  "name": "web", "network": "main", "source_ranges": ["10.0.0.0/8"], "allow": {"protocol": "tcp", "ports": ["443"]}
}}}, "terraform": {"required_providers": {"google": {"version": "8.7.0"}}}}
"#,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (violation, sure) in set.modules.violations() {
        if let Violation::Type(node, wanted) = violation {
            let draft = report.value(node, format!("{wanted} belongs here, this is {}", node.kind_name()));
            draft.sure(*sure).help(format!("write {wanted}"));
        }
    }
}
