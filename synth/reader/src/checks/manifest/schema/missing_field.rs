use crate::checks::manifest::shape::Violation;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::is_built_in;
use crate::schema::kubernetes;

pub(super) const RULE: Rule = Rule {
    name: "missing-field",
    why: "The API server refuses an object without a field that it requires.",
    link: "https://kubernetes.io/docs/reference/kubernetes-api/",
    level: Level::Error,
    family: Family::Schema,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{image: 'example/web:1.0'}]
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: 'example/web:1.0'}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (violation, sure) in set.manifests.violations() {
        if let Violation::Missing(node, name) = violation {
            report
                .value(node, format!("`{name}` is missing here"))
                .sure(*sure)
                .help(format!("add `{name}`"));
        }
    }
    for object in set.manifests.all() {
        let (api, kind) = (object.api_version(), object.kind);
        let known =
            kubernetes::kind(set.manifests.version, api, kind).is_some() || kubernetes::removed(api, kind).is_some();
        let named = object
            .dig(&["metadata", "name"])
            .or_else(|| object.dig(&["metadata", "generateName"]));
        // What is only asked has no name.
        if known
            && is_built_in(object.group)
            && named.is_none()
            && !object.kind.ends_with("Review")
            && !object.kind.ends_with("List")
        {
            report
                .value(object.place(), format!("this {} has no name", object.kind))
                .help("add `metadata.name`");
        }
    }
}
