//! Names in other objects follow the object:
//! <https://github.com/kubernetes-sigs/kustomize/blob/master/api/filters/nameref/nameref.go>.

use std::collections::BTreeMap;
use std::ptr;

use super::edit;
use super::fault::Told;
use super::field;
use super::id::Id;
use super::resource::Resource;
use crate::read::manifest::{Objects, references};
use crate::read::{Document, Kind, Node, Span};

/// Names that kustomize knows beside those by which pods, Ingresses and bindings need something: the kind that is
/// named, the kind that names it, and where; a path that ends in a map leads to a name and its namespace.
const FURTHER: [(&str, &str, &str); 24] = [
    ("ConfigMap", "Node", "spec/configSource/configMap"),
    ("ConfigMap", "Role", "rules/resourceNames"),
    ("ConfigMap", "ClusterRole", "rules/resourceNames"),
    (
        "ConfigMap",
        "Ingress",
        "metadata/annotations/nginx.ingress.kubernetes.io~1fastcgi-params-configmap",
    ),
    (
        "Secret",
        "Ingress",
        "metadata/annotations/ingress.kubernetes.io~1auth-secret",
    ),
    (
        "Secret",
        "Ingress",
        "metadata/annotations/nginx.ingress.kubernetes.io~1auth-secret",
    ),
    (
        "Secret",
        "Ingress",
        "metadata/annotations/nginx.ingress.kubernetes.io~1auth-tls-secret",
    ),
    ("Secret", "ServiceAccount", "imagePullSecrets/name"),
    ("Secret", "StorageClass", "parameters/secretName"),
    ("Secret", "StorageClass", "parameters/adminSecretName"),
    ("Secret", "StorageClass", "parameters/userSecretName"),
    ("Secret", "Role", "rules/resourceNames"),
    ("Secret", "ClusterRole", "rules/resourceNames"),
    ("Secret", "PersistentVolume", "spec/azureFile/secretName"),
    ("Service", "APIService", "spec/service/name"),
    (
        "Service",
        "ValidatingWebhookConfiguration",
        "webhooks/clientConfig/service",
    ),
    (
        "Service",
        "MutatingWebhookConfiguration",
        "webhooks/clientConfig/service",
    ),
    ("Service", "HTTPRoute", "spec/rules/backendRefs/name"),
    ("PersistentVolume", "PersistentVolumeClaim", "spec/volumeName"),
    ("PersistentVolume", "ClusterRole", "rules/resourceNames"),
    ("StorageClass", "PersistentVolume", "spec/storageClassName"),
    ("StorageClass", "PersistentVolumeClaim", "spec/storageClassName"),
    (
        "StorageClass",
        "StatefulSet",
        "spec/volumeClaimTemplates/spec/storageClassName",
    ),
    ("IngressClass", "Ingress", "spec/ingressClassName"),
];

/// What to write in place of a value: a name, and a namespace beside it.
struct Change {
    name: String,
    namespace: Option<String>,
}

/// Where a name stands, which kind it names, and the map that may say its namespace.
struct Mention<'a> {
    from: usize,
    at: &'a Node,
    kind: &'a str,
    beside: Option<&'a Node>,
}

/// Writes the new names wherever an old one stands.
pub(super) fn follow(resources: &mut [Resource], told: &mut Told) {
    let documents: Vec<Document> = resources
        .iter_mut()
        .map(|resource| taken(&mut resource.document))
        .collect();
    let ids: Vec<Id> = documents.iter().map(|document| Id::of(&document.root)).collect();
    let mut named: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (number, resource) in resources.iter().enumerate() {
        for id in &resource.before {
            let numbers = named.entry((&id.kind, &id.name)).or_default();
            if numbers.last() != Some(&number) {
                numbers.push(number);
            }
        }
    }
    let mut changes: BTreeMap<usize, Change> = BTreeMap::new();
    for mention in mentions(&documents, &ids) {
        let old = mention.at.text().unwrap_or_default();
        let candidates = named.get(&(mention.kind, old)).map_or(&[][..], Vec::as_slice);
        match chosen(&mention, candidates, resources, &ids) {
            Ok(None) => {}
            Ok(Some(number)) => {
                let namespace = mention.beside.and(ids[number].namespace.clone());
                let address = ptr::from_ref(mention.beside.unwrap_or(mention.at)).addr();
                let name = ids[number].name.clone();
                changes.insert(address, Change { name, namespace });
            }
            Err(at) => {
                let message = format!("{} `{old}` may be one of several objects here", mention.kind);
                told.refused(at, message, "give them other names, or put them into other namespaces");
            }
        }
    }
    for (resource, mut document) in resources.iter_mut().zip(documents) {
        if !changes.is_empty() {
            write(&mut document.root, &changes);
        }
        resource.document = document;
    }
}

fn taken(document: &mut Document) -> Document {
    let at = document.root.at;
    let root = std::mem::replace(&mut document.root, Node { at, kind: Kind::Null });
    Document {
        root,
        duplicates: std::mem::take(&mut document.duplicates),
        ..document.clone()
    }
}

