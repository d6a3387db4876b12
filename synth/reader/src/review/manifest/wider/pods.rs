//! What pods may do on their node, and with the API.
//!
//! Source: <https://kubernetes.io/docs/concepts/security/pod-security-standards/>.

use serde_json::Value as Json;

use super::Case;
use crate::review::image;
use crate::review::wider::What;

/// What a process may do that has no right of root.
const HARMLESS: &[&str] = &["NET_BIND_SERVICE"];

pub(super) fn object(case: &mut Case<'_>) {
    let Some(pod) = case.new.pod().cloned() else { return };
    let before = case.old.and_then(|old| old.pod()).cloned();
    whole(case, before.as_ref(), &pod);
    for list in ["initContainers", "containers"] {
        for container in items(&pod, list) {
            let name = text(container, "name").unwrap_or_default();
            let was = before.as_ref().and_then(|pod| {
                let mut known = items(pod, list).iter();
                known.find(|one| text(one, "name") == Some(name)).map(|one| (pod, one))
            });
            let one = Container {
                case,
                name,
                was,
                is: (&pod, container),
            };
            one.judge();
        }
    }
}

fn text<'a>(value: &'a Json, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

fn items<'a>(value: &'a Json, key: &str) -> &'a [Json] {
    value.get(key).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

fn is(value: &Json, key: &str, wanted: bool) -> bool {
    value.get(key) == Some(&Json::Bool(wanted))
}

/// What holds for all containers of a pod.
fn whole(case: &mut Case<'_>, before: Option<&Json>, pod: &Json) {
    let had = |key: &str| before.is_some_and(|before| is(before, key, true));
    for (key, says) in [
        ("hostNetwork", "the network of its node"),
        ("hostPID", "the processes of its node"),
        ("hostIPC", "the shared memory of its node"),
    ] {
        if is(pod, key, true) && !had(key) {
            case.tell(What::Hardening, key, format!("{key}: its pods have {says}"));
        }
    }
    let paths = |pod: &Json| -> Vec<String> {
        let volumes = items(pod, "volumes").iter();
        volumes
            .filter_map(|volume| text(volume.get("hostPath")?, "path"))
            .map(str::to_owned)
            .collect()
    };
    let old = before.map(paths).unwrap_or_default();
    for path in paths(pod).into_iter().filter(|path| !old.contains(path)) {
        case.tell(
            What::Hardening,
            "volumes",
            format!("its pods have {path} of their node"),
        );
    }
    let Some(before) = before else { return };
    let off = |pod: &Json| is(pod, "automountServiceAccountToken", false);
    if off(before) && !off(pod) {
        let text = "its pods get a token for the API";
        case.tell(What::Permission, "automountServiceAccountToken", text);
    }
    if is(before, "hostUsers", false) && !is(pod, "hostUsers", false) {
        case.tell(What::Hardening, "hostUsers", "root in its pods is root on their node");
    }
    if tokens(pod) > tokens(before) {
        case.tell(What::Permission, "volumes", "its pods get a further token");
    }
}

fn tokens(pod: &Json) -> usize {
    let projected = items(pod, "volumes")
        .iter()
        .filter_map(|volume| volume.get("projected"));
    let sources = projected.flat_map(|projected| items(projected, "sources"));
    sources
        .filter(|source| source.get("serviceAccountToken").is_some())
        .count()
}

/// A container in its pod, and what it was.
struct Container<'a, 'b> {
    case: &'a mut Case<'b>,
    name: &'a str,
    was: Option<(&'a Json, &'a Json)>,
    is: (&'a Json, &'a Json),
}

/// A setting of a container, or else of its pod.
fn setting<'a>((pod, container): (&'a Json, &'a Json), key: &str) -> Option<&'a Json> {
    let of = |value: &'a Json| value.get("securityContext")?.get(key);
    of(container).or_else(|| of(pod))
}

impl Container<'_, '_> {
    fn tell(&mut self, key: &str, says: &str) {
        let path = format!("containers[{}].{key}", self.name);
        self.case
            .tell(What::Hardening, &path, format!("container {}: {says}", self.name));
    }

    fn judge(mut self) {
        self.flags();
        self.user();
        self.seccomp();
        self.capabilities();
        self.ports();
        let old = self.was.and_then(|(_, container)| text(container, "image"));
        if let (Some(old), Some(new)) = (old, text(self.is.1, "image"))
            && image::loses_digest(old, new)
        {
            self.tell("image", "from a digest to a tag, which can move");
        }
    }

