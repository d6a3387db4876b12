"""Writes what has to reach what, and what never may, as policies that an analyzer compares with those that are rendered.

usage: connections.py OUT NETWORK_TEMPLATE MANIFEST...

It writes OUT/all.yaml, the manifests with a pod of another namespace, OUT/must.yaml and OUT/never.yaml. Where the load
balancer stands is taken from the stack of the network; what pods listen on, and whether they have an identity, from
the manifests. All else is forbidden: what is not said to be needed, from anywhere and to anywhere.
"""
import json
import sys

from objects import of_files, pod_template

ALL = "0.0.0.0/0"
IDENTITY = "169.254.170.23/32"
ELSEWHERE = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "elsewhere"}}}
# Who measures, where somebody is told to be measured, and who stands beside it.
MONITORING = {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}}
NAME = "app.kubernetes.io/name"
PROMETHEUS = {"namespaceSelector": MONITORING, "podSelector": {"matchLabels": {NAME: "prometheus"}}}
BESIDE_IT = {"namespaceSelector": MONITORING, "podSelector": {"matchLabels": {NAME: "grafana"}}}
# Who answers for names, where the machines are ours: there it is pods.
NAMES = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}},
         "podSelector": {"matchLabels": {"k8s-app": "kube-dns"}}}
OF_OUR_MACHINES = "elbv2.k8s.aws/pod-readiness-gate-inject"
# What operators read and the analyzer does not know.
OF_OPERATORS = ("ExternalSecret", "Ingress", "PrometheusRule", "SecretStore", "ServiceMonitor")


def block(cidr, without=()):
    return {"ipBlock": {"cidr": cidr, **({"except": list(without)} if without else {})}}


def port(protocol, first, last=None):
    return {"protocol": protocol, "port": first, **({"endPort": last} if last else {})}


def but(protocol, *numbers):
    """Every port but these."""
    edges = [0, *sorted(numbers), 65536]
    ranges = [(low + 1, high - 1) for low, high in zip(edges, edges[1:])]
    return [port(protocol, low, high) for low, high in ranges if low <= high]


def policy(name, namespace, ingress, egress):
    return {
        "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {"podSelector": {}, "policyTypes": ["Ingress", "Egress"], "ingress": ingress, "egress": egress}}


def public_subnets(path):
    """Where load balancers stand: the subnets with the tag that EKS looks for."""
    with open(path, encoding="utf-8") as file:
        resources = json.load(file)["Resources"].values()
    subnets = [it["Properties"] for it in resources if it["Type"] == "AWS::EC2::Subnet"]
    tagged = [it for it in subnets if "kubernetes.io/role/elb" in [tag["Key"] for tag in it["Tags"]]]
    return [it["CidrBlock"] for it in tagged]


def rules(listens, balancers, settings, measured, ours):
    """What is needed in and out, and all the rest. Names are asked for anywhere, or of the pods that know them."""
    # Pods that are told the name of a secret read it themselves; those that are told a folder have it there.
    has_identity = any(key.endswith("_SECRET") and not value.startswith("/") for key, value in settings.items())
    needed_in = [{"from": [block(one) for one in balancers], "ports": [port("TCP", listens)]}]
    if measured:
        needed_in.append({"from": [PROMETHEUS], "ports": [port("TCP", listens)]})
    names = {"to": [NAMES if ours else block(ALL)], "ports": [port("UDP", 53), port("TCP", 53)]}
    aws = {"to": [block(ALL)], "ports": [port("TCP", 443)]}
    identity = {"to": [block(IDENTITY)], "ports": [port("TCP", 80)]}
    needed_out = [names, aws, *([identity] if has_identity else [])]
    elsewhere_in = {"from": [ELSEWHERE, *([BESIDE_IT] if measured else [])]}
    others_in = {"from": [block(ALL, balancers)]}
    ports_in = {"from": [block(one) for one in balancers], "ports": but("TCP", listens) + but("UDP")}
    asked = [] if ours else [53]
    elsewhere_out = {"to": [ELSEWHERE], "ports": but("TCP", *asked) + but("UDP", *asked)}
    ports_out = {"to": [block(ALL)], "ports": but("TCP", *asked, 80, 443) + but("UDP", *asked)}
    web = {"to": [block(ALL, [IDENTITY] if has_identity else [])], "ports": [port("TCP", 80)]}
    measured_in = [{"from": [PROMETHEUS], "ports": but("TCP", listens) + but("UDP")}] if measured else []
    return (needed_in, needed_out), ([elsewhere_in, others_in, ports_in, *measured_in], [elsewhere_out, ports_out, web])


def labelled(it):
    """A namespace as the API server labels it."""
    if it["kind"] == "Namespace":
        it["metadata"].setdefault("labels", {})["kubernetes.io/metadata.name"] = it["metadata"]["name"]
    return it


def namespace_of(name):
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}


def pod(name, namespace):
    """A pod of somebody else."""
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": namespace, "labels": {NAME: name}},
            "spec": {"containers": [{"name": name, "image": name}]}}


def write(path, objects):
    """JSON is YAML, and has no aliases, which the analyzer does not take."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n---\n".join(json.dumps(it, indent=1) for it in objects))


def main(out, template, paths):
    all_ = [it for _, it in of_files(paths)]
    measured = any(it["kind"] == "ServiceMonitor" for it in all_)
    there = [it["metadata"]["name"] for it in all_ if it["kind"] == "Namespace"]
    objects = [labelled(it) for it in all_ if it["kind"] not in OF_OPERATORS]
    pods = next(it for it in objects if pod_template(it))
    namespace = pods["metadata"]["namespace"]
    listens = pod_template(pods)["spec"]["containers"][0]["ports"][0]["containerPort"]
    balancers = public_subnets(template)
    if not balancers:
        sys.exit(f"{template} has no subnet that is tagged for load balancers")
    settings = next(it["data"] for it in objects if it["kind"] == "ConfigMap")
    ours = any(OF_OUR_MACHINES in it["metadata"].get("labels", {}) for it in objects)
    must, never = rules(listens, balancers, settings, measured, ours)
    other = [namespace_of("elsewhere"), pod("other", "elsewhere")]
    if ours:
        knows = pod("coredns", "kube-system")
        knows["metadata"]["labels"]["k8s-app"] = "kube-dns"
        other += [namespace_of("kube-system"), knows]
    if measured:
        other += [*(pod(one, "monitoring") for one in ("prometheus", "grafana"))]
        other += [] if "monitoring" in there else [namespace_of("monitoring")]
    write(f"{out}/all.yaml", objects + [labelled(it) for it in other])
    write(f"{out}/must.yaml", [policy("must", namespace, *must)])
    write(f"{out}/never.yaml", [policy("never", namespace, *never)])


main(sys.argv[1], sys.argv[2], sys.argv[3:])
