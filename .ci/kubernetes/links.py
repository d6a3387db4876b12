"""Judges what the objects of one rendering say about each other: whoever is named must be there, and whoever is selected too.

usage: links.py MANIFEST... [LOCK.json VALUES...]

The lock says what operators are installed from, the values what each is told: what they make may be named as well.
"""
import json
import os
import re
import sys

from objects import at, containers, of_files, pod_template

RUNS = ("Deployment", "StatefulSet", "DaemonSet")
# In a pod: the kind that is named, the way there from a volume, a source of variables or a variable, and its name there.
NAMED = [
    ("volumes", "ConfigMap", ("configMap",), "name"), ("volumes", "Secret", ("secret",), "secretName"),
    ("envFrom", "ConfigMap", ("configMapRef",), "name"), ("envFrom", "Secret", ("secretRef",), "name"),
    ("env", "ConfigMap", ("valueFrom", "configMapKeyRef"), "name"), ("env", "Secret", ("valueFrom", "secretKeyRef"), "name"),
]

# What every cluster has, by itself.
OF_THE_CLUSTER = {("Role", "kube-system", "extension-apiserver-authentication-reader"), ("ClusterRole", None, "system:auth-delegator")}


def name(it):
    return it["metadata"]["name"]


def namespace(it):
    return it["metadata"].get("namespace")


def selects(selector, labels):
    selector = selector or {}
    has = {
        "In": lambda it: labels.get(it["key"]) in it["values"],
        "NotIn": lambda it: labels.get(it["key"]) not in it["values"],
        "Exists": lambda it: it["key"] in labels,
        "DoesNotExist": lambda it: it["key"] not in labels,
    }
    exact = all(labels.get(key) == value for key, value in (selector.get("matchLabels") or {}).items())
    return exact and all(has[it["operator"]](it) for it in selector.get("matchExpressions") or [])


class Rendering:
    """All objects, and those that make pods."""

    def __init__(self, objects, made=()):
        self.objects = objects
        self.there = {(it["kind"], namespace(it), name(it)): it for it in [*made, *objects]}
        # What an operator makes is there as well.
        for it in objects:
            if it["kind"] == "ExternalSecret":
                self.there["Secret", namespace(it), at(it, "spec", "target", "name") or name(it)] = it
        self.pods = [(it, template) for it in objects if (template := pod_template(it)) is not None]

    def of(self, kind):
        return [it for it in self.objects if it["kind"] == kind]

    def missing(self, it, kind, wanted, where=None):
        """What to say if another object of the same namespace is not there."""
        place = where or namespace(it)
        if wanted and (kind, place, wanted) not in self.there and (kind, place, wanted) not in OF_THE_CLUSTER:
            yield f"there is no {kind} {wanted} in {place}"

    def selected(self, it, selector):
        return [
            (owner, template) for owner, template in self.pods
            if namespace(owner) == namespace(it) and selects(selector, at(template, "metadata", "labels") or {})]


def of_pods(all_, it, template):
    """What pods name, and the ports of their probes."""
    spec = template["spec"]
    if it["kind"] in RUNS and not selects(it["spec"].get("selector"), at(template, "metadata", "labels") or {}):
        yield "its selector does not match its own pods"
    if spec.get("serviceAccountName") != "default":
        yield from all_.missing(it, "ServiceAccount", spec.get("serviceAccountName"))
    volumes = {volume["name"] for volume in spec.get("volumes") or []}
    for where, kind, way, key in NAMED:
        holders = [spec] if where == "volumes" else containers(spec)
        for reference in (at(one, *way) for holder in holders for one in holder.get(where) or []):
            if reference and not reference.get("optional"):
                yield from all_.missing(it, kind, reference.get(key))
    for one in containers(spec):
        for mount in one.get("volumeMounts") or []:
            if mount["name"] not in volumes and it["kind"] != "StatefulSet":
                yield f"{one['name']}: there is no volume {mount['name']}"
        ports = {port.get("name") for port in one.get("ports") or []}
        for probe in ("livenessProbe", "readinessProbe", "startupProbe"):
            port = at(one, probe, "httpGet", "port") or at(one, probe, "tcpSocket", "port")
            if isinstance(port, str) and port not in ports:
                yield f"{one['name']}: {probe} asks the port {port}, which it has not"


