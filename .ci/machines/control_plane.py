"""The machine of the control plane as far as people and workflows ask it: its scripts as they are rendered, and a real OpenSSH.

The paths of the machine are put below a folder, and its user is whoever runs this; nothing else of its files is changed, but
for the kinds that Kubernetes 1.20 has under other versions.
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

from local_cluster import free_port
from older import RENAMED

FILES = ("usr/local/bin/deploy", "usr/local/sbin/write-accounts", "usr/local/sbin/set-deploy-key", "etc/ssh/sshd_config.d/90-deploy.conf")


class ControlPlane:
    """What the machine of the control plane has for those who deploy."""

    def __init__(self, machine, scratch, cluster):
        self.scratch, self.cluster, self.port, self.user = scratch, cluster, free_port(), getpass.getuser()
        for folder in ("kept", "accounts", "programs", "bin"):
            os.makedirs(f"{scratch}/{folder}")
        self.paths = {
            "/usr/local/bin/deploy": f"{scratch}/programs/deploy", "/var/lib/deploy": f"{scratch}/kept", "/etc/deploy": f"{scratch}/accounts",
            "/etc/ssh/deploy_keys": f"{scratch}/deploy_keys", "/etc/kubernetes/admin.conf": f"{scratch}/admin.conf",
            "-g deploy ": "", "chown root:deploy": f"chown {self.user}", "User deploy": f"User {self.user}"}
        self.paths.update({f'["{new}","{kind}"]': f'["{old}","{kind}"]' for (new, kind), old in RENAMED.items()})
        for path in FILES:
            with open(f"{machine}/{path}", encoding="utf-8") as file:
                text = re.sub("|".join(map(re.escape, self.paths)), lambda found: self.paths[found.group()], file.read())
            self.write(f"programs/{os.path.basename(path)}", text, 0o755)
        self.administrator()
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{scratch}/host"], check=True)

    def write(self, name, text, mode=0o644):
        with open(f"{self.scratch}/{name}", "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(f"{self.scratch}/{name}", mode)

    def read(self, name):
        with open(f"{self.scratch}/{name}", encoding="utf-8") as file:
            return file.read()

    def administrator(self):
        with open(f"{self.cluster.folder}/api/apiserver.crt", "rb") as file:
            authority = base64.b64encode(file.read()).decode()
        with open(self.cluster.kubeconfig("administrator"), encoding="utf-8") as file:
            config = json.load(file)
        config["clusters"][0]["cluster"] = {"server": self.cluster.api.url, "certificate-authority-data": authority}
        self.write("admin.conf", json.dumps(config))

    def keeper(self, site, sums):
        """How a person runs `setup.sh`, with a gcloud that reaches this machine."""
        known = {**self.paths, "/etc/ssh/ssh_host_ed25519_key.pub": f"{self.scratch}/host.pub", "/usr/local/sbin": f"{self.scratch}/programs"}
        self.write("paths.json", json.dumps(known))
        program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "gcloud.py")
        for name, text in {"gcloud": f"exec {sys.executable} -B {program} {self.scratch}/paths.json", "systemctl": "exit 0 #"}.items():
            self.write(f"bin/{name}", f'#!/bin/sh\n{text} "$@"\n', 0o755)
        path = f"{self.scratch}/bin:{self.cluster.programs}:{os.environ['PATH']}"

        def setup(*words, given="", says=()):
            done = subprocess.run(["bash", f"{site}/infra/setup.sh", *words], input=given, capture_output=True, text=True, check=False, timeout=90,
                                  env={**os.environ, "PATH": path, "SUMS": sums})
            if done.returncode or any(word not in done.stdout for word in says):
                raise SystemExit(f"setup.sh {' '.join(words)} ended with {done.returncode}, without {says}\n{done.stdout}{done.stderr}")
            return done.stdout
        return setup

    def key(self, setup, namespace):
        """A new key for an environment; its private half."""
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", namespace, "-f", f"{self.scratch}/{namespace}.key"], check=True)
        setup("key", namespace, given=self.read(f"{namespace}.key.pub"), says=[f"this key deploys {namespace} and nothing else"])
        return self.read(f"{namespace}.key")

    @contextlib.contextmanager
    def listening(self):
        """OpenSSH on loopback, with what the machine says of the user that deploys."""
        self.write("sshd_config", f"""
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
""")
        self.write("known_hosts", f"[127.0.0.1]:{self.port} {' '.join(self.read('host.pub').split()[:2])}\n")
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
        return ["ssh", "-T", "-F", "/dev/null", "-i", f"{self.scratch}/{namespace}.key", "-p", str(self.port), "-o", "IdentitiesOnly=yes",
                "-o", "BatchMode=yes", "-o", f"UserKnownHostsFile={self.scratch}/known_hosts", "-o", "StrictHostKeyChecking=yes", *options,
                f"{self.user}@127.0.0.1", *command]

    def ask(self, namespace, command, given="", code=0, last=None, says=(), options=()):
        """What the machine says to the key of an environment."""
        words = self.words(namespace, *([command] if command else []), options=options)
        done = subprocess.run(words, input=given, capture_output=True, text=True, check=False, timeout=180)
        said = done.stdout + done.stderr
        lines = done.stdout.splitlines() or [""]
        if done.returncode != code or (last is not None and lines[-1] != last) or any(word not in said for word in says):
            raise SystemExit(f"`{command}` ended with {done.returncode} and `{lines[-1]}`, not {code} and `{last}`\n{said}")
        return said
