use crate::checks::manifest::shape::Violation;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::schema::nearest;

pub(super) const RULE: Rule = Rule {
    name: "unlisted-value",
    why: "The API server refuses a text that is none of those it knows, and a number out of its bounds.",
    link: "https://kubernetes.io/docs/reference/kubernetes-api/",
    level: Level::Error,
    family: Family::Schema,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: 'example/web:1.0'}]
  restartPolicy: never
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
        match violation {
            Violation::Value(node, allowed) => {
                let shown = node.text().unwrap_or_default();
                let near = nearest(shown, allowed.iter().copied());
                let draft = report.value(node, format!("`{shown}` is none of {}", allowed.join(", ")));
                draft.sure(*sure);
                match near {
                    Some(near) => draft.help(format!("did you mean `{near}`?")),
                    None => draft.help("write one of them"),
                }
            }
            Violation::Bounds(node, least, most) => {
                let shown = node.to_text().unwrap_or_default();
                let bounds = match (least, most) {
                    (Some(least), Some(most)) => format!("{least} to {most}"),
                    (Some(least), None) => format!("{least} or more"),
                    (_, most) => format!("{} or less", most.unwrap_or_default()),
                };
                report
                    .value(node, format!("{shown} is out of bounds"))
                    .sure(*sure)
                    .help(format!("write {bounds}"));
            }
            _ => {}
        }
    }
}
