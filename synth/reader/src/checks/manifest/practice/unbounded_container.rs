use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::{Container, Pods};

pub(super) const RULE: Rule = Rule {
    name: "unbounded-container",
    why: "A container without a limit of memory takes that of others on its node; without requests it is put \
          where there is no room, and is the first to be ended. A limit of CPU is a note: without one a \
          container may use what is idle.",
    link: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: example/web:1.0
      resources: {requests: {cpu: 100m}}
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: example/web:1.0
      resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {cpu: 200m, memory: 64Mi}}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for pods in set.manifests.pods() {
        // A range of the namespace fills in what is not written.
        if set
            .manifests
            .within("LimitRange", pods.object.namespace())
            .next()
            .is_none()
        {
            for container in pods.running() {
                judge(pods, &container, report);
            }
        }
    }
}

fn judge<'a>(pods: &Pods<'a>, container: &Container<'a>, report: &mut Report<'a>) {
    let has = |kind: &str, name: &str| {
        let whole = pods.dig(&["resources", kind, name]);
        container.dig(&["resources", kind, name]).or(whole).is_some()
    };
    let lacks = |kind: &'static str, name: &'static str| (!has(kind, name)).then(|| format!("{kind}.{name}"));
    // A limit without a request is its request.
    let request = |name| lacks("requests", name).filter(|_| !has("limits", name));
    let missing: Vec<String> = [request("cpu"), request("memory"), lacks("limits", "memory")]
        .into_iter()
        .flatten()
        .collect();
    let at = container.dig(&["resources"]).unwrap_or(container.place());
    if !missing.is_empty() {
        let missing = missing.join(", ");
        report
            .value(at, format!("container `{}` has no {missing}", container.name()))
            .help("set them below `resources`, by what it takes");
    }
    if let Some(missing) = lacks("limits", "cpu") {
        report
            .value(at, format!("container `{}` has no {missing}", container.name()))
            .level(Level::Info)
            .help("set it, if others on its node must not wait");
    }
}
