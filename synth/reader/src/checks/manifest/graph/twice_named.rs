use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::{Object, is_settled};
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    name: "twice-named",
    why: "Of two objects of one kind, namespace and name, the one that is applied last replaces the other. In \
          files of different folders they are most often for different clusters, which is not told.",
    link: "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/",
    level: Level::Error,
    family: Family::Graph,
    example: r"
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {COLOR: blue}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {SIZE: small}
",
    instead: r"
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {COLOR: blue, SIZE: small}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let mut seen: BTreeMap<_, Object<'a>> = BTreeMap::new();
    for object in set.manifests.all() {
        let Some(name) = object.name().filter(|name| is_settled(name)) else {
            continue;
        };
        let key = (object.folder(), object.group, object.kind, object.namespace(), name);
        let Some(first) = seen.get(&key) else {
            seen.insert(key, *object);
            continue;
        };
        // The same object in two forms of one file name is one that somebody keeps for two clusters.
        let one_file = first.document.file == object.document.file;
        let draft = report.value(object.place(), format!("{} is here twice", object.title()));
        draft.also(first.place(), "the first of them");
        if !one_file {
            draft.level(Level::Warning);
        }
        draft.help("rename one of them, or remove it");
    }
}
