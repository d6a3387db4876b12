"""Deploys by SSH with the one command that a key runs: a real OpenSSH server, the real control plane of Kubernetes 1.20 with
played nodes, and what stands on the machine of the control plane.

usage: deploys.py INFRA FOLDER-OF-THE-MACHINE SCRATCH PROGRAMS   (with the Python of the environment `manifests`)

The paths of the machine are put below SCRATCH, and its user is whoever runs this; nothing else of its files is changed.
"""
import base64
import contextlib
import getpass
import json
import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "kubernetes"))

from local_cluster import Cluster, free_port  # noqa: E402

FIRST, SECOND, THIRD, BROKEN = (f"sha256:{(word * 64)[:64]}" for word in ("1", "2", "3", "dead"))
IMAGE, NAME = "prasannasn/fastapi-devops", "fastapi"
BEGAN = time.monotonic()


def say(text):
    print(f"deploys: {text} ({time.monotonic() - BEGAN:.0f}s)", flush=True)


def expect(what, is_, wanted):
    if is_ != wanted:
        raise SystemExit(f"{what}: {is_!r}, not {wanted!r}")


# What the namespaces ask of every pod.
POD = {"runAsNonRoot": True, "runAsUser": 1000, "seccompProfile": {"type": "RuntimeDefault"}}
CONTAINER = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}


def manifests(namespace, digest, image=IMAGE, **change):
    labels = {"app.kubernetes.io/name": NAME}
    deployment = {
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": NAME, "namespace": namespace},
        "spec": {"replicas": 2, "minReadySeconds": 1, "progressDeadlineSeconds": 8, "selector": {"matchLabels": labels},
                 "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}},
                 "template": {"metadata": {"labels": labels}, "spec": {
                     "automountServiceAccountToken": False, "securityContext": POD,
                     "containers": [{"name": NAME, "image": f"{image}@{digest}", "securityContext": CONTAINER}]}}}}
    service = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": NAME, "namespace": namespace},
               "spec": {"type": "ClusterIP", "selector": labels, "ports": [{"port": 80, "targetPort": 8000, "protocol": "TCP"}]}}
    return [{**deployment, **change}, service]


def text(objects):
    return "---\n".join(json.dumps(one) + "\n" for one in objects)


