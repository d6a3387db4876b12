//! The Pod Security Standards, as the admission of the API server judges them:
//! <https://kubernetes.io/docs/concepts/security/pod-security-standards/>.

use super::admitted::{CAPABILITIES, SYSCTLS, VOLUMES};
use crate::read::manifest::{Container, Pods};
use crate::read::{Kind, Node};
use crate::schema::kubernetes::Version;

/// A standard that forbids something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standard {
    Baseline,
    Restricted,
}

/// One thing that a standard forbids.
pub(super) struct Violation<'a> {
    pub(super) at: &'a Node,
    pub(super) message: String,
    pub(super) help: &'static str,
    /// Whether a rule of its own tells it of any pod.
    pub(super) told: bool,
}

impl Standard {
    /// The one of a label; `privileged` forbids nothing.
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "baseline" => Some(Self::Baseline),
            "restricted" => Some(Self::Restricted),
            _ => None,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Restricted => "restricted",
        }
    }
}

/// What a standard forbids of pods.
pub(super) fn violations<'a>(pods: &Pods<'a>, standard: Standard, version: Version) -> Vec<Violation<'a>> {
    let mut found = Found { all: Vec::new() };
    found.pod(pods, version);
    for container in pods.containers() {
        found.container(&container, version);
    }
    if standard == Standard::Restricted && !pods.is_windows() {
        found.volumes(pods);
        for container in pods.containers() {
            found.restricted(pods, &container);
        }
    }
    found.all
}

struct Found<'a> {
    all: Vec<Violation<'a>>,
}

impl<'a> Found<'a> {
    fn push(&mut self, at: &'a Node, message: impl Into<String>, help: &'static str, told: bool) {
        self.all.push(Violation {
            at,
            message: message.into(),
            help,
            told,
        });
    }

    fn pod(&mut self, pods: &Pods<'a>, version: Version) {
        for key in ["hostNetwork", "hostPID", "hostIPC"] {
            if let Some(at) = pods.dig(&[key]).filter(|at| is_true(at)) {
                self.push(at, format!("`{key}` is true"), "remove it", true);
            }
        }
        for volume in pods.dig(&["volumes"]).and_then(Node::list).unwrap_or_default() {
            if let Some(at) = volume.get("hostPath") {
                self.push(
                    at,
                    "a volume is a folder of the node",
                    "use an `emptyDir` or a claim",
                    true,
                );
            }
        }
        let sysctls = pods.dig(&["securityContext", "sysctls"]).and_then(Node::list);
        for sysctl in sysctls.unwrap_or_default() {
            let Some(at) = sysctl.get("name") else { continue };
            let name = at.text().unwrap_or_default();
            if !SYSCTLS.iter().any(|(known, since)| *known == name && *since <= version) {
                self.push(at, format!("`{name}` is a setting of the node"), "remove it", false);
            }
        }
        if let Some(context) = pods.dig(&["securityContext"]) {
            self.context(context);
        }
    }

    /// What a pod and a container may say alike.
    fn context(&mut self, context: &'a Node) {
        let host = context.dig(&["windowsOptions", "hostProcess"]);
        if let Some(at) = host.filter(|at| is_true(at)) {
            self.push(at, "it is a process of the node", "remove `hostProcess`", false);
        }
        for key in ["seccompProfile", "appArmorProfile"] {
            let kind = context.dig(&[key, "type"]);
            if let Some(at) = kind.filter(|at| at.text() == Some("Unconfined")) {
                self.push(at, format!("`{key}` is off"), "write `RuntimeDefault`", false);
            }
        }
        let Some(options) = context.get("seLinuxOptions") else {
            return;
        };
        let text = |key: &str| options.get(key).and_then(Node::text).unwrap_or_default();
        let known = [
            "",
            "container_t",
            "container_init_t",
            "container_kvm_t",
            "container_engine_t",
        ];
        if !known.contains(&text("type")) || !text("user").is_empty() || !text("role").is_empty() {
            self.push(
                options,
                "SELinux has a type, a user or a role of its own",
                "remove it",
                false,
            );
        }
    }

