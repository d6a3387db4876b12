"""Plays the pods of a Deployment with real processes, and a kubelet that looks after them.

What cAdvisor and kube-state-metrics would say of them is exposed by a stand-in, and what Gatekeeper has denied. Whether they
are there, ready and started again is true of the processes; what they use of a processor and of memory is set, since the
service does not use that much. A pod is available as soon as it is ready.
"""
import contextlib
import http.client
import http.server
import os
import signal
import subprocess
import threading
import time

from nodes import amount
from sinks import serve

# How often a pod is asked for its health, and how long the answer may take; not shortened, since the machine may be busy.
PERIOD, TIMEOUT, FAILURES = 0.25, 1.0, 2


class Pod:
    """One process."""

    def __init__(self, name, port, words, env):
        self.name, self.port, self.words, self.env = name, port, words, {**env, "PORT": str(port)}
        self.process, self.restarts, self.ready, self.failures = None, 0, False, 0

    def start(self):
        self.process = subprocess.Popen(self.words, env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process, self.ready = None, False

    def restart(self):
        """As a kubelet does where a container has ended."""
        self.kill()
        self.restarts += 1
        self.start()

    def hang(self, stopped):
        self.process.send_signal(signal.SIGSTOP if stopped else signal.SIGCONT)

    def is_well(self):
        with contextlib.suppress(OSError, http.client.HTTPException):
            asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
            asked.request("GET", "/health")
            return asked.getresponse().status == 200
        return False

    def look(self):
        if self.process is None:
            return
        self.failures = 0 if self.is_well() else self.failures + 1
        self.ready = self.process is not None and self.failures < FAILURES and (self.ready or self.failures == 0)


class Pods:
    """Those of a Deployment, by what is rendered of it."""

    def __init__(self, deployment, settings, count, binary, ports):
        metadata, (one, *_) = deployment["metadata"], deployment["spec"]["template"]["spec"]["containers"]
        self.namespace, self.deployment, self.container = metadata["namespace"], metadata["name"], one["name"]
        self.limits = {key: amount(value) for key, value in one["resources"]["limits"].items()}
        env = {**os.environ, **settings, "HOST": "127.0.0.1", "LOG_LEVEL": "error"}
        self.all = [Pod(f"{self.deployment}-{number}", port, [binary], env) for number, port in zip(range(count), ports)]
        # Shares of the limits.
        self.cpu, self.memory = 0.1, 0.1
        # What Gatekeeper has denied. Its own count is there only from the first one on.
        self.denied = 0
        self.used, self.looked = 0.0, time.monotonic()

    def start(self):
        for pod in self.all:
            pod.start()
            threading.Thread(target=self.look_after, args=[pod], daemon=True).start()
        return serve(http.server.ThreadingHTTPServer, exposing(self.metrics))

    def look_after(self, pod):
        while True:
            # It may be killed meanwhile.
            with contextlib.suppress(AttributeError):
                pod.look()
            time.sleep(PERIOD)

    def ready(self):
        return [pod for pod in self.all if pod.ready]

    def metrics(self):
        """What cAdvisor, kube-state-metrics and Gatekeeper expose, as far as anything that is rendered asks for it."""
        now = time.monotonic()
        self.used, self.looked = self.used + self.cpu * self.limits["cpu"] * (now - self.looked), now
        of_all = f'namespace="{self.namespace}",deployment="{self.deployment}"'
        yield f"kube_deployment_spec_replicas{{{of_all}}} {len(self.all)}"
        for state in ("available", "ready"):
            yield f"kube_deployment_status_replicas_{state}{{{of_all}}} {len(self.ready())}"
        yield f'gatekeeper_validation_request_count{{admission_status="deny"}} {self.denied}'
        for pod in self.all:
            if pod.process is not None:
                yield from self.of_pod(pod)

    def of_pod(self, pod):
        place = f'namespace="{self.namespace}",pod="{pod.name}"'
        inside = f'{place},container="{self.container}"'
        yield f"container_cpu_usage_seconds_total{{{inside}}} {self.used}"
        yield f"container_memory_working_set_bytes{{{inside}}} {self.memory * self.limits['memory']}"
        for resource, limit in self.limits.items():
            yield f'kube_pod_container_resource_limits{{{inside},resource="{resource}"}} {limit}'
        yield f"kube_pod_container_status_ready{{{inside}}} {int(pod.ready)}"
        yield f"kube_pod_container_status_restarts_total{{{inside}}} {pod.restarts}"
        for phase in ("Failed", "Pending", "Running", "Succeeded", "Unknown"):
            yield f'kube_pod_status_phase{{{place},phase="{phase}"}} {int(phase == "Running")}'


def exposing(lines):
    class Handler(http.server.BaseHTTPRequestHandler):
        """Answers Prometheus."""

        def do_GET(self):
            text = "".join(f"{line}\n" for line in lines()).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; version=0.0.4")
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_):
            """Says nothing."""

    return Handler
