use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::{Kind, Node};

pub(super) const RULE: Rule = Rule {
    name: "several-sources",
    why: "A volume is of one kind. The server refuses one that is several.",
    link: "https://kubernetes.io/docs/concepts/storage/volumes/",
    level: Level::Error,
    family: Family::Schema,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: 'example/web:1.0', volumeMounts: [{name: data, mountPath: /data}]}]
  volumes: [{name: data, emptyDir: {}, configMap: {name: settings}}]
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: 'example/web:1.0', volumeMounts: [{name: data, mountPath: /data}]}]
  volumes: [{name: data, configMap: {name: settings}}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for pods in set.manifests.pods() {
        for volume in pods.dig(&["volumes"]).and_then(Node::list).unwrap_or_default() {
            let entries = volume.map().into_iter().flatten();
            let mut kinds = entries.filter(|entry| entry.key != "name" && entry.value.kind != Kind::Null);
            if let (Some(first), Some(second)) = (kinds.next(), kinds.next()) {
                let message = format!("a volume cannot be {} and {}", first.key, second.key);
                report
                    .key(second, message)
                    .also(first, "the first")
                    .help("make two volumes of it");
            }
        }
    }
}
