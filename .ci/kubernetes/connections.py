"""Writes what has to reach what, and what never may, as policies that an analyzer compares with those that are rendered.

usage: connections.py OUT NETWORK_TEMPLATE MANIFEST...

It writes OUT/all.yaml, the manifests with pods of other namespaces, OUT/must.yaml and OUT/never.yaml, and where a gateway
of a mesh stands before the pods OUT/must-of-gateway.yaml and OUT/never-of-gateway.yaml. Where the load balancer stands is
taken from the stack of the network; what pods and the gateway listen on, whether they have an identity and who answers for
names, from the manifests. All else is forbidden: what is not said to be needed, from anywhere and to anywhere.
"""
import json
import sys

from objects import at, of_files, pod_template

ALL = "0.0.0.0/0"
IDENTITY = "169.254.170.23/32"
NAME = "app.kubernetes.io/name"
# The ports that a mesh takes calls by, and where the machine's own questions come from in it.
TUNNEL, PROBES = 15008, "169.254.7.127/32"
# What operators read and the analyzer does not know.
OF_OPERATORS = ("AuthorizationPolicy", "ExternalSecret", "Gateway", "Ingress", "PeerAuthentication", "PrometheusRule",
                "SecretStore", "ServiceMonitor", "VirtualService")


def peer(namespace, labels):
    return {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": namespace}},
            **({"podSelector": {"matchLabels": labels}} if labels else {})}


# Whoever else there is, by the name of his pod: his namespace and labels. They are anybody, who measures, where somebody is
# told to be measured, and who stands beside it, who answers for names where that is not done on each machine, and who tells
# a gateway of its mesh.
OTHERS = {
    "other": ("elsewhere", {}),
    "prometheus": ("monitoring", {NAME: "prometheus"}),
    "grafana": ("monitoring", {NAME: "grafana"}),
    "names": ("kube-system", {"k8s-app": "kube-dns"}),
    "istiod": ("istio-system", {"app": "istiod"}),
}
ELSEWHERE, PROMETHEUS, BESIDE_IT, NAMES, CONTROL = (peer(*one) for one in OTHERS.values())


def block(cidr, without=()):
    return {"ipBlock": {"cidr": cidr, **({"except": list(without)} if without else {})}}


def port(protocol, first, last=None):
    return {"protocol": protocol, "port": first, **({"endPort": last} if last else {})}


def but(protocol, *numbers):
    """Every port but these."""
    edges = [0, *sorted(numbers), 65536]
    ranges = [(low + 1, high - 1) for low, high in zip(edges, edges[1:])]
    return [port(protocol, low, high) for low, high in ranges if low <= high]


def policy(name, namespace, pods, ingress, egress):
    return {
        "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {"podSelector": pods, "policyTypes": ["Ingress", "Egress"], "ingress": ingress, "egress": egress}}


def public_subnets(path):
    """Where load balancers stand: the subnets with the tag that EKS looks for."""
    with open(path, encoding="utf-8") as file:
        resources = json.load(file)["Resources"].values()
    subnets = [it["Properties"] for it in resources if it["Type"] == "AWS::EC2::Subnet"]
    tagged = [it for it in subnets if "kubernetes.io/role/elb" in [tag["Key"] for tag in it["Tags"]]]
    return [it["CidrBlock"] for it in tagged]


def side(key, needed, others):
    """The rules of one direction: what is needed of somebody, and all the rest, of him and of others."""
    must = [{key: peers, "ports": [port("TCP", one) for one in tcp] + [port("UDP", one) for one in udp]}
            for peers, tcp, udp in needed]
    rest = [{key: peers, "ports": but("TCP", *tcp) + but("UDP", *udp)} for peers, tcp, udp in needed]
    return must, rest + [{key: [one]} for one in others]


def both(name, namespace, ingress, egress, pods=None):
    """A policy of what must be and one of what never may; of all pods of the namespace, or of some."""
    return [policy(f"{word}{name}", namespace, pods or {}, into, out)
            for word, into, out in zip(("must", "never"), side("from", *ingress), side("to", *egress))]


def has_identity_by(account, settings):
    """Whether pods ask their machine who they are."""
    # Pods that are told the name of a secret read it themselves; those that are told a folder have it there.
    reads = any(key.endswith("_SECRET") and not value.startswith("/") for key, value in settings.items())
    # Those whose account names its role have a token for AWS.
    return reads and not at(account, "metadata", "annotations", "eks.amazonaws.com/role-arn")


def of_pods(namespace, calls, has_identity, group):
    """The pods: who calls them is given, each with his ports; they ask for names and AWS."""
    # On machines of a group pods answer for names, and otherwise the machine itself.
    names, anybody = ([(NAMES, [53], [53])], []) if group else ([(ELSEWHERE, [53], [53])], [53])
    out = [([one], tcp, udp) for one, tcp, udp in names]
    out.append(([block(ALL, [IDENTITY] if has_identity else [])], [*anybody, 443], anybody))
    if has_identity:
        out.append(([block(IDENTITY)], [*anybody, 80, 443], anybody))
    known = [one["ipBlock"]["cidr"] for peers, _, _ in calls for one in peers if "ipBlock" in one]
    others = [ELSEWHERE, BESIDE_IT, block(ALL, known)]
    return both("", namespace, (calls, others), (out, [ELSEWHERE] if group else []))


def of_gateway(gateway, ports, balancers, pods):
    """The gateway of a mesh: the load balancer asks it, and it calls the pods."""
    out = [([pods], [TUNNEL], []), ([NAMES], [53], [53]), ([CONTROL], [15012], [])]
    into = [([block(one) for one in balancers], ports, [])]
    return both("-of-gateway", gateway["metadata"]["namespace"], (into, [ELSEWHERE, PROMETHEUS, block(ALL, balancers)]),
                (out, [ELSEWHERE, block(ALL)]))


def labelled(it):
    """A namespace as the API server labels it."""
    if it["kind"] == "Namespace":
        it["metadata"].setdefault("labels", {})["kubernetes.io/metadata.name"] = it["metadata"]["name"]
    return it


def namespace_of(name):
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}