    fn flags(&mut self) {
        let is = |one: (&Json, &Json), key: &str, wanted: bool| setting(one, key) == Some(&Json::Bool(wanted));
        if is(self.is, "privileged", true) && !self.was.is_some_and(|was| is(was, "privileged", true)) {
            self.tell(
                "securityContext.privileged",
                "privileged, so that it can do anything on its node",
            );
        }
        let Some(was) = self.was else { return };
        let lost = |key: &str, good: bool, now: (&Json, &Json)| is(was, key, good) && !is(now, key, good);
        if lost("allowPrivilegeEscalation", false, self.is) {
            self.tell(
                "securityContext.allowPrivilegeEscalation",
                "its processes may gain rights",
            );
        }
        if lost("readOnlyRootFilesystem", true, self.is) {
            self.tell(
                "securityContext.readOnlyRootFilesystem",
                "it may write to its own files",
            );
        }
    }

    fn user(&mut self) {
        let root = |one: (&Json, &Json)| setting(one, "runAsUser").and_then(Json::as_i64) == Some(0);
        let guarded = |one: (&Json, &Json)| setting(one, "runAsNonRoot") == Some(&Json::Bool(true));
        let named = |one: (&Json, &Json)| {
            setting(one, "runAsUser")
                .and_then(Json::as_i64)
                .is_some_and(|id| id > 0)
        };
        if root(self.is) && !self.was.is_some_and(root) {
            self.tell("securityContext.runAsUser", "it runs as root");
        } else if self.was.is_some_and(guarded) && !guarded(self.is) && !named(self.is) {
            self.tell("securityContext.runAsNonRoot", "it may run as root");
        }
    }

    fn seccomp(&mut self) {
        let kind = |one: (&Json, &Json)| {
            setting(one, "seccompProfile")
                .and_then(|profile| text(profile, "type"))
                .map(str::to_owned)
        };
        let (was, is) = (self.was.and_then(kind), kind(self.is));
        let open = |kind: &Option<String>| kind.as_deref().is_none_or(|kind| kind == "Unconfined");
        let at_birth = self.was.is_none() && is.as_deref() == Some("Unconfined");
        if at_birth || (self.was.is_some() && open(&is) && !open(&was)) {
            self.tell("securityContext.seccompProfile", "it may call the kernel as it likes");
        }
        let unmasked = |one: (&Json, &Json)| setting(one, "procMount").and_then(Json::as_str) == Some("Unmasked");
        if unmasked(self.is) && !self.was.is_some_and(unmasked) {
            self.tell("securityContext.procMount", "it sees all of /proc");
        }
    }

    fn capabilities(&mut self) {
        let list = |one: (&Json, &Json), key: &str| -> Vec<String> {
            let all = setting(one, "capabilities")
                .map(|all| items(all, key))
                .unwrap_or_default();
            let names = all.iter().filter_map(Json::as_str);
            names
                .map(|name| name.trim_start_matches("CAP_").to_uppercase())
                .collect()
        };
        let old = |key: &str| self.was.map(|was| list(was, key)).unwrap_or_default();
        let (added, dropped) = (list(self.is, "add"), list(self.is, "drop"));
        let (had, lacked) = (old("add"), old("drop"));
        let all = || "ALL".to_owned();
        let gained: Vec<String> = added
            .iter()
            .filter(|one| !had.contains(one) && !had.contains(&all()) && !HARMLESS.contains(&one.as_str()))
            .cloned()
            .collect();
        let kept = dropped.contains(&all());
        let back: Vec<String> = lacked
            .into_iter()
            .filter(|one| !kept && !dropped.contains(one) && !added.contains(one))
            .collect();
        if !gained.is_empty() {
            self.tell(
                "securityContext.capabilities",
                &format!("+ capability {}", gained.join(", ")),
            );
        }
        if !back.is_empty() {
            let text = format!("no longer without capability {}", back.join(", "));
            self.tell("securityContext.capabilities", &text);
        }
    }

    fn ports(&mut self) {
        let ports = |container: &Json| -> Vec<i64> {
            let ports = items(container, "ports").iter();
            ports
                .filter_map(|port| port.get("hostPort")?.as_i64())
                .filter(|port| *port > 0)
                .collect()
        };
        let old = self.was.map(|(_, container)| ports(container)).unwrap_or_default();
        for port in ports(self.is.1).into_iter().filter(|port| !old.contains(port)) {
            self.tell("ports", &format!("it listens on port {port} of its node"));
        }
    }
}
