use crate::checks::manifest::shape::Violation;
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "unknown-field",
    why: "The API server drops a field that it does not know, or refuses the object: either way it does not do \
          what is written.",
    link: "https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation",
    level: Level::Error,
    family: Family::Schema,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: 'example/web:1.0'}]
  restartPolcy: Never
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: 'example/web:1.0'}]
  restartPolicy: Never
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (violation, sure) in set.manifests.violations() {
        let Violation::Field(entry, schema) = violation else {
            continue;
        };
        let place = schema.definition().and_then(|name| name.rsplit(['.', '/']).next());
        let place = place.map_or_else(|| "there is no".to_owned(), |place| format!("{place} has no"));
        let draft = report.key(entry, format!("{place} field `{}`", entry.key));
        draft.sure(*sure);
        match schema.nearest_field(&entry.key) {
            Some(near) => draft.help(format!("did you mean `{near}`?")),
            None => draft.help(format!("it has {}", listed(schema.fields().map(|(name, _)| name)))),
        }
    }
}

/// Some names for a message.
fn listed(names: impl Iterator<Item = &'static str>) -> String {
    const MOST: usize = 12;
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    if names.len() > MOST {
        return format!("{}, and {} more", names[..MOST].join(", "), names.len() - MOST);
    }
    names.join(", ")
}