def pod(name, namespace, labels):
    """A pod of somebody else."""
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": namespace, "labels": labels},
            "spec": {"containers": [{"name": name, "image": name}]}}


def others(gateway, there):
    """Pods of other namespaces, whether there are any or not, and those namespaces that are not there."""
    known = [(name, *where) for name, where in OTHERS.items()]
    if gateway:
        known.append(("gateway", gateway["metadata"]["namespace"], gateway["spec"]["selector"]))
    missing = sorted({namespace for _, namespace, _ in known} - set(there))
    return [namespace_of(one) for one in missing] + [pod(*one) for one in known]


def write(path, objects):
    """JSON is YAML, and has no aliases, which the analyzer does not take."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n---\n".join(json.dumps(it, indent=1) for it in objects))


def main(out, template, paths):
    all_ = [it for _, it in of_files(paths)]

    def first(kind):
        return next((it for it in all_ if it["kind"] == kind), None)

    objects = [labelled(it) for it in all_ if it["kind"] not in OF_OPERATORS]
    pods = next(it for it in objects if pod_template(it))
    namespace, runs = pods["metadata"]["namespace"], pod_template(pods)
    listens = runs["spec"]["containers"][0]["ports"][0]["containerPort"]
    balancers = public_subnets(template)
    if not balancers:
        sys.exit(f"{template} has no subnet that is tagged for load balancers")
    group = not first("IngressClass")["spec"]["controller"].startswith("eks.amazonaws.com/")
    # A gateway takes calls for the pods, if they take none but those of their mesh.
    strict = at(first("PeerAuthentication") or {}, "spec", "mtls", "mode") == "STRICT"
    gateway = first("Gateway") if strict else None
    port_in = TUNNEL if gateway else listens
    if gateway:
        calls = [([peer(gateway["metadata"]["namespace"], gateway["spec"]["selector"])], [port_in], []),
                 ([block(PROBES)], [listens], [])]
    else:
        calls = [([block(one) for one in balancers], [port_in], [])]
    if first("ServiceMonitor"):
        calls.append(([PROMETHEUS], [port_in], []))
    account = next(it for it in all_ if it["kind"] == "ServiceAccount"
                   and it["metadata"]["name"] == runs["spec"]["serviceAccountName"])
    has_identity = has_identity_by(account, first("ConfigMap")["data"])
    policies = of_pods(namespace, calls, has_identity, group)
    if gateway:
        asked = first("Ingress")["metadata"]["annotations"]["alb.ingress.kubernetes.io/healthcheck-port"]
        ports = [*(one["port"]["number"] for one in gateway["spec"]["servers"]), int(asked)]
        policies += of_gateway(gateway, ports, balancers, peer(namespace, runs["metadata"]["labels"]))
    there = [it["metadata"]["name"] for it in all_ if it["kind"] == "Namespace"]
    write(f"{out}/all.yaml", objects + [labelled(it) for it in others(gateway, there)])
    for it in policies:
        write(f"{out}/{it['metadata']['name']}.yaml", [it])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
