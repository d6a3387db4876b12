"""A cluster on loopback: etcd and the real control plane of Kubernetes 1.20, with nodes that are played."""
import base64
import contextlib
import json
import os
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request

import yaml

import admission
import nodes

TOKEN = "administrator"


def free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


def certificate(folder, name):
    """A key and a certificate for this machine: the path of both without its end."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout", f"{name}.key", "-out", f"{name}.crt"],
        cwd=folder, check=True, capture_output=True)
    return f"{folder}/{name}"


class Api:
    """The API server, asked as its administrator."""

    def __init__(self, url):
        self.url, self.context = url, ssl._create_unverified_context()

    def ask(self, method, path, body=None, content="application/json"):
        """The code and the body of the answer."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": content}
        request = urllib.request.Request(self.url + path, method=method, data=data, headers=headers)
        try:
            with urllib.request.urlopen(request, context=self.context, timeout=30) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            text = error.read().decode()
            return error.code, json.loads(text) if text.startswith("{") else {"message": text}

    def get(self, path):
        return self.ask("GET", path)[1]

    def patch(self, path, body):
        return self.ask("PATCH", path, body, "application/merge-patch+json")

    def items(self, path):
        return self.get(path).get("items") or []


class Cluster:
    """One on ports of its own, below a folder."""

    def __init__(self, folder, programs, machines=nodes.in_zones(3), grace="24h"):
        """Its nodes, each of which is away after as long without word of it."""
        self.folder, self.programs, self.processes = folder, programs, []
        self.machines, self.grace = machines, grace
        # What the pods run, if anything; and what is enforced where a namespace says nothing, and where it never is.
        self.of_pods, self.enforced, self.exempt = None, "privileged", ()
        self.ports = {name: free_port() for name in ["etcd", "peers", "api", "controllers", "scheduler", "metrics", "admission"]}
        self.api = Api(f"https://127.0.0.1:{self.ports['api']}")
        self.load, self.nodes = 30, None

    def start(self, *words):
        with open(f"{self.folder}/{os.path.basename(words[0])}.log", "wb") as log:
            self.processes.append(subprocess.Popen(words, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log))

    def kubeconfig(self, name, **acting):
        """A file for kubectl: the administrator, who may act as somebody else."""
        path = f"{self.folder}/{name}.kubeconfig"
        config = {
            "apiVersion": "v1", "kind": "Config", "current-context": "local",
            "clusters": [{"name": "local", "cluster": {"server": self.api.url, "insecure-skip-tls-verify": True}}],
            "contexts": [{"name": "local", "context": {"cluster": "local", "user": name}}],
            "users": [{"name": name, "user": {"token": TOKEN, **acting}}]}
        with open(path, "w", encoding="utf-8") as file:
            json.dump(config, file)
        return path

    def kubectl(self, *words, config=None, text=None, code=0, cwd=None):
        """What kubectl says; it must end as expected."""
        done = subprocess.run(
            [f"{self.programs}/kubectl", "--kubeconfig", config or f"{self.folder}/administrator.kubeconfig", *words],
            input=text, capture_output=True, text=True, check=False, cwd=cwd)
        said = done.stdout + done.stderr
        if code is not None and done.returncode != code:
            raise SystemExit(f"kubectl {' '.join(words)} ended with {done.returncode}, not {code}\n{said}")
        return said

    def wait(self, what, holds, seconds=120):
        """Waits until something holds, and gives it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                found = holds()
                if found:
                    return found
            time.sleep(0.2)
        raise SystemExit(f"not in {seconds} seconds: {what}")

    def start_control_plane(self):
        etcd, peers = (f"http://127.0.0.1:{self.ports[name]}" for name in ["etcd", "peers"])
        signing = f"{certificate(self.folder, 'accounts')}.key"
        with open(f"{self.folder}/tokens.csv", "w", encoding="utf-8") as file:
            file.write(f"{TOKEN},administrator,administrator,system:masters\n")
        config = self.kubeconfig("administrator")
        self.start("etcd", "--data-dir", "etcd", "--listen-client-urls", etcd, "--advertise-client-urls", etcd,
                   "--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers, "--initial-cluster",
                   f"default={peers}", "--log-level", "error")
        self.start(f"{self.programs}/kube-apiserver", "--etcd-servers", etcd, "--bind-address", "127.0.0.1", "--secure-port",
                   str(self.ports["api"]), "--cert-dir", "api", "--service-account-key-file", signing,
                   "--service-account-signing-key-file", signing, "--service-account-issuer", "https://kubernetes.default.svc",
                   "--token-auth-file", "tokens.csv", "--authorization-mode", "RBAC", "--allow-privileged",
                   "--service-cluster-ip-range", "10.0.0.0/24", "--audit-log-path", "audit.log", "--audit-policy-file", self.audited())
        self.wait("the API server answers", lambda: self.kubectl("get", "--raw", "/readyz", code=None) == "ok")
        # The times of the autoscaler are shortened.
        self.start(f"{self.programs}/kube-controller-manager", "--kubeconfig", config, "--service-account-private-key-file", signing,
                   "--use-service-account-credentials=false", "--leader-elect=false", "--bind-address", "127.0.0.1",
                   "--secure-port", str(self.ports["controllers"]), "--port", "0", "--cert-dir", "controllers",
                   "--node-monitor-grace-period", self.grace, "--horizontal-pod-autoscaler-sync-period", "2s",
                   "--horizontal-pod-autoscaler-cpu-initialization-period", "1s",
                   "--horizontal-pod-autoscaler-initial-readiness-delay", "1s",
                   "--controllers", "*,-nodeipam,-cloud-node-lifecycle,-route,-service")
        self.start(f"{self.programs}/kube-scheduler", "--kubeconfig", config, "--leader-elect=false", "--bind-address",
                   "127.0.0.1", "--secure-port", str(self.ports["scheduler"]), "--port", "0", "--cert-dir", "scheduler")

    def audited(self):
        """Every request leaves its verb and what it is about."""
        path = f"{self.folder}/audit.yaml"
        with open(path, "w", encoding="utf-8") as file:
            yaml.safe_dump({"apiVersion": "audit.k8s.io/v1", "kind": "Policy", "omitStages": ["RequestReceived"],
                            "rules": [{"level": "Metadata"}]}, file)
        return path

    def start_stand_ins(self):
        """The nodes, their metrics, and the admission of pods that this version has not."""
        stand_in = certificate(self.folder, "stand-in")
        self.nodes = nodes.Nodes(self.api, lambda: self.load, self.machines, self.of_pods)
        self.nodes.start(self.ports["metrics"], stand_in)
        admission.start(self.api, self.ports["admission"], stand_in, self.enforced, self.exempt)
        with open(f"{stand_in}.crt", "rb") as file:
            authority = base64.b64encode(file.read()).decode()
        self.kubectl("apply", "--filename", "-", text=json.dumps(admission.webhook(self.ports["admission"], authority)))

    @contextlib.contextmanager
    def running(self):
        try:
            self.start_control_plane()
            self.start_stand_ins()
            self.wait("nodes and accounts are there", lambda: len(self.api.items("/api/v1/nodes")) >= len(self.machines)
                      and self.api.ask("GET", "/api/v1/namespaces/default/serviceaccounts/default")[0] == 200)
            yield self
        finally:
            for process in reversed(self.processes):
                process.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(20)
                process.kill()
