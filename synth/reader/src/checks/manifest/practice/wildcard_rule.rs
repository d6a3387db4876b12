use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::Object;

pub(super) const RULE: Rule = Rule {
    name: "wildcard-rule",
    why: "A rule with `*` grants what exists today and whatever will exist tomorrow.",
    link: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege",
    level: Level::Warning,
    family: Family::Practice,
    example: r#"
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: deployer}
rules:
  - {apiGroups: [apps], resources: [deployments], verbs: ["*"]}
"#,
    instead: r"
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: deployer}
rules:
  - {apiGroups: [apps], resources: [deployments], verbs: [get, patch]}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for role in set.manifests.of("Role").chain(set.manifests.of("ClusterRole")) {
        for grant in role.dig(&["rules"]).and_then(Node::list).unwrap_or_default() {
            judge(&role, grant, report);
        }
    }
}

fn judge<'a>(role: &Object<'a>, grant: &'a Node, report: &mut Report<'a>) {
    for key in ["verbs", "resources", "apiGroups", "nonResourceURLs"] {
        for item in grant.get(key).and_then(Node::list).unwrap_or_default() {
            if item.text() == Some("*") {
                report
                    .value(item, format!("{} grants all `{key}`", role.title()))
                    .help("name those that are needed");
            }
        }
    }
}
