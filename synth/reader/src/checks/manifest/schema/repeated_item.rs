use crate::checks::manifest::shape::Violation;
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "repeated-item",
    why: "Items of a list that are told apart by their names cannot have one name: the API server refuses \
          them, or the last one hides the others.",
    link: "https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy",
    level: Level::Error,
    family: Family::Schema,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: 'example/web:1.0', env: [{name: A, value: b}, {name: A, value: c}]}]
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: 'example/web:1.0', env: [{name: A, value: c}]}]
",
    check,
};

/// Lists that the server refuses; in the others, the last of two items counts.
const REFUSED: [&str; 6] = [
    "containers",
    "initContainers",
    "ephemeralContainers",
    "volumes",
    "volumeMounts",
    "volumeDevices",
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (violation, _) in set.manifests.violations() {
        let Violation::Twice(again, first, list) = violation else {
            continue;
        };
        let name = again.get("name").and_then(|name| name.text()).unwrap_or("this");
        let draft = report.value(again, format!("`{name}` stands twice in `{list}`"));
        if !REFUSED.contains(list) {
            draft.level(Level::Warning);
        }
        draft
            .also(*first, "the first of them")
            .help("remove one of them, or rename it");
    }
}
