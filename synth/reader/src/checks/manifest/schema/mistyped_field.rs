use crate::checks::manifest::shape::Violation;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Kind;

pub(super) const RULE: Rule = Rule {
    name: "mistyped-field",
    why: "The API server refuses a value of another type: a number where a text belongs, most often for want \
          of quotes.",
    link: "https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation",
    level: Level::Error,
    family: Family::Schema,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: 'example/web:1.0', env: [{name: PORT, value: 8080}]}]
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: 'example/web:1.0', env: [{name: PORT, value: '8080'}]}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (violation, sure) in set.manifests.violations() {
        let Violation::Type(node, wanted) = violation else {
            continue;
        };
        let draft = report.value(node, format!("{wanted} belongs here, this is {}", node.kind_name()));
        draft.sure(*sure);
        match (&node.kind, *wanted) {
            (Kind::Number(_) | Kind::Bool(_), "a string") => draft.help("put it into quotes"),
            (Kind::Text(text), "a whole number" | "a number" | "true or false") => {
                draft.help(format!("write it without quotes, if `{text}` is one"));
            }
            _ => draft.help(format!("write {wanted}")),
        }
    }
}
