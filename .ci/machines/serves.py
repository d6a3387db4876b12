"""What runs of all environments at once on the machines, and what the cluster lets happen to it."""
import json
import re
import time
import urllib.request

from released import expect

PROMETHEUS = 30090
# How often each port is asked.
ASKED = 12
# A line of what a pod says of itself.
ANSWERED = r'^http_server_request_duration_seconds_count\{[^}]*http_route="/"[^}]*\} (\S+)$'


def fetch(address, port, path="/"):
    with urllib.request.urlopen(f"http://{address}:{port}{path}", timeout=10) as answer:
        return answer.read().decode()


def count(programs, pods):
    """How many requests for the start page the pods say they had."""
    said = [fetch(programs.loopback(pod["status"]["podIP"]), 8000, "/metrics") for pod in pods]
    return sum(int(float(number)) for text in said for number in re.findall(ANSWERED, text, re.MULTILINE))


def ports(environments, node_ports, programs, say):
    """Each environment answers under its own port of each machine, by its own pods and no others'."""
    for name, (released, port) in environments.items():
        own = sorted(pod["status"]["podIP"] for pod in released.pods())
        expect(f"what gets requests in {name}", sorted(address for address, _ in released.ready()), own)
        before = {other: count(programs, it.pods()) for other, (it, _) in environments.items()}
        for address in node_ports.addresses.values():
            for _ in range(ASKED):
                fetch(address, port)
        after = {other: count(programs, it.pods()) for other, (it, _) in environments.items()}
        asked = ASKED * len(node_ports.addresses)
        more = {other: after[other] - before[other] for other in after}
        expect(f"requests by {port}", more, {other: asked if other == name else 0 for other in after})
        say(f"{name}: {asked} requests by port {port} of {len(node_ports.addresses)} machines, all answered by its own pods")


def watched(environments, node_ports, cluster, say):
    """Prometheus answers under its port, has found the pods of all environments by its own rights, and gets their figures."""
    address = list(node_ports.addresses.values())[-1]

    def asks():
        text = fetch(address, PROMETHEUS, "/api/v1/query?query=count%20by%20(namespace)(up%7Bjob%3D%22fastapi%22%7D%20%3D%3D%201)")
        return {one["metric"]["namespace"]: int(one["value"][1]) for one in json.loads(text)["data"]["result"]}

    wanted = {name: len(released.ready()) for name, (released, _) in environments.items()}
    cluster.wait(f"Prometheus gets the figures of {wanted}", lambda: asks() == wanted, 40)
    found = json.loads(fetch(address, PROMETHEUS, "/api/v1/targets?state=active"))["data"]["activeTargets"]
    jobs = {one["labels"]["job"] for one in found}
    machines = [one for one in found if one["labels"]["job"] == "cadvisor"]
    expect("machines that Prometheus finds", len(machines), len(node_ports.addresses))
    say(f"Prometheus answers by port {PROMETHEUS} and has the figures of {sum(wanted.values())} pods of {len(wanted)} environments; "
        f"jobs: {', '.join(sorted(jobs))}")


def fits(cluster, released, control_plane):
    """The pods stand on all workers, and on the machine of the control plane none does."""
    places = [pod["spec"]["nodeName"] for pod in released.pods()]
    workers = {machine.name for machine in cluster.machines} - {control_plane}
    expect(f"where the pods of {released.namespace} are", set(places), workers)


def scales(environments, cluster, control_plane, say):
    """Under load only production grows, to its most and no further; its pods go one at a time, and back to its least."""
    prod, _ = environments.pop("prod")
    cluster.load = 150
    cluster.wait("10 pods", lambda: len(prod.ready()) == 10)
    time.sleep(6)
    expect("pods of prod at the most", len(prod.pods()), 10)
    for name, (released, _) in environments.items():
        expect(f"pods of {name} under the same load", len(released.pods()), 2)
    fits(cluster, prod, control_plane)
    say("load takes prod to 10 pods and no further, on both workers; dev and stage stay at 2")
    prod.evictions()
    prod.shrinks(10, 2)


def quotas(released):
    """More than the quota has does not come: pods, ports of machines, load balancers."""
    api, most = released.api, int(released.api.items(f"{released.path}/resourcequotas")[0]["spec"]["hard"]["pods"])
    scale = lambda number: released.cluster.kubectl(  # noqa: E731
        "scale", f"deployment/{released.name}", "--namespace", released.namespace, f"--replicas={number}")
    scale(most + 3)
    released.cluster.wait("the quota says no", lambda: any(
        "exceeded quota" in it.get("message", "") for it in api.get(released.deployment)["status"]["conditions"]))
    released.cluster.wait(f"{most} pods", lambda: len(released.ready()) == most)
    expect("pods at the most", len(released.pods()), most)
    scale(2)
    for kind in ("NodePort", "LoadBalancer"):
        service = {"metadata": {"name": "another"}, "spec": {"type": kind, "ports": [{"port": 80, "protocol": "TCP"}]}}
        code, answer = api.ask("POST", f"{released.path}/services", service)
        if code != 403 or "exceeded quota" not in answer["message"]:
            raise SystemExit(f"another Service of type {kind}: {code} {answer}")
    released.cluster.wait("2 pods", lambda: len(released.pods()) == 2)
    released.say(f"of {most + 3} pods {most} come, and no other Service gets a port of the machines or a load balancer")


def elsewhere(released):
    """Where a namespace says nothing, a pod must hold to the same."""
    pod = {**released.a_pod("privileged", privileged=True, allowPrivilegeEscalation=True)}
    pod["metadata"] = {"name": "privileged", "namespace": "default"}
    code, answer = released.api.ask("POST", "/api/v1/namespaces/default/pods", pod)
    if code != 403 or 'PodSecurity "restricted' not in answer.get("message", ""):
        raise SystemExit(f"a privileged pod where nothing is said: {code} {answer}")
