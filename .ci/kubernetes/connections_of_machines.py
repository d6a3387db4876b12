"""Writes what has to reach what in a cluster of machines of one's own, and what never may, as policies for an analyzer.

usage: connections_of_machines.py OUT INFRA MANIFEST...

It writes OUT/all.yaml, the manifests with pods of other namespaces, and for each program OUT/must-PROGRAM.yaml and
OUT/never-PROGRAM.yaml. Who comes in by a port of the machines is taken from the firewalls of INFRA, so that these and the
policies of the cluster say the same; where the machines and their pods are, from there as well. All else is forbidden.
"""
import json
import sys

from connections import (
    ALL, BESIDE_IT, ELSEWHERE, NAME, NAMES, OTHERS, block, both, labelled, namespace_of, peer, pod, write)
from objects import at, of_files, pod_template

SERVED = "fastapi"
MEASURES = "monitoring"
# Whoever stands elsewhere, who measures not, and who answers for names.
STRANGERS = ("other", "grafana", "names")


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


class Ground:
    """The ranges of addresses, and what the firewalls let in."""

    def __init__(self, infra, objects):
        resources = read(f"{infra}/main.tf.json")["resource"]
        self.firewalls = list(resources["google_compute_firewall"].values())
        self.operators = read(f"{infra}/variables.tf.json")["variable"]["operators"]["default"]
        self.machines = [it["ip_cidr_range"] for it in resources["google_compute_subnetwork"].values()]
        network = next(it for it in objects if it["kind"] == "ConfigMap" and "net-conf.json" in it["data"])
        self.pods = json.loads(network["data"]["net-conf.json"])["Network"]

    def outside(self, service):
        """Who comes in by the port of the machines that leads to a Service."""
        port = str(service["spec"]["ports"][0]["nodePort"])
        doors = [it["source_ranges"] for it in self.firewalls if any(port in one["ports"] for one in it["allow"])]
        ranges = {one for door in doors for one in (self.operators if door == "${var.operators}" else door)}
        if not ranges:
            sys.exit(f"no firewall lets anybody in by the port {port}")
        # A machine passes on what comes in, under an address of its own.
        return [ALL] if ALL in ranges else [*sorted(ranges), *self.machines, self.pods]


def programs(ground, objects):
    """Each program, by its namespace and name: who calls it, whom it calls, each with his ports of TCP and UDP."""
    services = {(it["metadata"]["namespace"], it["metadata"]["name"]): it for it in objects if it["kind"] == "Service"}
    environments = [namespace for namespace, name in services if name == SERVED]
    prometheus = peer(MEASURES, {NAME: "prometheus"})
    ground_of = [block(one) for one in ground.machines]
    asks_names = ([NAMES], [53], [53])
    comes_in = {key: [block(one) for one in ground.outside(it)] for key, it in services.items()
                if it["spec"].get("type") == "NodePort"}
    known = {(one, SERVED): ([([prometheus], [8000], []), (comes_in[one, SERVED], [8000], [])], [asks_names])
             for one in environments}
    asked = [(("node-exporter", "node-exporter"), 9100), ((MEASURES, "kube-state-metrics"), 8080),
             ((MEASURES, "alertmanager"), 9093), *(((one, SERVED), 8000) for one in environments)]
    tells = {"kube-state-metrics": [asks_names, (ground_of, [6443], [])],
             "alertmanager": [asks_names, ([block(ALL)], [443, 587], [])]}
    for key, port in asked[:3]:
        known[key] = ([([prometheus], [port], [])], tells.get(key[1], []))
    calls = [([peer(key[0], {NAME: key[1]})], [port], []) for key, port in asked]
    known[MEASURES, "prometheus"] = (
        [(comes_in[MEASURES, "prometheus"], [9090], [])], [asks_names, (ground_of, [6443, 10250], []), *calls])
    return known


def rest(needed, everybody):
    """Everybody who is not among those that are needed."""
    peers = [one for them, _, _ in needed for one in them]
    ranges = [one["ipBlock"]["cidr"] for one in peers if "ipBlock" in one]
    return [one for one in everybody if one not in peers] + ([] if ALL in ranges else [block(ALL, ranges)])


def main(out, infra, paths):
    objects = [labelled(it) for _, it in of_files(paths)]
    known = programs(Ground(infra, objects), objects)
    # What stands in the network of the machines themselves no policy is about.
    judged = {(it["metadata"]["namespace"], it["metadata"]["name"]) for it in objects
              if (template := pod_template(it)) and not at(template, "spec", "hostNetwork")}
    of_others = {key for key in judged if key[0] == "kube-system"}
    if judged - of_others != set(known):
        sys.exit(f"nobody says who calls {sorted(judged - of_others ^ set(known))}")
    # Whatever else a namespace may get is closed off.
    unknown = {(namespace, "unknown"): ([], []) for namespace, _ in known}
    everybody = [peer(namespace, {NAME: name}) for namespace, name in known] + [ELSEWHERE, BESIDE_IT, NAMES]
    there = {it["metadata"]["name"] for it in objects if it["kind"] == "Namespace"}
    strangers = {name: OTHERS[name] for name in STRANGERS}
    missing = sorted({namespace for namespace, _ in strangers.values()} - there)
    added = [namespace_of(one) for one in missing] + [pod(name, *where) for name, where in strangers.items()]
    added += [pod(name, namespace, {NAME: name}) for namespace, name in unknown]
    write(f"{out}/all.yaml", [*objects, *map(labelled, added)])
    for (namespace, name), (calls, called) in {**known, **unknown}.items():
        own = {"matchLabels": {NAME: name}}
        for it in both(f"-{namespace}-{name}", namespace, (calls, rest(calls, everybody)),
                       (called, rest(called, everybody)), own):
            write(f"{out}/{it['metadata']['name']}.yaml", [it])


main(sys.argv[1], sys.argv[2], sys.argv[3:])
