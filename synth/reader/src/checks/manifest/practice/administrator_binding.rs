use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;

pub(super) const RULE: Rule = Rule {
    name: "administrator-binding",
    why: "A binding of `cluster-admin` gives all rights on everything; one to everybody gives its role to \
          whoever reaches the API server.",
    link: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: deployers}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: deployers}]
",
    instead: r"
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: deployers}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: deployers}]
",
    check,
};

const EVERYBODY: [&str; 3] = ["system:anonymous", "system:unauthenticated", "system:authenticated"];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for binding in set
        .manifests
        .of("RoleBinding")
        .chain(set.manifests.of("ClusterRoleBinding"))
    {
        let title = binding.title();
        if let Some(name) = binding
            .dig(&["roleRef", "name"])
            .filter(|name| name.text() == Some("cluster-admin"))
            // A Role may bear the name too.
            .filter(|_| binding.text(&["roleRef", "kind"]) != Some("Role"))
        {
            report
                .value(name, format!("{title} gives all rights"))
                .help("bind a role with the rights that are needed");
        }
        for name in binding.dig(&["subjects"]).and_then(Node::list).unwrap_or_default() {
            let Some(name) = name.get("name") else { continue };
            if name.text().is_some_and(|name| EVERYBODY.contains(&name)) {
                report
                    .value(name, format!("{title} gives its role to everybody"))
                    .help("name who needs it");
            }
        }
    }
}
