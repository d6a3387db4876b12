use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::{Selector, is_built_in};
use crate::read::{Kind, Node};

pub(super) const RULE: Rule = Rule {
    name: "malformed-expression",
    why: "`In` and `NotIn` compare with values, `Exists` and `DoesNotExist` with none. The server refuses a \
          selector that says otherwise, and a Deployment that selects all pods.",
    link: "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements",
    level: Level::Error,
    family: Family::Schema,
    example: r"
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {podSelector: {matchExpressions: [{key: app, operator: In, values: []}]}, policyTypes: [Ingress]}
",
    instead: r"
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {podSelector: {matchExpressions: [{key: app, operator: Exists}]}, policyTypes: [Ingress]}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for object in set.manifests.all().iter().filter(|object| is_built_in(object.group)) {
        look(object.node, report);
    }
    for kind in ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"] {
        for object in set.manifests.of(kind) {
            let selector = object.dig(&["spec", "selector"]).filter(|node| node.map().is_some());
            if let Some(node) = selector.filter(|node| Selector::of(node).is_empty()) {
                report
                    .value(node, format!("{} selects all pods", object.title()))
                    .help("write the labels of its pods under `matchLabels`");
            }
        }
    }
}

/// Looks for expressions wherever there is a selector.
fn look<'a>(node: &'a Node, report: &mut Report<'a>) {
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|item| look(item, report)),
        Kind::Map(map) => {
            for entry in map {
                if entry.key == "matchExpressions" {
                    let items = entry.value.list().unwrap_or_default();
                    for item in items {
                        judge(item, report);
                    }
                } else {
                    look(&entry.value, report);
                }
            }
        }
        _ => {}
    }
}

fn judge<'a>(expression: &'a Node, report: &mut Report<'a>) {
    let some = expression
        .get("values")
        .and_then(Node::list)
        .is_some_and(|values| !values.is_empty());
    let operator = expression.get("operator").and_then(|node| Some((node, node.text()?)));
    match operator {
        Some((node, "In" | "NotIn")) if !some => {
            let message = "this compares with no value";
            report.value(node, message).help("write `values`, or `Exists`");
        }
        Some((node, "Exists" | "DoesNotExist")) if some => {
            report
                .value(node, "this compares with nothing")
                .help("take out `values`, or write `In`");
        }
        _ => {}
    }
}
