use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "repeated-key",
    why: "Of two keys of one name in a map, one is lost; strict readers refuse the whole file.",
    link: "https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation",
    level: Level::Error,
    family: Family::Schema,
    example: r"
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data:
  COLOR: blue
  COLOR: green
",
    instead: r"
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data:
  COLOR: green
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for document in set.manifests.documents {
        for twice in &document.duplicates {
            report
                .spot(
                    &document.root,
                    twice.again,
                    format!("`{}` stands here again", twice.key),
                )
                .also((&document.root, twice.first), "the first of them")
                .help("remove one of them");
        }
    }
}
