use crate::checks::tofu::shape::Violation;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::schema::google;

pub(super) const RULE: Rule = Rule {
    name: "unknown-argument",
    why: "A plan with an argument or a block that its kind does not have is refused. The names are those of one version \
          of the provider; of a module that takes another, it is a warning.",
    link: "https://opentofu.org/docs/language/resources/syntax/#resource-arguments",
    level: Level::Error,
    family: Family::Schema,
    example: r#"
{"resource": {"google_compute_network": {"main": {"name": "main", "auto_create_subnetwork": false}}},
 "terraform": {"required_providers": {"google": {"version": "8.7.0"}}}}
"#,
    instead: r#"
{"resource": {"google_compute_network": {"main": {"name": "main", "auto_create_subnetworks": false}}},
 "terraform": {"required_providers": {"google": {"version": "8.7.0"}}}}
"#,
    check,
};

/// So many names are listed.
const MOST: usize = 12;

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (violation, sure) in set.modules.violations() {
        let Violation::Argument(entry, schema, title) = violation else {
            continue;
        };
        let draft = report.key(entry, format!("`{title}` has no `{}`", entry.key));
        draft.sure(*sure);
        if schema.attributes().any(|attribute| attribute == entry.key) {
            draft.help("it is only known once it is there, and nobody writes it; remove it");
            continue;
        }
        match schema.nearest_argument(&entry.key) {
            Some(near) => draft.help(format!("did you mean `{near}`?")),
            None => draft.help(format!("version {} has {}", google::version(), listed(*schema))),
        }
    }
}

/// Some names for a message.
fn listed(schema: google::Block) -> String {
    let mut names: Vec<String> = schema.arguments().map(|(name, _)| format!("`{name}`")).collect();
    let more = names.len().saturating_sub(MOST);
    names.truncate(MOST);
    let names = names.join(", ");
    if more > 0 {
        format!("{names}, and {more} more")
    } else {
        names
    }
}
