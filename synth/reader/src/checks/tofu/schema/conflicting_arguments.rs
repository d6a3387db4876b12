use crate::checks::tofu::shape::Violation;
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "conflicting-arguments",
    why: "The provider refuses a plan with two arguments of which it takes one: a firewall rule allows or denies, and \
          tells machines apart by tags or by accounts.",
    link: "https://github.com/GoogleCloudPlatform/magic-modules/blob/main/mmv1/products/compute/Firewall.yaml",
    level: Level::Error,
    family: Family::Schema,
    example: r#"
{"resource": {"google_compute_firewall": {"web": {
  "name": "web", "network": "main", "source_ranges": ["10.0.0.0/8"], "target_tags": ["web"],
  "allow": {"protocol": "tcp", "ports": ["443"]}, "deny": {"protocol": "udp"}
}}}, "terraform": {"required_providers": {"google": {"version": "8.7.0"}}}}
"#,
    instead: r#"
{"resource": {"google_compute_firewall": {"web": {
  "name": "web", "network": "main", "source_ranges": ["10.0.0.0/8"], "target_tags": ["web"],
  "allow": {"protocol": "tcp", "ports": ["443"]}
}}}, "terraform": {"required_providers": {"google": {"version": "8.7.0"}}}}
"#,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (violation, sure) in set.modules.violations() {
        match violation {
            Violation::OneOf(node, names) => {
                let names = names
                    .iter()
                    .map(|name| format!("`{name}`"))
                    .collect::<Vec<_>>()
                    .join(" and ");
                let draft = report.value(node, format!("exactly one of {names} belongs here"));
                draft.sure(*sure).help(format!("keep one of {names}"));
            }
            Violation::Both(one, other) => {
                let message = format!("`{}` and `{}` do not go together", one.key, other.key);
                let draft = report
                    .key(one, message)
                    .also(*other, format!("`{}` is here", other.key));
                draft
                    .sure(*sure)
                    .help(format!("remove `{}` or `{}`", one.key, other.key));
            }
            _ => {}
        }
    }
}