class Machine:
    """What the machine of the control plane has for those who deploy."""

    def __init__(self, machine, scratch, cluster):
        self.machine, self.scratch, self.cluster, self.port = machine, scratch, cluster, free_port()
        self.user = getpass.getuser()
        for folder in ("kept", "accounts", "programs"):
            os.makedirs(f"{scratch}/{folder}")
        paths = {"/usr/local/bin/deploy": f"{scratch}/programs/deploy", "/var/lib/deploy": f"{scratch}/kept", "/etc/deploy": f"{scratch}/accounts",
                 "/etc/ssh/deploy_keys": f"{scratch}/deploy_keys", "/etc/kubernetes/admin.conf": f"{scratch}/admin.conf",
                 "-g deploy ": "", "chown root:deploy": f"chown {self.user}", "User deploy": f"User {self.user}"}
        for path in ("usr/local/bin/deploy", "usr/local/sbin/write-accounts", "usr/local/sbin/set-deploy-key", "etc/ssh/sshd_config.d/90-deploy.conf"):
            with open(f"{machine}/{path}", encoding="utf-8") as file:
                changed = re.sub("|".join(map(re.escape, paths)), lambda found: paths[found.group()], file.read())
            with open(f"{scratch}/programs/{os.path.basename(path)}", "w", encoding="utf-8") as file:
                file.write(changed)
            os.chmod(f"{scratch}/programs/{os.path.basename(path)}", 0o755)

    def run(self, program, *words, given=""):
        environment = {**os.environ, "PATH": f"{self.cluster.programs}:{os.environ['PATH']}"}
        done = subprocess.run([f"{self.scratch}/programs/{program}", *words], input=given, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{program} ended with {done.returncode}\n{done.stdout}{done.stderr}")

    def administrator(self):
        with open(f"{self.cluster.folder}/api/apiserver.crt", "rb") as file:
            authority = base64.b64encode(file.read()).decode()
        with open(self.cluster.kubeconfig("administrator"), encoding="utf-8") as file:
            config = json.load(file)
        config["clusters"][0]["cluster"] = {"server": self.cluster.api.url, "certificate-authority-data": authority}
        with open(f"{self.scratch}/admin.conf", "w", encoding="utf-8") as file:
            json.dump(config, file)

    def key(self, namespace):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", namespace, "-f", f"{self.scratch}/{namespace}.key"], check=True)
        with open(f"{self.scratch}/{namespace}.key.pub", encoding="utf-8") as file:
            self.run("set-deploy-key", namespace, given=file.read())

    @contextlib.contextmanager
    def listening(self):
        """OpenSSH on loopback, with what the machine says of the user that deploys."""
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{self.scratch}/host"], check=True)
        settings = f"""
Port {self.port}
ListenAddress 127.0.0.1
HostKey {self.scratch}/host
PidFile {self.scratch}/pid
UsePAM no
StrictModes no
PasswordAuthentication no
PermitRootLogin prohibit-password
SetEnv PATH={self.cluster.programs}:/usr/local/bin:/usr/bin:/bin
Subsystem sftp internal-sftp
Include {self.scratch}/programs/90-deploy.conf
"""
        with open(f"{self.scratch}/sshd_config", "w", encoding="utf-8") as file:
            file.write(settings)
        with open(f"{self.scratch}/host.pub", encoding="utf-8") as file:
            host = " ".join(file.read().split()[:2])
        with open(f"{self.scratch}/known_hosts", "w", encoding="utf-8") as file:
            file.write(f"[127.0.0.1]:{self.port} {host}\n")
        if os.getuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        with open(f"{self.scratch}/sshd.log", "wb") as log:
            server = subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", f"{self.scratch}/sshd_config"], stderr=log)
        try:
            time.sleep(1)
            yield
        finally:
            server.terminate()
            server.wait(20)

    def words(self, namespace, *command, options=()):
        return ["ssh", "-T", "-F", "/dev/null", "-i", f"{self.scratch}/{namespace}.key", "-p", str(self.port), "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes",
                "-o", f"UserKnownHostsFile={self.scratch}/known_hosts", "-o", "StrictHostKeyChecking=yes", *options, f"{self.user}@127.0.0.1", *command]

    def ask(self, namespace, command, given="", code=0, last=None, says=(), options=()):
        """What the machine says to the key of an environment."""
        done = subprocess.run(self.words(namespace, *([command] if command else []), options=options), input=given, capture_output=True, text=True, check=False, timeout=180)
        said = done.stdout + done.stderr
        lines = done.stdout.splitlines() or [""]
        if done.returncode != code or (last is not None and lines[-1] != last) or any(word not in said for word in says):
            raise SystemExit(f"`{command}` ended with {done.returncode} and `{lines[-1]}`, not {code} and `{last}`\n{said}")
        return said

    def images(self, namespace):
        pods = self.cluster.api.items(f"/api/v1/namespaces/{namespace}/pods")
        return {pod["spec"]["containers"][0]["image"].split("@")[1] for pod in pods if "deletionTimestamp" not in pod["metadata"]}


def releases(machine):
    machine.ask("dev", "status dev", last="runs dev nothing")
    machine.ask("dev", f"apply dev {FIRST}", text(manifests("dev", FIRST)), last=f"deployed dev {FIRST}", says=["successfully rolled out"])
    machine.ask("dev", "status dev", last=f"runs dev {FIRST}")
    say("the first digest runs")
    machine.ask("dev", f"apply dev {SECOND}", text(manifests("dev", SECOND, f"docker.io/{IMAGE}:v2")), last=f"deployed dev {SECOND}")
    expect("images", machine.images("dev"), {SECOND})
    machine.ask("dev", f"apply dev {BROKEN}", text(manifests("dev", BROKEN)), code=1, last=f"rolled back dev {SECOND}", says=["exceeded its progress deadline"])
    expect("images after a digest that does not get ready", machine.images("dev"), {SECOND})
    machine.ask("dev", "status dev", last=f"runs dev {SECOND}")
    say("a broken digest goes back")
    machine.ask("dev", f"rollback dev {FIRST}", last=f"deployed dev {FIRST}")
    expect("images after a rollback", machine.images("dev"), {FIRST})
    machine.ask("dev", f"rollback dev {THIRD}", code=2, says=["are not kept here"])
    machine.ask("prod", f"apply prod {BROKEN}", text(manifests("prod", BROKEN)), code=4, last="not rolled back: nothing was deployed here before")
    say("an earlier digest comes back, one that was never there does not, and the first one has nothing to go back to")


def refusals(machine):
    """Nothing of these changes anything."""
    before = machine.cluster.api.get(f"/apis/apps/v1/namespaces/dev/deployments/{NAME}")["metadata"]["resourceVersion"]
    right = text(manifests("dev", THIRD))

    def refused(command, given=right, says=("refused: ",), who="dev"):
        machine.ask(who, command, given, code=2, says=["refused: ", *says])

    for word in (f"{THIRD};id", f"{THIRD} ", f"{THIRD}\nid", f"$(id){THIRD}", "sha256:zz", THIRD.upper(), f"{THIRD}0", "latest", f"'{THIRD}'", ""):
        refused(f"apply dev {word}")
    for command in (f"apply  dev {THIRD}", f"apply dev/../prod {THIRD}", f"apply ../dev {THIRD}", f"apply -n {THIRD}", "id", "status", "status dev dev", "bash -i", None):
        refused(command)
    refused(f"apply prod {THIRD}", text(manifests("prod", THIRD)), ["this key is for dev"])
    refused("status prod", says=["this key is for dev"])
    of = lambda **change: text(manifests("dev", THIRD, **change))  # noqa: E731
    other = {"metadata": {"name": "other", "namespace": "dev"}}
    for objects, says in (
            (text(manifests("prod", THIRD)), 'namespace from the provided object "prod"'),
            (text([{"apiVersion": "v1", "kind": "List", "items": manifests("prod", THIRD)}]), 'namespace from the provided object "prod"'),
            (right + "---\n" + text([{"apiVersion": "v1", "kind": "Secret", **other}]), "nobody deploys"),
            (right + "---\n" + text([{"apiVersion": "v1", "kind": "Secret", **other}]), "nobody deploys"),
            (text([{"apiVersion": "v1", "kind": "Pod", **other, "spec": {"containers": []}}]), "nobody deploys"),
            (text([{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "dev"}}]), "nobody deploys"),
            (text(manifests("dev", SECOND)), f"which is not {IMAGE}@{THIRD}"),
            (text(manifests("dev", THIRD, "example/other")), "which is not"),
            (text(manifests("dev", THIRD, f"example/{IMAGE}")), "which is not"),
            (right.replace(f"@{THIRD}", ":latest"), "which is not"),
            (of(metadata=other["metadata"]), "the cluster does not take it: "),
            (of(metadata={"name": "fastapi/../x", "namespace": "dev"}), "refused: "),
            ("", "refused: "), ("nonsense", "refused: "), ("{", "refused: "), ("a: [" * 1000, "refused: "),
            (right + "#" * (1 << 20), "larger than 1 MiB")):
        refused(f"apply dev {THIRD}", objects, [says])
    after = machine.cluster.api.get(f"/apis/apps/v1/namespaces/dev/deployments/{NAME}")["metadata"]["resourceVersion"]
    expect("the Deployment is as it was", after, before)
    say("other words, namespaces, kinds, images and sizes are refused, and nothing changes")


