"""Plays the nodes of a cluster and their kubelets: three zones, pods that get ready, and metrics for the autoscaler.

A pod runs as soon as it is scheduled and is ready a second later, but for an image whose digest begins with BROKEN, and where
its program is run (programs.py) not before that answers. One that is told to go stays for two seconds.
"""
import contextlib
import dataclasses
import http.server
import json
import re
import ssl
import threading
import time
import urllib.parse

BROKEN = "@sha256:dead"
READY, GOING = 1.0, 2.0
# How often a kubelet sends word of its node.
WORD = 10.0
UNITS = {"": 1, "m": 0.001, "k": 1e3, "M": 1e6, "G": 1e9, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30}
CAPACITY = {"cpu": "4", "memory": "8Gi", "pods": "110", "ephemeral-storage": "20Gi"}


def now():
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def amount(text):
    number, unit = re.fullmatch(r"([0-9.]+)(\w*)", str(text)).groups()
    return float(number) * UNITS[unit]


def conditions(ready, gates):
    """What a kubelet tells of a pod, and a load balancer's controller of its gates."""
    known = {"Initialized": "True", "PodScheduled": "True", "ContainersReady": ready, "Ready": ready}
    all_ = {**known, **{gate["conditionType"]: ready for gate in gates}}
    return [{"type": kind, "status": status, "lastTransitionTime": now()} for kind, status in all_.items()]


@dataclasses.dataclass(frozen=True)
class Machine:
    """What a node is, and what of it is for pods."""

    name: str
    zone: str
    room: dict = dataclasses.field(default_factory=lambda: CAPACITY)
    taints: tuple = ()


def in_zones(count):
    """So many machines, in three zones."""
    return [Machine(f"node-{number}", f"us-east-1{'abc'[number % 3]}") for number in range(count)]


