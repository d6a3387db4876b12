"""Judges pods by the Pod Security Standards, as the API server's own admission does.

usage: pod_security.py MANIFEST...

Each pod is judged by the level that the labels of its namespace name, which must stand in the manifests too. It is the
strictest, or the namespace says why it is not, by the annotation `allow.pod-security/LEVEL: reason`, and needs it. What runs
in a namespace of the cluster's own, whose labels are nobody's here, is judged by the strictest.
https://kubernetes.io/docs/concepts/security/pod-security-standards/ and the fixtures of kubernetes/pod-security-admission.
"""
import sys

from objects import at, containers, of_files, pod_template

LABEL = "pod-security.kubernetes.io/enforce"
ALLOW = "allow.pod-security/"
# The next stricter level of each.
STRICTER = {"privileged": "baseline", "baseline": "restricted"}
OF_THE_CLUSTER = "kube-system"
CAPABILITIES = {
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID",
    "SETPCAP", "SETUID", "SYS_CHROOT",
}
SYSCTLS = {
    "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.ip_unprivileged_port_start", "net.ipv4.ping_group_range", "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_syncookies", "net.ipv4.tcp_wmem",
}
SELINUX = {"", "container_engine_t", "container_init_t", "container_kvm_t", "container_t"}
VOLUMES = {
    "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret",
}
PROFILES = {"RuntimeDefault", "Localhost"}
PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
HOOKS = ("postStart", "preStop")


def baseline(metadata, spec):
    """What the level forbids that nobody should need."""
    for key in ("hostNetwork", "hostPID", "hostIPC"):
        if spec.get(key):
            yield f"host namespaces ({key}=true)"
    for volume in spec.get("volumes") or []:
        if "hostPath" in volume:
            yield f"hostPath volumes ({volume['name']})"
    for sysctl in at(spec, "securityContext", "sysctls") or []:
        if sysctl["name"] not in SYSCTLS:
            yield f"forbidden sysctls ({sysctl['name']})"
    for key, value in (metadata.get("annotations") or {}).items():
        allowed = value in ("", "runtime/default") or value.startswith("localhost/")
        if key.startswith("container.apparmor.security.beta.kubernetes.io/") and not allowed:
            yield f"forbidden AppArmor profile ({key}={value})"
    yield from profiles("pod", spec.get("securityContext") or {})
    for one in containers(spec):
        yield from profiles(one["name"], one.get("securityContext") or {})
        yield from of_container(one, spec)


def profiles(who, context):
    selinux = context.get("seLinuxOptions") or {}
    if selinux.get("type", "") not in SELINUX or selinux.get("user") or selinux.get("role"):
        yield f"seLinuxOptions ({who})"
    if at(context, "windowsOptions", "hostProcess"):
        yield f"hostProcess ({who})"
    if at(context, "seccompProfile", "type") == "Unconfined":
        yield f"seccompProfile ({who} must not set Unconfined)"
    if at(context, "appArmorProfile", "type") not in PROFILES | {None}:
        yield f"forbidden AppArmor profile ({who})"


def of_container(one, spec):
    name, context = one["name"], one.get("securityContext") or {}
    if context.get("privileged"):
        yield f"privileged ({name})"
    added = set(at(context, "capabilities", "add") or []) - CAPABILITIES
    if added:
        yield f"non-default capabilities ({name} must not add {sorted(added)})"
    for port in one.get("ports") or []:
        if port.get("hostPort"):
            yield f"hostPort ({name} uses {port['hostPort']})"
    if context.get("procMount", "Default") != "Default" and spec.get("hostUsers") is not False:
        yield f"procMount ({name})"
    asked = [at(one, probe) for probe in PROBES] + [at(one, "lifecycle", hook) for hook in HOOKS]
    if any(at(it, way, "host") for it in asked for way in ("httpGet", "tcpSocket")):
        yield f"probe or lifecycle host ({name})"


def restricted(spec):
    """What the level forbids beyond that."""
    pod, apart = spec.get("securityContext") or {}, spec.get("hostUsers") is False
    for volume in spec.get("volumes") or []:
        other = set(volume) - VOLUMES - {"name"}
        if other:
            yield f"restricted volume types ({volume['name']} uses {sorted(other)})"
    if pod.get("runAsUser") == 0 and not apart:
        yield "runAsUser=0 (pod)"
    for one in containers(spec):
        name, context = one["name"], one.get("securityContext") or {}
        if context.get("runAsNonRoot", pod.get("runAsNonRoot")) is not True and not apart:
            yield f"runAsNonRoot != true ({name})"
        if context.get("runAsUser") == 0 and not apart:
            yield f"runAsUser=0 ({name})"
        if at(spec, "os", "name") == "windows":
            continue
        if context.get("allowPrivilegeEscalation") is not False:
            yield f"allowPrivilegeEscalation != false ({name})"
        capabilities = context.get("capabilities") or {}
        if "ALL" not in (capabilities.get("drop") or []) or set(capabilities.get("add") or []) - {"NET_BIND_SERVICE"}:
            yield f"unrestricted capabilities ({name})"
        if (at(context, "seccompProfile", "type") or at(pod, "seccompProfile", "type")) not in PROFILES:
            yield f"seccompProfile ({name} must set RuntimeDefault or Localhost)"


def violations(level, template):
    """What a level does not admit of a pod."""
    if level == "privileged":
        return []
    spec = template["spec"]
    found = list(baseline(template.get("metadata") or {}, spec))
    return found if level == "baseline" else list(dict.fromkeys(found + list(restricted(spec))))


def looser(namespaces, judged):
    """What is wrong with how namespaces say why they are not as strict as others."""
    for name, it in namespaces.items():
        level = at(it, "metadata", "labels", LABEL)
        said = [key.removeprefix(ALLOW) for key in at(it, "metadata", "annotations") or {} if key.startswith(ALLOW)]
        if level != "restricted" and level not in said:
            yield f"Namespace {name}: enforces {level}, not restricted"
        for one in said:
            there = [template for where, template in judged if where == name]
            if one != level or not any(violations(STRICTER[one], template) for template in there):
                yield f"Namespace {name}: allows {one}, which it does not need"


def main(paths):
    objects = list(of_files(paths))
    namespaces = {it["metadata"]["name"]: it for _, it in objects if it["kind"] == "Namespace"}
    judged, errors = [], []
    for path, it in objects:
        template = pod_template(it)
        if template is None:
            continue
        namespace, what = at(it, "metadata", "namespace"), f"{path}: {it['kind']} {it['metadata']['name']}"
        judged.append((namespace, template))
        if namespace not in namespaces and namespace != OF_THE_CLUSTER:
            errors.append(f"{what}: there is no Namespace {namespace}")
        level = at(namespaces.get(namespace), "metadata", "labels", LABEL)
        errors += [f"{what}: {one}" for one in violations(level or "restricted", template)]
    errors += looser(namespaces, judged)
    print("\n".join([*errors, f"{len(judged)} kinds of pods, {len(errors)} violations"]))
    return 1 if errors or not judged else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
