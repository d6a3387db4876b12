//! Who names which other object.

use super::{Namespace, Object, Objects, Pods};
use crate::read::{Kind, Node};

/// The name of another object in an object.
#[derive(Debug, Clone, Copy)]
pub struct Reference<'a> {
    /// Where it stands.
    pub from: Object<'a>,
    /// The name.
    pub at: &'a Node,
    /// The kind of what is named.
    pub kind: &'static str,
    /// Where what is named belongs.
    pub namespace: Namespace<'a>,
    /// What of it is named.
    pub key: Option<Key<'a>>,
    /// Whether it may be missing.
    pub optional: bool,
    /// The map that says the name, if it can say a namespace too.
    pub beside: Option<&'a Node>,
}

/// What is named of another object.
#[derive(Debug, Clone, Copy)]
pub enum Key<'a> {
    /// A key of a ConfigMap or a Secret.
    Data(&'a Node),
    /// A port of a Service, by its name or number.
    Port(&'a Node),
}

impl<'a> Reference<'a> {
    /// The name.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.at.text().unwrap_or_default()
    }
}

/// Every reference of the objects.
#[must_use]
pub fn references<'a>(objects: &Objects<'a>) -> Vec<Reference<'a>> {
    let mut found = Found { all: Vec::new() };
    for pods in objects.pods() {
        found.of_pods(pods);
    }
    for object in objects.all() {
        found.of_object(*object);
    }
    found.all
}

struct Found<'a> {
    all: Vec<Reference<'a>>,
}

impl<'a> Found<'a> {
    fn push(&mut self, from: Object<'a>, kind: &'static str, at: Option<&'a Node>, key: Option<Key<'a>>) {
        self.named(from, kind, at, key, false);
    }

    fn named(
        &mut self,
        from: Object<'a>,
        kind: &'static str,
        at: Option<&'a Node>,
        key: Option<Key<'a>>,
        optional: bool,
    ) {
        let Some(at) = at.filter(|at| at.text().is_some_and(|name| !name.is_empty())) else {
            return;
        };
        let namespace = from.namespace();
        self.all.push(Reference {
            from,
            at,
            kind,
            namespace,
            key,
            optional,
            beside: None,
        });
    }

    /// One of the forms `{name, key, optional}` of ConfigMaps and Secrets.
    fn data(&mut self, from: Object<'a>, kind: &'static str, node: &'a Node, name: &str) {
        let key = node.get("key").map(Key::Data);
        self.named(from, kind, node.get(name), key, is_optional(node));
        for item in node.get("items").and_then(Node::list).unwrap_or_default() {
            let key = item.get("key").map(Key::Data);
            self.named(from, kind, node.get(name), key, is_optional(node));
        }
    }

    fn of_pods(&mut self, pods: &Pods<'a>) {
        let from = pods.object;
        self.push(from, "ServiceAccount", pods.account(), None);
        for secret in list(pods.spec, "imagePullSecrets") {
            self.push(from, "Secret", secret.get("name"), None);
        }
        for volume in list(pods.spec, "volumes") {
            self.of_volume(from, volume);
        }
        for container in pods.containers() {
            for variable in container.list("env") {
                for (key, kind) in [("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")] {
                    if let Some(node) = variable.dig(&["valueFrom", key]) {
                        self.data(from, kind, node, "name");
                    }
                }
            }
            for source in container.list("envFrom") {
                for (key, kind) in [("configMapRef", "ConfigMap"), ("secretRef", "Secret")] {
                    if let Some(node) = source.get(key) {
                        self.data(from, kind, node, "name");
                    }
                }
            }
        }
    }

    fn of_volume(&mut self, from: Object<'a>, volume: &'a Node) {
        if let Some(node) = volume.get("configMap") {
            self.data(from, "ConfigMap", node, "name");
        }
        if let Some(node) = volume.get("secret") {
            self.data(from, "Secret", node, "secretName");
        }
        let claim = volume.dig(&["persistentVolumeClaim", "claimName"]);
        self.push(from, "PersistentVolumeClaim", claim, None);
        let sources = volume.dig(&["projected", "sources"]).and_then(Node::list);
        for source in sources.unwrap_or_default() {
            for (key, kind) in [("configMap", "ConfigMap"), ("secret", "Secret")] {
                if let Some(node) = source.get(key) {
                    self.data(from, kind, node, "name");
                }
            }
        }
    }

    fn of_object(&mut self, object: Object<'a>) {
        match (object.group, object.kind) {
            ("networking.k8s.io" | "extensions", "Ingress") => self.of_ingress(object),
            ("apps", "StatefulSet") => self.push(object, "Service", object.dig(&["spec", "serviceName"]), None),
            ("rbac.authorization.k8s.io", "RoleBinding" | "ClusterRoleBinding") => self.of_binding(object),
            _ => {}
        }
    }

    fn of_ingress(&mut self, object: Object<'a>) {
        let Some(spec) = object.node.get("spec") else { return };
        for tls in list(spec, "tls") {
            self.push(object, "Secret", tls.get("secretName"), None);
        }
        let paths = list(spec, "rules")
            .iter()
            .filter_map(|rule| rule.dig(&["http", "paths"])?.list())
            .flatten();
        let backends = paths.filter_map(|path| path.get("backend"));
        let fallback = spec.get("defaultBackend").or_else(|| spec.get("backend"));
        for backend in backends.chain(fallback) {
            let Some(service) = backend.get("service") else {
                let port = backend.get("servicePort").map(Key::Port);
                self.push(object, "Service", backend.get("serviceName"), port);
                continue;
            };
            let port = service
                .dig(&["port", "name"])
                .or_else(|| service.dig(&["port", "number"]));
            // The controller of AWS writes actions of its annotations as Services that do not exist.
            let by_annotation = service.dig(&["port", "name"]).and_then(Node::text) == Some("use-annotation");
            if !by_annotation {
                self.push(object, "Service", service.get("name"), port.map(Key::Port));
            }
        }
    }

    fn of_binding(&mut self, object: Object<'a>) {
        let role = object.dig(&["roleRef", "name"]);
        match object.text(&["roleRef", "kind"]) {
            Some("Role") => self.push(object, "Role", role, None),
            Some("ClusterRole") => self.elsewhere(object, "ClusterRole", role, Namespace::Cluster),
            _ => {}
        }
        for subject in list(object.node, "subjects") {
            let text = |key: &str| subject.get(key).and_then(Node::text);
            let namespace = match text("namespace") {
                Some(said) => Namespace::from(Some(said)),
                None => object.namespace(),
            };
            if text("kind") == Some("ServiceAccount") && namespace != Namespace::Cluster {
                let before = self.all.len();
                self.elsewhere(object, "ServiceAccount", subject.get("name"), namespace);
                self.all[before..]
                    .iter_mut()
                    .for_each(|reference| reference.beside = Some(subject));
            }
        }
    }

    fn elsewhere(&mut self, from: Object<'a>, kind: &'static str, at: Option<&'a Node>, namespace: Namespace<'a>) {
        let before = self.all.len();
        self.push(from, kind, at, None);
        for reference in &mut self.all[before..] {
            reference.namespace = namespace;
        }
    }
}

fn list<'a>(node: &'a Node, key: &str) -> &'a [Node] {
    node.get(key).and_then(Node::list).unwrap_or_default()
}

fn is_optional(node: &Node) -> bool {
    node.get("optional").is_some_and(|node| node.kind == Kind::Bool(true))
}