def of_service(all_, it):
    selector = it["spec"].get("selector")
    pods = all_.selected(it, {"matchLabels": selector}) if selector else []
    if selector and not pods:
        yield f"it selects no pod by {selector}"
    for port in it["spec"].get("ports") or []:
        target = port.get("targetPort", port["port"])
        key = "name" if isinstance(target, str) else "containerPort"
        for owner, template in pods:
            ports = [one.get(key) for container in containers(template["spec"]) for one in container.get("ports") or []]
            if target not in ports:
                yield f"{owner['kind']} {name(owner)} has no port {target}"
        # All machines have the same ports.
        opened = port.get("nodePort")
        others = [one for one in all_.of("Service") if one is not it
                  and opened in [other.get("nodePort") for other in one["spec"]["ports"]]]
        if opened and (others or not 30000 <= opened <= 32767):
            yield f"the port {opened} of machines is " + (f"one of {name(others[0])} as well" if others else "none for Services")


def of_backend(all_, it, service, port):
    """A Service and its port, by number or name."""
    found = all_.there.get(("Service", namespace(it), service))
    if found is None:
        yield f"there is no Service {service} in {namespace(it)}"
    elif port not in [one.get("name") if isinstance(port, str) else one["port"] for one in found["spec"]["ports"]]:
        yield f"the Service {service} has no port {port}"


def of_ingress(all_, it):
    spec = it["spec"]
    paths = [one["backend"] for rule in spec.get("rules") or [] for one in at(rule, "http", "paths") or []]
    for backend in [spec.get("defaultBackend"), *paths]:
        service = at(backend, "service")
        port = at(service, "port", "number") or at(service, "port", "name")
        # The balancer itself answers by an annotation.
        if port == "use-annotation":
            if f"alb.ingress.kubernetes.io/actions.{service['name']}" not in (it["metadata"].get("annotations") or {}):
                yield f"there is no annotation for the action {service['name']}"
        elif service:
            yield from of_backend(all_, it, service["name"], port)
    class_ = spec.get("ingressClassName")
    if class_ and ("IngressClass", None, class_) not in all_.there:
        yield f"there is no IngressClass {class_}"


def of_route(all_, it):
    """A gateway of the mesh, and the Service that it leads to: a name of the cluster."""
    for gateway in it["spec"].get("gateways") or []:
        yield from all_.missing(it, "Gateway", gateway)
    for route in (one for http in it["spec"]["http"] for one in http.get("route") or []):
        service, where, *_ = route["destination"]["host"].split(".")
        there = {"metadata": {"namespace": where}}
        yield from of_backend(all_, there, service, route["destination"]["port"]["number"])


def of_callers(all_, it):
    """The pods that a policy of the mesh is about, a port of theirs that it names, and who may call it."""
    selector = it["spec"].get("selector")
    pods = all_.selected(it, selector) if selector else []
    if selector and not pods:
        yield f"it selects no pod by {selector}"
    asked = [port for rule in it["spec"].get("rules") or [] for to in rule.get("to") or [] for port in to["operation"]["ports"]]
    for owner, template in pods:
        known = [str(one["containerPort"]) for container in containers(template["spec"]) for one in container["ports"]]
        yield from (f"{owner['kind']} {name(owner)} has no port {one}" for one in asked if one not in known)
    callers = [one for rule in it["spec"].get("rules") or [] for source in rule["from"] for one in source["source"]["principals"]]
    for where, account in (re.fullmatch("cluster.local/ns/(.*)/sa/(.*)", caller).groups() for caller in callers):
        # Who measures has his account from a chart of many parts.
        if any(key[:2] == ("ServiceAccount", where) for key in all_.there):
            yield from all_.missing(it, "ServiceAccount", account, where)


def of_scaler(all_, it):
    target = it["spec"]["scaleTargetRef"]
    found = all_.there.get((target["kind"], namespace(it), target["name"]))
    if found is None:
        yield f"there is no {target['kind']} {target['name']}"
        return
    if found["spec"].get("replicas") is not None:
        yield f"{target['kind']} {target['name']} has a number of pods too, which each deployment puts back"
    for metric in it["spec"].get("metrics") or []:
        resource = at(metric, "resource", "name")
        for one in pod_template(found)["spec"]["containers"] if resource else ():
            if resource not in (at(one, "resources", "requests") or {}):
                yield f"{one['name']} requests no {resource}"


