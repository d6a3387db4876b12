use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::{Reference, is_settled};
use crate::schema::nearest;
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    name: "dangling-object",
    why: "A pod that names a ConfigMap, a Secret, a claim or a service account that does not exist does not \
          start, and an Ingress without its Service answers with an error. What is not in the files may be in \
          the cluster, so this is told only where the files hold others of that kind in that namespace; of \
          Secrets, which others often make, only a slip is a warning.",
    link: "https://kubernetes.io/docs/concepts/configuration/configmap/#configmaps-and-pods",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {COLOR: blue}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: example/web:1.0
      envFrom: [{configMapRef: {name: seting}}]
",
    instead: r"
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {COLOR: blue}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: example/web:1.0
      envFrom: [{configMapRef: {name: settings}}]
",
    check,
};

/// Objects that every namespace or cluster has.
const GIVEN: &[(&str, &str)] = &[
    ("ConfigMap", "kube-root-ca.crt"),
    ("ServiceAccount", "default"),
    ("ClusterRole", "admin"),
    ("ClusterRole", "cluster-admin"),
    ("ClusterRole", "edit"),
    ("ClusterRole", "view"),
];

/// So many names are compared to say which was meant.
const MOST: usize = 300;

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let made = made(set);
    for reference in set.manifests.references() {
        let name = reference.name();
        let given = GIVEN.contains(&(reference.kind, name)) || name.starts_with("system:");
        let there = || {
            set.manifests
                .named(reference.kind, name, reference.namespace)
                .next()
                .is_some()
        };
        if !(reference.optional || given || made.contains(name) || !is_settled(name) || there()) {
            judge(set, reference, report);
        }
    }
}

fn judge<'a>(set: &Set<'a>, reference: &Reference<'a>, report: &mut Report<'a>) {
    let others = || set.manifests.within(reference.kind, reference.namespace).take(MOST);
    // Certificates and pull secrets are kinds of Secrets of their own; others are made by hand and kept out of files.
    let name = reference.name();
    let names = others().filter_map(|other| other.name());
    let near = nearest(name, names.filter(|near| letters(near) != letters(name)));
    if others().next().is_none() || (near.is_none() && set.manifests.is_operated(reference.namespace)) {
        return;
    }
    let message = format!(
        "{} names the {} `{name}`, which is not in these files",
        reference.from.title(),
        reference.kind
    );
    let draft = report.value(reference.at, message);
    let Some(near) = near else {
        if matches!(reference.kind, "Secret" | "ClusterRole") {
            draft.level(Level::Info);
        }
        draft.help("add it to the files, or see that the cluster has it");
        return;
    };
    let meant = others().find(|other| other.name() == Some(near));
    draft.also_if(meant.map(|other| other.place()), format!("`{near}` is here"));
    draft.help(format!("did you mean `{near}`?"));
}

/// A name without its digits: `data-1` is no slip for `data-0`.
fn letters(name: &str) -> String {
    name.chars().filter(|character| !character.is_ascii_digit()).collect()
}

/// The names of what other objects make: a certificate of cert-manager, say, its Secret.
fn made<'a>(set: &Set<'a>) -> BTreeSet<&'a str> {
    let mut names = BTreeSet::new();
    for object in set.manifests.all() {
        if crate::read::manifest::is_built_in(object.group) {
            continue;
        }
        names.extend(object.name());
        let spec = |keys: &[&str]| object.node.get("spec")?.dig(keys)?.text();
        names.extend(spec(&["secretName"]));
        names.extend(spec(&["target", "name"]));
        names.extend(
            object
                .dig(&["spec", "template", "metadata", "name"])
                .and_then(Node::text),
        );
    }
    // Those of a StatefulSet are made from its templates.
    for object in set.manifests.of("StatefulSet") {
        let templates = object.dig(&["spec", "volumeClaimTemplates"]).and_then(Node::list);
        names.extend(
            templates
                .unwrap_or_default()
                .iter()
                .filter_map(|claim| claim.dig(&["metadata", "name"])?.text()),
        );
    }
    names
}