def ways_out(machine):
    """The key opens no other way."""
    machine.ask("dev", "status dev", options=["-t", "-t"], code=255, says=["PTY allocation request failed"])
    tunnel = subprocess.run(machine.words("dev", options=["-N", "-o", "ExitOnForwardFailure=yes", "-R", "127.0.0.1:0:127.0.0.1:1"]), capture_output=True, text=True, check=False, timeout=30)
    expect("a tunnel is refused", tunnel.returncode, 255)
    copied = subprocess.run(machine.words("dev", "-s", "sftp"), input="", capture_output=True, text=True, check=False, timeout=30)
    expect("files are not for the key", copied.returncode, 2)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{machine.scratch}/stranger.key"], check=True)
    machine.ask("stranger", "status dev", code=255)
    say("a tunnel, files and other keys are refused")


def rights(machine):
    """The cluster refuses what the command would not ask, too."""
    account = f"{machine.scratch}/accounts/dev.kubeconfig"
    may = lambda *words: machine.cluster.kubectl("auth", "can-i", *words, config=account, code=None).splitlines()[0]  # noqa: E731
    for words, wanted in ((("create", "deployments", "-n", "dev"), "yes"), (("patch", f"deployments/{NAME}", "-n", "dev"), "yes"), (("patch", "deployments/other", "-n", "dev"), "no"),
                          (("create", "deployments", "-n", "prod"), "no"), (("get", "secrets", "-n", "dev"), "no"), (("create", "secrets", "-n", "dev"), "no"),
                          (("delete", f"deployments/{NAME}", "-n", "dev"), "no"), (("create", "pods/exec", "-n", "dev"), "no"), (("create", "roles", "-n", "dev"), "no"), (("list", "nodes"), "no")):
        expect(f"the account of dev: {' '.join(words)}", may(*words), wanted)
    say("the account may do that and no more")