def of_budget(all_, it):
    spec = it["spec"]
    pods = all_.selected(it, spec.get("selector"))
    if not pods:
        yield "it selects no pod"
    for owner, _ in pods:
        scalers = [one["spec"] for one in all_.of("HorizontalPodAutoscaler")
                   if namespace(one) == namespace(it) and one["spec"]["scaleTargetRef"]["name"] == name(owner)]
        least = scalers[0].get("minReplicas", 1) if scalers else owner["spec"].get("replicas", 1)
        kept = spec.get("minAvailable")
        if spec.get("maxUnavailable") in (0, "0%") or kept == "100%" or isinstance(kept, int) and kept >= least:
            yield f"no pod of {least} may ever go, and so no machine"


def of_binding(all_, it):
    role = it["roleRef"]
    if role["kind"] == "Role" or it["kind"] == "ClusterRoleBinding":
        yield from all_.missing(it, role["kind"], role["name"])
    for subject in it.get("subjects") or []:
        if subject["kind"] == "ServiceAccount" and subject["name"] != "default":
            yield from all_.missing(it, "ServiceAccount", subject["name"], subject.get("namespace"))


def of_figures(all_, it):
    """What the API server hands questions on to."""
    service = it["spec"].get("service")
    if service:
        yield from of_backend(all_, {"metadata": service}, service["name"], service.get("port", 443))


def of_target_group(all_, it):
    reference = it["spec"]["serviceRef"]
    yield from of_backend(all_, it, reference["name"], reference["port"])


def of_external_secret(all_, it):
    store = it["spec"]["secretStoreRef"]
    where = namespace(it) if store["kind"] == "SecretStore" else None
    if (store["kind"], where, store["name"]) not in all_.there:
        yield f"there is no {store['kind']} {store['name']}"


def of_monitor(all_, it):
    services = [one for one in all_.of("Service") if namespace(one) == namespace(it)
                and selects(it["spec"]["selector"], at(one, "metadata", "labels") or {})]
    if not services:
        yield "it selects no Service"
    for endpoint in it["spec"]["endpoints"]:
        for service in services:
            if endpoint["port"] not in [port.get("name") for port in service["spec"]["ports"]]:
                yield f"the Service {name(service)} has no port {endpoint['port']}"


JUDGES = {
    "APIService": of_figures, "AuthorizationPolicy": of_callers, "VirtualService": of_route,
    "ExternalSecret": of_external_secret, "ServiceMonitor": of_monitor,
    "Service": of_service, "Ingress": of_ingress, "HorizontalPodAutoscaler": of_scaler, "PodDisruptionBudget": of_budget,
    "ClusterRoleBinding": of_binding, "RoleBinding": of_binding, "TargetGroupBinding": of_target_group,
}


def of_operators(lock, values):
    """The namespaces of operators, and the Services of those whose values say the ports, with their accounts."""
    told = {os.path.basename(path).removesuffix("-values.yaml"): it for path in values for _, it in of_files([path])}
    with open(lock, encoding="utf-8") as file:
        for it in json.load(file):
            yield {"kind": "Namespace", "metadata": {"name": it["namespace"]}}
            ports = at(told.get(it["name"]), "service", "ports")
            metadata = {"name": it["name"], "namespace": it["namespace"]}
            if ports:
                yield {"kind": "Service", "metadata": metadata, "spec": {"ports": ports}}
                yield {"kind": "ServiceAccount", "metadata": metadata}


def main(paths):
    values = [path for path in paths if path.endswith("-values.yaml")]
    locks = [path for path in paths if path.endswith("lock.json")]
    made = [it for lock in locks for it in of_operators(lock, values)]
    all_ = Rendering([it for _, it in of_files(path for path in paths if path not in values + locks)], made)
    judged = [(it, of_pods(all_, it, template)) for it, template in all_.pods]
    judged += [(it, JUDGES[it["kind"]](all_, it)) for it in all_.objects if it["kind"] in JUDGES]
    judged += [(it, [f"there is no Namespace {namespace(it)}"]) for it in all_.objects
               if namespace(it) not in (None, "kube-system") and ("Namespace", None, namespace(it)) not in all_.there]
    found = [f"{it['kind']} {name(it)}: {what}" for it, errors in judged for what in errors]
    print("\n".join([*found, f"{len(all_.objects)} objects, {len(found)} dead ends"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