    fn container(&mut self, container: &Container<'a>, version: Version) {
        let name = container.name();
        if let Some(context) = container.dig(&["securityContext"]) {
            self.context(context);
        }
        if let Some(at) = container
            .dig(&["securityContext", "privileged"])
            .filter(|at| is_true(at))
        {
            self.push(at, format!("container `{name}` is privileged"), "remove it", true);
        }
        let mount = container.dig(&["securityContext", "procMount"]);
        if let Some(at) = mount.filter(|at| !matches!(at.text(), Some("Default" | ""))) {
            self.push(
                at,
                format!("container `{name}` sees all of /proc"),
                "remove `procMount`",
                false,
            );
        }
        for at in capabilities(container, "add") {
            if !at.text().is_some_and(|text| CAPABILITIES.contains(&text)) {
                let shown = at.text().unwrap_or_default();
                self.push(
                    at,
                    format!("container `{name}` has the capability `{shown}`"),
                    "remove it",
                    true,
                );
            }
        }
        self.ports(container);
        if version >= Version::V1_34 {
            self.probes(container);
        }
    }

    fn ports(&mut self, container: &Container<'a>) {
        let name = container.name();
        for port in container.list("ports") {
            if let Some(at) = port.get("hostPort").filter(|at| at.as_f64() != Some(0.0)) {
                self.push(
                    at,
                    format!("container `{name}` takes a port of the node"),
                    "remove `hostPort`",
                    true,
                );
            }
        }
    }

    /// Since 1.34, the kubelet must not be sent to other hosts.
    fn probes(&mut self, container: &Container<'a>) {
        let probes = ["livenessProbe", "readinessProbe", "startupProbe"].map(|key| container.dig(&[key]));
        let hooks = ["postStart", "preStop"].map(|key| container.dig(&["lifecycle", key]));
        for action in probes.into_iter().chain(hooks).flatten() {
            for kind in ["httpGet", "tcpSocket"] {
                let host = action.dig(&[kind, "host"]);
                if let Some(at) = host.filter(|at| !matches!(at.text(), None | Some("" | "127.0.0.1" | "::1"))) {
                    let message = format!("a probe of container `{}` goes to another host", container.name());
                    self.push(at, message, "remove `host`", false);
                }
            }
        }
    }

    fn volumes(&mut self, pods: &Pods<'a>) {
        for volume in pods.dig(&["volumes"]).and_then(Node::list).unwrap_or_default() {
            let entries = volume.map().into_iter().flatten().filter(|entry| entry.key != "name");
            for entry in entries.filter(|entry| entry.key != "hostPath" && !VOLUMES.contains(&entry.key.as_str())) {
                self.push(
                    &entry.value,
                    format!("a volume is `{}`", entry.key),
                    "use a claim",
                    false,
                );
            }
        }
    }

    fn restricted(&mut self, pods: &Pods<'a>, container: &Container<'a>) {
        let (name, place) = (container.name(), container.place());
        let own = |key: &str| container.dig(&["securityContext", key]);
        if !own("allowPrivilegeEscalation").is_some_and(|at| at.kind == Kind::Bool(false)) {
            let at = own("allowPrivilegeEscalation").unwrap_or(place);
            let message = format!("container `{name}` may gain privileges");
            self.push(at, message, "set `allowPrivilegeEscalation` to false", true);
        }
        if !capabilities(container, "drop")
            .iter()
            .any(|at| at.text() == Some("ALL"))
        {
            let message = format!("container `{name}` keeps capabilities");
            self.push(place, message, "set `capabilities.drop` to `[ALL]`", true);
        }
        for at in capabilities(container, "add") {
            let shown = at.text().unwrap_or_default();
            if shown != "NET_BIND_SERVICE" && CAPABILITIES.contains(&shown) {
                self.push(
                    at,
                    format!("container `{name}` has the capability `{shown}`"),
                    "remove it",
                    false,
                );
            }
        }
        self.user(pods, container);
    }

    fn user(&mut self, pods: &Pods<'a>, container: &Container<'a>) {
        let (name, place) = (container.name(), container.place());
        if !container.security(pods, "runAsNonRoot").is_some_and(is_true) {
            let message = format!("container `{name}` may run as root");
            self.push(place, message, "set `runAsNonRoot` to true", true);
        }
        let user = container.security(pods, "runAsUser");
        if let Some(at) = user.filter(|at| at.as_f64() == Some(0.0)) {
            self.push(at, format!("container `{name}` runs as root"), "use another user", true);
        }
        let profile = container
            .security(pods, "seccompProfile")
            .and_then(|at| at.get("type")?.text());
        if profile.is_none() {
            let message = format!("container `{name}` has no seccomp profile");
            self.push(
                place,
                message,
                "set `seccompProfile: {type: RuntimeDefault}` of the pod",
                false,
            );
        }
    }
}

fn capabilities<'a>(container: &Container<'a>, key: &str) -> &'a [Node] {
    let items = container.dig(&["securityContext", "capabilities", key]);
    items.and_then(Node::list).unwrap_or_default()
}

fn is_true(node: &Node) -> bool {
    node.kind == Kind::Bool(true)
}