class Nodes:
    """The nodes, and a thread that does what kubelets do."""

    def __init__(self, api, load, machines, programs=None):
        self.api, self.load, self.machines, self.programs = api, load, machines, programs
        self.names = [machine.name for machine in machines]
        self.killed = set()
        self.first_seen, self.told_to_go, self.addresses = {}, {}, 0

    def start(self, port, certificate):
        for machine in self.machines:
            self.join(machine)
        self.serve_metrics(port, certificate)
        for what in (self.play, self.send_word):
            threading.Thread(target=what, daemon=True).start()

    def kill(self, name):
        """Nobody looks after its pods any more, or sends word of it."""
        self.killed.add(name)

    def join(self, machine):
        name, zone = machine.name, machine.zone
        labels = {"kubernetes.io/hostname": name, "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
                  "topology.kubernetes.io/zone": zone, "topology.kubernetes.io/region": zone[:-1].rstrip("-")}
        code, answer = self.api.ask("POST", "/api/v1/nodes", {"metadata": {"name": name, "labels": labels}})
        if code != 201:
            raise SystemExit(f"the node {name}: {code} {answer['message']}")
        ready = {"type": "Ready", "status": "True", "reason": "KubeletReady", "lastHeartbeatTime": now(), "lastTransitionTime": now()}
        status = {"capacity": machine.room, "allocatable": machine.room, "conditions": [ready]}
        self.api.patch(f"/api/v1/nodes/{name}/status", {"status": status})
        self.api.patch(f"/api/v1/nodes/{name}", {"spec": {"taints": list(machine.taints) or None}})

    def play(self):
        while True:
            # The API server may be busy, or gone at the end.
            with contextlib.suppress(OSError, ValueError):
                for pod in self.api.items("/api/v1/pods"):
                    if pod["spec"].get("nodeName") not in self.killed:
                        self.look_after(pod)
            time.sleep(0.3)

    def send_word(self):
        while True:
            time.sleep(WORD)
            for name in set(self.names) - self.killed:
                ready = {"type": "Ready", "status": "True", "reason": "KubeletReady", "lastHeartbeatTime": now()}
                # As a kubelet does it: by the type of the condition, and nothing else changes.
                with contextlib.suppress(OSError, ValueError):
                    self.api.ask("PATCH", f"/api/v1/nodes/{name}/status", {"status": {"conditions": [ready]}},
                                 "application/strategic-merge-patch+json")

    def look_after(self, pod):
        metadata, status = pod["metadata"], pod.get("status", {})
        path, uid = f"/api/v1/namespaces/{metadata['namespace']}/pods/{metadata['name']}", metadata["uid"]
        if metadata.get("deletionTimestamp"):
            if time.monotonic() - self.told_to_go.setdefault(uid, time.monotonic()) >= GOING:
                self.end(uid)
                self.api.ask("DELETE", path, {"kind": "DeleteOptions", "apiVersion": "v1", "gracePeriodSeconds": 0})
        elif pod["spec"].get("nodeName"):
            since = time.monotonic() - self.first_seen.setdefault(uid, time.monotonic())
            broken = any(BROKEN in one["image"] for one in pod["spec"]["containers"])
            ready = str(since >= READY and not broken and self.answers(pod))
            told = {one["type"]: one["status"] for one in status.get("conditions") or []}
            if told.get("Ready") != ready or status.get("phase") != "Running":
                self.tell(path, pod, ready)

    def answers(self, pod):
        """Whether its program does, where one is run."""
        return self.programs is None or self.programs.answers(pod)

    def end(self, uid):
        if self.programs is not None:
            self.programs.end(uid)

    def tell(self, path, pod, ready):
        status = pod.get("status", {})
        if not status.get("podIP"):
            self.addresses += 1
        address = status.get("podIP") or f"10.1.{self.addresses // 250}.{self.addresses % 250 + 2}"
        containers = [
            {"name": one["name"], "image": one["image"], "imageID": one["image"], "restartCount": 0, "ready": ready == "True",
             "started": ready == "True", "state": {"running": {"startedAt": now()}}} for one in pod["spec"]["containers"]]
        self.api.patch(f"{path}/status", {"status": {
            "phase": "Running", "podIP": address, "startTime": status.get("startTime") or now(),
            "conditions": conditions(ready, pod["spec"].get("readinessGates") or []), "containerStatuses": containers}})

    def metrics(self, namespace, query):
        """What the pods use: so many percent of what they request."""
        for pod in self.api.items(f"/api/v1/namespaces/{namespace}/pods?{query}"):
            if pod.get("status", {}).get("phase") == "Running" and pod["spec"]["nodeName"] not in self.killed:
                used = [{"name": one["name"], "usage": {
                    "cpu": f"{int(amount(one['resources']['requests']['cpu']) * self.load() * 10)}m",
                    "memory": str(int(amount(one["resources"]["requests"]["memory"]) * self.load() / 100)),
                }} for one in pod["spec"]["containers"]]
                metadata = {key: pod["metadata"][key] for key in ("name", "namespace")}
                yield {"metadata": metadata, "timestamp": now(), "window": "30s", "containers": used}

    def serve_metrics(self, port, certificate):
        """The API of metrics, which the API server asks for everybody."""
        group, version = "metrics.k8s.io", "v1beta1"
        one = {"name": "pods", "singularName": "", "namespaced": True, "kind": "PodMetrics", "verbs": ["get", "list"]}

        def answer(path):
            parts = urllib.parse.urlsplit(path)
            pods = re.search(r"/namespaces/([^/]+)/pods", parts.path)
            if pods is None:
                return {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": f"{group}/{version}", "resources": [one]}
            items = list(self.metrics(pods[1], parts.query))
            return {"kind": "PodMetricsList", "apiVersion": f"{group}/{version}", "metadata": {}, "items": items}

        serve(port, certificate, lambda path, _: answer(path))
        self.api.ask("POST", "/api/v1/namespaces/kube-system/services", {"metadata": {"name": "metrics"}, "spec": {
            "type": "ExternalName", "externalName": "localhost", "ports": [{"port": port, "protocol": "TCP"}]}})
        service = {"name": "metrics", "namespace": "kube-system", "port": port}
        self.api.ask("POST", "/apis/apiregistration.k8s.io/v1/apiservices", {
            "metadata": {"name": f"{version}.{group}"},
            "spec": {"group": group, "version": version, "groupPriorityMinimum": 100, "versionPriority": 100,
                     "insecureSkipTLSVerify": True, "service": service}})


def serve(port, certificate, answer):
    """Serves JSON over TLS on loopback, in a thread."""

    class Handler(http.server.BaseHTTPRequestHandler):
        """Answers what it is asked."""

        def reply(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            text = json.dumps(answer(self.path, json.loads(body) if body else None)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = reply

        def log_message(self, *_):
            """Says nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    # Whoever asked may not wait for the answer.
    server.handle_error = lambda *_: None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{certificate}.crt", f"{certificate}.key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