fn mentions<'a>(documents: &'a [Document], ids: &[Id]) -> Vec<Mention<'a>> {
    let addresses = documents.iter().map(|document| ptr::from_ref(document).addr());
    let numbers: BTreeMap<usize, usize> = addresses.zip(0..).collect();
    let number = |document: &Document| {
        numbers
            .get(&ptr::from_ref(document).addr())
            .copied()
            .unwrap_or_default()
    };
    let objects = Objects::new(documents);
    let mut found: Vec<Mention<'a>> = Vec::new();
    for reference in references(&objects) {
        found.push(Mention {
            beside: reference.beside,
            ..mention(number(reference.from.document), reference.at, reference.kind)
        });
    }
    for object in objects.of("HorizontalPodAutoscaler") {
        // kustomize does not ask which kind it says.
        let kinds = ["Deployment", "ReplicationController", "ReplicaSet", "StatefulSet"];
        let scaled = object.scaled().map(|scaled| scaled.at);
        found.extend(
            scaled
                .into_iter()
                .flat_map(|at| kinds.map(|kind| mention(number(object.document), at, kind))),
        );
    }
    for pods in objects.pods() {
        let at = pods.dig(&["priorityClassName"]);
        found.extend(at.map(|at| mention(number(pods.object.document), at, "PriorityClass")));
    }
    for (from, (document, id)) in documents.iter().zip(ids).enumerate() {
        for (kind, _, path) in FURTHER.iter().filter(|(_, by, _)| *by == id.kind) {
            further(from, document, kind, path, &mut found);
        }
    }
    found
}

fn mention<'a>(from: usize, at: &'a Node, kind: &'a str) -> Mention<'a> {
    Mention {
        from,
        at,
        kind,
        beside: None,
    }
}

fn further<'a>(from: usize, document: &'a Document, kind: &'a str, path: &str, found: &mut Vec<Mention<'a>>) {
    let steps: Vec<String> = path.split('/').map(|step| step.replace("~1", "/")).collect();
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    let mut nodes = Vec::new();
    field::all(&document.root, &steps, &mut nodes);
    for node in nodes {
        match &node.kind {
            Kind::Text(_) => found.push(mention(from, node, kind)),
            Kind::Map(map) => {
                let at = map.get("name").filter(|name| name.text().is_some());
                found.extend(at.map(|at| Mention {
                    from,
                    at,
                    kind,
                    beside: Some(node),
                }));
            }
            _ => {}
        }
    }
}

/// The object that a name means, if it had that name before; an error says where several may be meant.
fn chosen(mention: &Mention<'_>, candidates: &[usize], all: &[Resource], ids: &[Id]) -> Result<Option<usize>, Span> {
    let from = &ids[mention.from];
    let said = mention.beside.and_then(|node| node.get("namespace")?.text());
    // A namespace is what it was at first, unless nothing was in one of that name.
    let first = |number: usize| all[number].before.first().unwrap_or(&ids[number]);
    let was = said.is_some_and(|said| (0..all.len()).any(|number| first(number).place() == Some(said)));
    let reaches = |number: &&usize| {
        let id = &ids[**number];
        match said {
            Some(_) if was => first(**number).place() == said,
            Some(_) => id.place() == said,
            None => {
                from.is_of_the_cluster()
                    || id.is_of_the_cluster()
                    || mention.beside.is_some()
                    || id.place() == from.place()
            }
        }
    };
    let mut left: Vec<usize> = candidates.iter().filter(reaches).copied().collect();
    if left.len() > 1 {
        left.retain(|number| {
            let (one, other) = (&all[*number].affixes, &all[mention.from].affixes);
            (one.0.is_empty() || other.0.is_empty() || one.0.ends_with(&other.0) || other.0.ends_with(&one.0))
                && (one.1.is_empty() || other.1.is_empty() || one.1.ends_with(&other.1) || other.1.ends_with(&one.1))
        });
    }
    let Some(first) = left.first() else { return Ok(None) };
    let same = |number: &usize| ids[*number].name == ids[*first].name;
    if left.iter().all(same) {
        Ok(Some(*first))
    } else {
        Err(mention.at.at)
    }
}

fn write(node: &mut Node, changes: &BTreeMap<usize, Change>) {
    if let Some(change) = changes.get(&ptr::from_ref(node).addr()) {
        let at = node.at;
        if let Kind::Map(_) = node.kind {
            let place = node.get("name").map_or(at, |name| name.at);
            edit::set(node, edit::entry("name", edit::text(change.name.clone(), place)));
            if let Some(namespace) = &change.namespace {
                edit::set(node, edit::entry("namespace", edit::text(namespace.clone(), place)));
            }
        } else {
            node.kind = Kind::Text(change.name.clone());
        }
        return;
    }
    match &mut node.kind {
        Kind::List(items) => items.iter_mut().for_each(|item| write(item, changes)),
        Kind::Map(map) => map.entries_mut().for_each(|entry| write(&mut entry.value, changes)),
        _ => {}
    }
}
