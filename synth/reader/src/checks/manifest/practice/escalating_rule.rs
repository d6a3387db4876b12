use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::Object;

pub(super) const RULE: Rule = Rule {
    name: "escalating-rule",
    why: "Who has one of these rights can take many others: read all Secrets, run in any pod, bind or \
          impersonate a stronger role.",
    link: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks",
    level: Level::Warning,
    family: Family::Practice,
    example: r#"
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: deployer}
rules:
  - {apiGroups: [""], resources: [secrets], verbs: [get, list]}
"#,
    instead: r#"
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: deployer}
rules:
  - {apiGroups: [""], resources: [secrets], resourceNames: [login], verbs: [get]}
"#,
    check,
};

/// Resources, verbs, and what they lead to; no verbs stand for any.
const RISKS: &[(&[&str], &[&str], &str)] = &[
    (&["secrets"], &["get", "list", "watch"], "reads Secrets"),
    (
        &["pods/exec", "pods/attach"],
        &["create", "get"],
        "runs commands in pods",
    ),
    (
        &["pods"],
        &["create"],
        "makes pods, which have what their accounts have",
    ),
    (
        &["roles", "clusterroles"],
        &["bind", "escalate"],
        "takes roles that it has not",
    ),
    (
        &["users", "groups", "serviceaccounts"],
        &["impersonate"],
        "acts as others",
    ),
    (&["serviceaccounts/token"], &["create"], "makes tokens of accounts"),
    (&["nodes/proxy"], &[], "runs commands on nodes"),
    (
        &["mutatingwebhookconfigurations", "validatingwebhookconfigurations"],
        &["create", "update", "patch"],
        "sees and changes all objects",
    ),
    (
        &["certificatesigningrequests/approval"],
        &["update", "patch"],
        "makes certificates of anybody",
    ),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for role in set.manifests.of("Role").chain(set.manifests.of("ClusterRole")) {
        for grant in role.dig(&["rules"]).and_then(Node::list).unwrap_or_default() {
            judge(&role, grant, report);
        }
    }
}

fn judge<'a>(role: &Object<'a>, grant: &'a Node, report: &mut Report<'a>) {
    // What is named one by one is what is needed.
    if grant
        .get("resourceNames")
        .and_then(Node::list)
        .is_some_and(|names| !names.is_empty())
    {
        return;
    }
    let items = |key: &str| grant.get(key).and_then(Node::list).unwrap_or_default();
    for (resources, verbs, leads) in RISKS {
        let resource = items("resources")
            .iter()
            .find(|item| item.text().is_some_and(|text| resources.contains(&text)));
        let verb = items("verbs").iter().find(|item| {
            let text = item.text().unwrap_or_default();
            verbs.is_empty() || text == "*" || verbs.contains(&text)
        });
        if let (Some(resource), Some(verb)) = (resource, verb) {
            report
                .value(resource, format!("whoever has {} {leads}", role.title()))
                .also(verb, "by this verb")
                .help("remove it, or name the objects in `resourceNames`");
        }
    }
}