def at_once(machine):
    """One after the other, and to its end though nobody listens."""
    first = subprocess.Popen(machine.words("dev", f"apply dev {BROKEN}"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    first.stdin.write(text(manifests("dev", BROKEN)))
    first.stdin.close()
    time.sleep(4)
    machine.ask("dev", f"apply dev {SECOND}", text(manifests("dev", SECOND)), code=3, last="busy dev")
    first.kill()
    first.wait()
    path = f"/apis/apps/v1/namespaces/dev/deployments/{NAME}"
    image = lambda: machine.cluster.api.get(path)["spec"]["template"]["spec"]["containers"][0]["image"]  # noqa: E731
    machine.cluster.wait("it goes back though nobody listens", lambda: image().endswith(FIRST))
    machine.cluster.wait("the next one may come", lambda: subprocess.run(machine.words("dev", f"apply dev {SECOND}"), input=text(manifests("dev", SECOND)), capture_output=True, text=True, check=False).returncode == 0)
    expect("images", machine.images("dev"), {SECOND})
    say("a second one waits for nothing and says so; the first one goes back though its caller is gone")


def main(infra, machine, scratch, programs):
    cluster = Cluster(f"{scratch}/run", programs)
    os.makedirs(cluster.folder)
    with cluster.running():
        say("control plane 1.20")
        own = Machine(machine, scratch, cluster)
        own.administrator()
        for namespace in ("dev", "stage", "prod"):
            cluster.kubectl("apply", "--server-side", "--field-manager", "synth", "--filename", f"{infra}/../k8s/cluster/{namespace}.yaml")
        cluster.kubectl("apply", "--server-side", "--field-manager", "synth", "--filename", f"{infra}/cluster/deployers.yaml")
        own.run("write-accounts")
        for namespace in ("dev", "prod"):
            own.key(namespace)
        with own.listening():
            releases(own)
            refusals(own)
            ways_out(own)
            rights(own)
            at_once(own)


main(*(os.path.abspath(word) for word in sys.argv[1:]))
