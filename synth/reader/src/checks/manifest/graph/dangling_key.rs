use crate::checks::manifest::port;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::{Key, Object, Reference, is_settled};
use crate::read::{Map, Node};
use crate::schema::nearest;

pub(super) const RULE: Rule = Rule {
    name: "dangling-key",
    why: "A container that takes a variable or a file from a key that its ConfigMap or Secret does not have \
          stays in `CreateContainerConfigError` or `ContainerCreating`; an Ingress that names a port which its \
          Service lacks answers with an error.",
    link: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/#restrictions",
    level: Level::Error,
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
      env: [{name: COLOR, valueFrom: {configMapKeyRef: {name: settings, key: COLOUR}}}]
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
      env: [{name: COLOR, valueFrom: {configMapKeyRef: {name: settings, key: COLOR}}}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for reference in set
        .manifests
        .references()
        .iter()
        .filter(|reference| !reference.optional)
    {
        let named = set
            .manifests
            .named(reference.kind, reference.name(), reference.namespace);
        let objects: Vec<Object<'a>> = named.collect();
        match reference.key {
            Some(Key::Data(key)) if objects.iter().all(is_known) => data(key, &objects, report),
            Some(Key::Port(port)) => ports(reference, port, &objects, report),
            _ => {}
        }
    }
}

/// Whether its keys are those that it has in the file: controllers fill some Secrets.
fn is_known(object: &Object<'_>) -> bool {
    let filled = object.text(&["type"]) == Some("kubernetes.io/service-account-token");
    !filled && (object.kind == "ConfigMap" || keys(object).next().is_some())
}

fn keys<'a>(object: &Object<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    let maps = ["data", "stringData", "binaryData"].map(|key| object.dig(&[key]).and_then(Node::map));
    maps.into_iter()
        .flatten()
        .flat_map(Map::iter)
        .map(|entry| entry.key.as_str())
}

fn data<'a>(key: &'a Node, objects: &[Object<'a>], report: &mut Report<'a>) {
    let (Some(name), Some(first)) = (key.text().filter(|key| is_settled(key)), objects.first()) else {
        return;
    };
    // A key that is a placeholder may be any.
    if objects.iter().flat_map(keys).any(|key| key == name || !is_settled(key)) {
        return;
    }
    let draft = report.value(key, format!("{} has no key `{name}`", first.title()));
    let holder = ["data", "stringData"].into_iter().find_map(|key| first.entry(&[key]));
    match holder {
        Some(entry) => draft.also(entry, "the keys that it has"),
        None => draft.also(first.place(), "it has no data"),
    };
    match nearest(name, keys(first)) {
        Some(near) => draft.help(format!("did you mean `{near}`?")),
        None => draft.help("add the key, or say `optional: true` if it may be missing"),
    }
}

fn ports<'a>(reference: &Reference<'a>, port: &'a Node, services: &[Object<'a>], report: &mut Report<'a>) {
    let (Some(shown), Some(first)) = (port.to_text().filter(|port| is_settled(port)), services.first()) else {
        return;
    };
    let of = |service: &Object<'a>| service.dig(&["spec", "ports"]).and_then(Node::list).unwrap_or_default();
    if services
        .iter()
        .any(|service| of(service).is_empty() || of(service).iter().any(|its| port::serves(its, port)))
    {
        return;
    }
    let names = of(first).iter().filter_map(|its| its.get("name")?.text());
    let near = nearest(&shown, names);
    let draft = report.value(
        port,
        format!(
            "{} names port `{shown}`, which {} lacks",
            reference.from.title(),
            first.title()
        ),
    );
    draft.also_if(first.entry(&["spec", "ports"]), "the ports that it has");
    match near {
        Some(near) => draft.help(format!("did you mean `{near}`?")),
        None => draft.help("name a port of the Service, not of its containers"),
    }
}
