use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "headed-service",
    why: "The pods of a StatefulSet have names of their own only by a headless Service, one whose `clusterIP` \
          is `None`.",
    link: "https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {selector: {app: db}, ports: [{port: 5432}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: 'example/db:1.0'}]}
",
    instead: r"
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: 'example/db:1.0'}]}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for workload in set.manifests.of("StatefulSet") {
        let Some(at) = workload.dig(&["spec", "serviceName"]) else {
            continue;
        };
        let name = at.text().unwrap_or_default();
        let services: Vec<_> = set.manifests.named("Service", name, workload.namespace()).collect();
        let headless = services
            .iter()
            .any(|service| service.text(&["spec", "clusterIP"]) == Some("None"));
        if let Some(service) = services.first().filter(|_| !headless) {
            report
                .value(
                    at,
                    format!(
                        "{} is not headless, so the pods of {} have no names",
                        service.title(),
                        workload.title()
                    ),
                )
                .also(service.place(), "this Service")
                .help("set its `clusterIP` to `None`, and let another Service be called");
        }
    }
}
