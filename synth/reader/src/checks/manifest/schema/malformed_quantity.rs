use crate::checks::manifest::shape::Violation;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::{Pods, Quantity};
use crate::read::{Map, Node};

pub(super) const RULE: Rule = Rule {
    name: "malformed-quantity",
    why: "The API server refuses what is no quantity: a number with no unit, or with one of `m`, `k`, `M`, \
          `G`, `Ki`, `Mi`, `Gi` and their like. A request above its limit is refused, too.",
    link: "https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/",
    level: Level::Error,
    family: Family::Schema,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: 'example/web:1.0', resources: {limits: {memory: 128MB}}}]
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: 'example/web:1.0', resources: {limits: {memory: 128Mi}}}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (violation, _) in set.manifests.violations() {
        if let Violation::Quantity(node) = violation {
            let shown = node.text().unwrap_or_default();
            report
                .value(node, format!("`{shown}` is no quantity"))
                .help("write one such as `500m` or `128Mi`");
        }
    }
    for container in set.manifests.pods().iter().flat_map(Pods::containers) {
        let Some(resources) = container.dig(&["resources"]) else {
            continue;
        };
        for request in resources
            .get("requests")
            .and_then(Node::map)
            .into_iter()
            .flat_map(Map::iter)
        {
            let Some(limit) = resources.dig(&["limits", &request.key]) else {
                continue;
            };
            let both = Quantity::of(&request.value).zip(Quantity::of(limit));
            if both.is_some_and(|(request, limit)| request > limit) {
                report
                    .value(
                        &request.value,
                        format!(
                            "container `{}` requests more {} than its limit",
                            container.name(),
                            request.key
                        ),
                    )
                    .also(limit, "the limit")
                    .help("raise the limit, or request less");
            }
        }
    }
}
