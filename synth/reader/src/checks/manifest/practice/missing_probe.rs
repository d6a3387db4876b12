use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::{Container, Pods, Role};

pub(super) const RULE: Rule = Rule {
    name: "missing-probe",
    why: "Without a readiness probe a pod is called before it can answer, and a rollout goes on though every \
          new pod fails. A liveness probe is a note: it helps only a program that hangs.",
    link: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: example/web:1.0
          ports: [{name: http, containerPort: 8080}]
          livenessProbe: {tcpSocket: {port: http}}
",
    instead: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: example/web:1.0
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {httpGet: {path: /health, port: http}}
          livenessProbe: {tcpSocket: {port: http}}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let lasting = set
        .manifests
        .pods()
        .iter()
        .filter(|pods| pods.is_lasting() && !pods.is_alone());
    let main = lasting
        .flat_map(Pods::containers)
        .filter(|container| container.role == Role::Main);
    // Whom nobody calls has nothing to be ready for.
    for container in main.filter(|container| !container.list("ports").is_empty()) {
        judge(&container, report);
    }
}

fn judge<'a>(container: &Container<'a>, report: &mut Report<'a>) {
    let (ready, alive) = (container.dig(&["readinessProbe"]), container.dig(&["livenessProbe"]));
    let name = container.name();
    if ready.is_none() {
        report
            .value(container.place(), format!("container `{name}` has no readiness probe"))
            .help("add `readinessProbe`");
    }
    match (ready, alive) {
        (_, None) => report
            .value(container.place(), format!("container `{name}` has no liveness probe"))
            .level(Level::Info)
            .help("add `livenessProbe`, which asks for less than the readiness probe"),
        (Some(ready), Some(alive)) if ready.to_value() == alive.to_value() => report
            .value(
                alive,
                format!("container `{name}` is restarted whenever it is not ready"),
            )
            .level(Level::Info)
            .also(ready, "the same probe")
            .help("let the liveness probe ask for less, or wait longer"),
        _ => {}
    }
}
