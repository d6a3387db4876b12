use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;

pub(super) const RULE: Rule = Rule {
    name: "idle-binding",
    why: "A binding without subjects gives its role to nobody, and one of a ServiceAccount without a namespace \
          is refused where the binding has none itself.",
    link: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: readers, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: []
",
    instead: r"
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: readers, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: readers}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for binding in set
        .manifests
        .of("RoleBinding")
        .chain(set.manifests.of("ClusterRoleBinding"))
    {
        let subjects = binding.dig(&["subjects"]).and_then(Node::list).unwrap_or_default();
        if subjects.is_empty() {
            report
                .value(binding.place(), format!("{} binds nobody", binding.title()))
                .help("name subjects, or remove the binding");
        }
        for subject in subjects {
            let is_account = subject.get("kind").and_then(Node::text) == Some("ServiceAccount");
            let said = subject
                .get("namespace")
                .and_then(Node::text)
                .is_some_and(|name| !name.is_empty());
            if is_account && !said {
                report
                    .value(
                        subject,
                        format!("{} binds a ServiceAccount without its namespace", binding.title()),
                    )
                    .level(Level::Error)
                    .help("set `namespace` of the subject");
            }
        }
    }
}
