use crate::checks::manifest::shape::Violation;
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "malformed-secret",
    why: "The values under `data` of a Secret and `binaryData` of a ConfigMap are base64; the API server \
          refuses others.",
    link: "https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data",
    level: Level::Error,
    family: Family::Schema,
    example: r"
apiVersion: v1
kind: Secret
metadata: {name: login}
data: {user: me@example.com}
",
    instead: r"
apiVersion: v1
kind: Secret
metadata: {name: login}
stringData: {user: me@example.com}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (violation, _) in set.manifests.violations() {
        if let Violation::Encoding(node) = violation {
            report
                .value(node, "this is no base64")
                .help("encode it; a Secret takes it as it is under `stringData`");
        }
    }
}
