//! The pods that workloads make, whatever the kind of the workload is, and their containers.

use super::{Image, Labels, Object};
use crate::read::{Entry, Node};

/// The pods of a workload: its template, or a Pod as it is.
#[derive(Debug, Clone, Copy)]
pub struct Pods<'a> {
    /// The workload.
    pub object: Object<'a>,
    /// What has `metadata` and `spec` of the pods.
    pub template: &'a Node,
    /// Their `spec`.
    pub spec: &'a Node,
}

/// What a container is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It ends before the others start.
    Init,
    /// It starts with those that end, and goes on.
    Sidecar,
    /// It is what the pod is for.
    Main,
    /// Somebody looks into the pod with it.
    Ephemeral,
}

/// One container of a pod.
#[derive(Debug, Clone, Copy)]
pub struct Container<'a> {
    /// The whole of it.
    pub node: &'a Node,
    /// What it is for.
    pub role: Role,
}

/// Where an object of a kind has `metadata` and `spec` of the pods that it makes; a Pod is that itself.
#[must_use]
pub fn template_path(group: &str, kind: &str) -> Option<&'static [&'static str]> {
    match (group, kind) {
        ("", "Pod") => Some(&[]),
        ("apps" | "extensions", "Deployment" | "DaemonSet" | "ReplicaSet" | "StatefulSet")
        | ("batch", "Job")
        | ("", "ReplicationController") => Some(&["spec", "template"]),
        ("batch", "CronJob") => Some(&["spec", "jobTemplate", "spec", "template"]),
        ("", "PodTemplate") => Some(&["template"]),
        _ => None,
    }
}

impl<'a> Pods<'a> {
    /// The pods of an object, if it makes some.
    #[must_use]
    pub fn of(object: Object<'a>) -> Option<Self> {
        let template = object.dig(template_path(object.group, object.kind)?)?;
        let spec = template.get("spec").filter(|spec| spec.map().is_some())?;
        Some(Self { object, template, spec })
    }

    /// A value below their `spec`.
    #[must_use]
    pub fn dig(&self, keys: &[&str]) -> Option<&'a Node> {
        self.spec.dig(keys)
    }

    /// An entry of their `spec`.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&'a Entry> {
        self.spec.map()?.entry(key)
    }

    /// Their labels.
    #[must_use]
    pub fn labels(&self) -> Labels<'a> {
        Labels(self.template.dig(&["metadata", "labels"]).and_then(Node::map))
    }

    /// A text of their annotations.
    #[must_use]
    pub fn annotation(&self, key: &str) -> Option<&'a str> {
        self.template.dig(&["metadata", "annotations"])?.get(key)?.text()
    }

    /// Every container, in the order in which they start.
    pub fn containers(&self) -> impl Iterator<Item = Container<'a>> + use<'a> {
        let spec = self.spec;
        let lists = ["initContainers", "containers", "ephemeralContainers"];
        lists.into_iter().flat_map(move |list| {
            let items = spec.get(list).and_then(Node::list).unwrap_or_default();
            items
                .iter()
                .filter(|item| item.map().is_some())
                .map(move |node| Container {
                    node,
                    role: role(list, node),
                })
        })
    }

    /// The containers that run as long as the pod: what it is for, and those beside.
    pub fn running(&self) -> impl Iterator<Item = Container<'a>> + use<'a> {
        self.containers()
            .filter(|container| matches!(container.role, Role::Main | Role::Sidecar))
    }

    /// Whether they go on for ever, so that somebody may call them.
    #[must_use]
    pub fn is_lasting(&self) -> bool {
        !matches!(self.object.kind, "Job" | "CronJob" | "PodTemplate")
    }

    /// Whether a Pod stands here for itself, such as one of a test.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        self.object.kind == "Pod"
    }

    /// How many there are, where the workload says it; it is one if nothing is written.
    #[must_use]
    pub fn replicas(&self) -> Option<u64> {
        if !matches!(
            self.object.kind,
            "Deployment" | "StatefulSet" | "ReplicaSet" | "ReplicationController"
        ) {
            return None;
        }
        match self.object.dig(&["spec", "replicas"]) {
            None => Some(1),
            Some(node) => match &node.kind {
                crate::read::Kind::Number(number) => number.as_u64(),
                _ => None,
            },
        }
    }

    /// The account that they run as.
    #[must_use]
    pub fn account(&self) -> Option<&'a Node> {
        let name = self.spec.get("serviceAccountName");
        name.or_else(|| self.spec.get("serviceAccount"))
    }

    /// Whether they are for Windows, where most of the security of Linux means nothing.
    #[must_use]
    pub fn is_windows(&self) -> bool {
        let os = self.dig(&["os", "name"]).and_then(Node::text);
        let node = self.dig(&["nodeSelector", "kubernetes.io/os"]).and_then(Node::text);
        os == Some("windows") || node == Some("windows")
    }
}

fn role(list: &str, node: &Node) -> Role {
    let lasts = node.get("restartPolicy").and_then(Node::text) == Some("Always");
    match list {
        "initContainers" if lasts => Role::Sidecar,
        "initContainers" => Role::Init,
        "ephemeralContainers" => Role::Ephemeral,
        _ => Role::Main,
    }
}

impl<'a> Container<'a> {
    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.node.get("name").and_then(Node::text).unwrap_or("?")
    }

    /// A value below it.
    #[must_use]
    pub fn dig(&self, keys: &[&str]) -> Option<&'a Node> {
        self.node.dig(keys)
    }

    /// Where to point at it as a whole: its name.
    #[must_use]
    pub fn place(&self) -> &'a Node {
        self.node.get("name").unwrap_or(self.node)
    }

    /// The items of a list of it.
    #[must_use]
    pub fn list(&self, key: &str) -> &'a [Node] {
        self.node.get(key).and_then(Node::list).unwrap_or_default()
    }

    /// Its image, where the text is what will be applied.
    #[must_use]
    pub fn image(&self) -> Option<(&'a Node, Image<'a>)> {
        let node = self.node.get("image")?;
        Some((node, Image::of(node.text()?)?))
    }

    /// A setting of its security, or that of its pod.
    #[must_use]
    pub fn security(&self, pods: &Pods<'a>, key: &str) -> Option<&'a Node> {
        let own = self.dig(&["securityContext", key]);
        own.or_else(|| pods.dig(&["securityContext", key]))
    }
}
