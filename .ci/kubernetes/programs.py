"""Runs what is in played pods on loopback, so that a request gets the answer of a real program.

Each pod has the address of loopback that its own one stands for, and each machine one as well: several clusters do not meet.
"""
import contextlib
import http.client
import os
import subprocess

from objects import at


class Programs:
    """The processes of pods; `known` says for the start of an image's name how its program is started."""

    def __init__(self, api, scratch, known):
        self.api, self.scratch, self.known, self.running = api, scratch, known, {}
        self.second = 64 + os.getpid() % 128

    def loopback(self, address):
        """The address here of one that a pod has in the cluster."""
        third, fourth = address.split(".")[2:]
        return f"127.{self.second}.{third}.{fourth}"

    def of_machine(self, number):
        return f"127.{self.second}.255.{number + 1}"

    def answers(self, pod):
        """As the readiness probe asks; its program is started first. What is not known answers."""
        one, status = pod["spec"]["containers"][0], pod.get("status", {})
        start = next((start for image, start in self.known.items() if one["image"].startswith(image)), None)
        if start is None or not status.get("podIP"):
            return start is None
        address, uid = self.loopback(status["podIP"]), pod["metadata"]["uid"]
        if uid not in self.running:
            self.start(uid, *start(pod, one, address))
        return self.running[uid].poll() is None and asked(address, one)

    def start(self, uid, words, env):
        with open(f"{self.scratch}/{uid}.log", "wb") as log:
            self.running[uid] = subprocess.Popen(words, env={**os.environ, **env}, cwd=self.scratch, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def settings(self, pod, one):
        """What a container has in its environment, by the cluster."""
        path = f"/api/v1/namespaces/{pod['metadata']['namespace']}/configmaps"
        env = {}
        for source in one.get("envFrom") or []:
            env.update(self.api.get(f"{path}/{source['configMapRef']['name']}")["data"])
        return {**env, **{each["name"]: each["value"] for each in one.get("env") or [] if "value" in each}}

    def end(self, uid):
        if uid in self.running:
            self.running[uid].terminate()

    def end_all(self):
        for process in self.running.values():
            process.kill()
            process.wait()


def asked(address, container):
    """What the readiness probe of a container says."""
    probe = container["readinessProbe"]["httpGet"]
    port = next(each["containerPort"] for each in container["ports"] if probe["port"] in (each.get("name"), each["containerPort"]))
    with contextlib.suppress(OSError, http.client.HTTPException):
        one = http.client.HTTPConnection(address, port, timeout=at(container, "readinessProbe", "timeoutSeconds") or 1)
        one.request("GET", probe["path"])
        return 200 <= one.getresponse().status < 400
    return False
