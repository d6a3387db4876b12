use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::{Pods, is_settled};
use crate::schema::nearest;
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    name: "missing-volume",
    why: "A container can mount only what its pod has: the API server refuses a mount of a volume that is not \
          in the list.",
    link: "https://kubernetes.io/docs/concepts/storage/volumes/",
    level: Level::Error,
    family: Family::Graph,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  volumes: [{name: scratch, emptyDir: {}}]
  containers:
    - name: web
      image: example/web:1.0
      volumeMounts: [{name: scrtch, mountPath: /tmp}]
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  volumes: [{name: scratch, emptyDir: {}}]
  containers:
    - name: web
      image: example/web:1.0
      volumeMounts: [{name: scratch, mountPath: /tmp}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for pods in set.manifests.pods() {
        let volumes = volumes(pods);
        for container in pods.containers() {
            let mounts = container
                .list("volumeMounts")
                .iter()
                .chain(container.list("volumeDevices"));
            for at in mounts.filter_map(|mount| mount.get("name")) {
                let Some(name) = at.text().filter(|name| is_settled(name)) else {
                    continue;
                };
                if volumes.contains_key(name) || volumes.keys().any(|name| !is_settled(name)) {
                    continue;
                }
                let message = format!("{} has no volume `{name}`", pods.object.title());
                let draft = report.value(at, message);
                match nearest(name, volumes.keys().copied()) {
                    Some(near) => draft
                        .also(volumes[near], format!("`{near}` is here"))
                        .help(format!("did you mean `{near}`?")),
                    None => draft.help("add it to `volumes` of the pod, or mount one that is there"),
                }
            }
        }
    }
}

/// The volumes of pods by name, those among them that a StatefulSet claims for each.
fn volumes<'a>(pods: &Pods<'a>) -> BTreeMap<&'a str, &'a Node> {
    let own = pods.dig(&["volumes"]).and_then(Node::list).unwrap_or_default();
    let own = own.iter().filter_map(|volume| volume.get("name"));
    let claims = pods.object.dig(&["spec", "volumeClaimTemplates"]).and_then(Node::list);
    let claims = claims
        .unwrap_or_default()
        .iter()
        .filter_map(|claim| claim.dig(&["metadata", "name"]));
    own.chain(claims)
        .filter_map(|name| Some((name.text()?, name)))
        .collect()
}
