"""Runs the scripts of whoever keeps machines, with a played `gcloud`: it tells what each machine is asked, in order, and answers
for it.

usage: keeps.py INFRA
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

KUBECTL = r'''#!/bin/sh
[ "$1" = kustomize ] || exit 1
for image in $(sed -n "/^$(basename "$2" | sed 's/monitoring/watching/')=(/,/^)/ { /[(]/d; /^)/d; p; }" "$INFRA/setup.sh"); do
  printf 'image: "%s@${digest:%s}"\n' "$image" "$image"
done
echo "kind: $(basename "$2")"
'''

TOKEN, SUM = "abcdef.0123456789abcdef", "sha256:" + "a" * 64
CONTROL, WORKERS = "devops-instance-1", ["devops-instance-2", "devops-instance-3"]
OLD, NEW = "1.30.14", "1.31.14"

GCLOUD = r'''#!/usr/bin/env python3
import json, os, re, sys
folder = os.environ["HERE"]
path = f"{folder}/state.json"
state = json.load(open(path))
words = sys.argv[1:]
host, command = words[2], words[words.index("--command") + 1]
given = "" if os.isatty(0) else sys.stdin.read()
state["calls"].append([host, command, given, words])
code = 0
def told(pattern):
    return re.search(pattern, command)
if state["fails"] and re.search(state["fails"], f"{host} {command} {given}", re.S):
    code = 1
elif found := told(r"get node (\S+) --ignore-not-found"):
    print(f"node/{found[1]}" if found[1] in state["nodes"] else "", end="")
elif found := told(r"get node (\S+) --output jsonpath"):
    print("v" + state["nodes"].get(found[1], ""), end="")
elif told("let-in"):
    print(state["token"] + "\n" + state["sum"])
elif told("join-cluster"):
    state["nodes"][host] = state["version"]
elif found := told(r"delete node (\S+)"):
    del state["nodes"][found[1]]
elif told("version --output json"):
    print(json.dumps({"clientVersion": {"gitVersion": "v1.99.0"}, "serverVersion": {"major": "1", "gitVersion": "v" + state["version"]}}, indent=2))
elif found := told(r"upgrade apply v(\S+)"):
    state["version"] = found[1]
elif found := re.search(r"^here kubelet (\S+)", given, re.M):
    state["nodes"][host] = found[1]
elif told("back-up-etcd"):
    print("/var/backups/etcd/etcd-2026-11-30T10-00-00Z.db")
elif told("ssh_host_ed25519_key"):
    print("ssh-ed25519 AAAAC3Nza root@machine")
json.dump(state, open(path, "w"))
sys.exit(code)
'''


class Keeper:
    """Whoever keeps the machines, with a folder of programs."""

    def __init__(self, infra):
        self.infra, self.folder = infra, tempfile.mkdtemp()
        for name, text in (("gcloud", GCLOUD), ("docker", f"#!/bin/sh\necho {SUM}\n"), ("kubectl", KUBECTL)):
            with open(f"{self.folder}/{name}", "w", encoding="utf-8") as file:
                file.write(text)
            os.chmod(f"{self.folder}/{name}", 0o755)
        self.set(calls=[], nodes={CONTROL: OLD}, fails="", token=TOKEN, sum=SUM, version=OLD)

    @property
    def state(self):
        with open(f"{self.folder}/state.json", encoding="utf-8") as file:
            return json.load(file)

    def set(self, **values):
        state = self.state if os.path.exists(f"{self.folder}/state.json") else {}
        with open(f"{self.folder}/state.json", "w", encoding="utf-8") as file:
            json.dump({**state, **values}, file)

    def run(self, *words, code=0, says=(), given="", **variables):
        """What a script says, and what machines were asked by it."""
        self.set(calls=[])
        environment = {**os.environ, "PATH": f"{self.folder}:{os.environ['PATH']}", "HERE": self.folder, "INFRA": self.infra, **variables}
        done = subprocess.run(["bash", f"{self.infra}/{words[0]}", *words[1:]], input=given, env=environment, capture_output=True, text=True, check=False)
        said = done.stdout + done.stderr
        if done.returncode != code or any(word not in said for word in says):
            raise SystemExit(f"{' '.join(words)} ended with {done.returncode}, not {code}\n{said}\n{self.asked()}")
        return done.stdout

    def asked(self):
        """A line for each call: the machine, and what of it."""
        return [f"{host} {command} {given}".strip() for host, command, given, _ in self.state["calls"]]


def expect(what, is_, wanted):
    if is_ != wanted:
        raise SystemExit(f"{what}: {is_!r}, not {wanted!r}")


def order(keeper, *patterns):
    """Each pattern stands in a later call than the one before it."""
    at = 0
    asked = keeper.asked()
    for pattern in patterns:
        found = [number for number in range(at, len(asked)) if re.search(pattern, asked[number], re.S)]
        if not found:
            raise SystemExit(f"nothing like `{pattern}` comes next in\n" + "\n".join(line[:200] for line in asked))
        at = found[0] + 1


def usage(keeper):
    for script in ("setup.sh", "join.sh", "upgrade.sh"):
        keeper.run(script, "--help", says=["usage: "])
        keeper.run(script, "--nonsense", code=2, says=["usage: "])
    keeper.run("upgrade.sh", code=2, says=["usage: "])
    keeper.run("upgrade.sh", "1.31", code=2, says=["usage: "])


def given(keeper, name):
    """How many images a list of the script has."""
    with open(f"{keeper.infra}/setup.sh", encoding="utf-8") as file:
        return len(re.search(rf"^{name}=\(\n(.*?)^\)", file.read(), re.S | re.M)[1].split())


def sets_up(keeper):
    keeper.run("setup.sh", "cluster", code=1, says=["nothing says what", "setup.sh sums"])
    expect("asked without sums", keeper.asked(), [])
    sums = f"{keeper.folder}/sums.txt"
    printed = keeper.run("setup.sh", "sums")
    for text, says in ((printed.replace(SUM, "sha256:zz", 1), "has no sum of 64"), (printed.split("\n", 1)[1], "has no line of")):
        with open(sums, "w", encoding="utf-8") as file:
            file.write(text)
        keeper.run("setup.sh", "cluster", code=1, says=[says], SUMS=sums)
        expect("asked with wrong sums", keeper.asked(), [])
    with open(sums, "w", encoding="utf-8") as file:
        file.write(printed)
    keeper.run("setup.sh", "cluster", SUMS=sums, says=["the cluster is ready"])
    order(keeper, "is-active", "apply --server-side.*kind: Namespace", "apply --server-side.*name: dev", "apply --server-side.*kind: ServiceAccount", "write-accounts", "rollout status daemonset/flannel")
    applied = "".join(call[2] for call in keeper.state["calls"])
    expect("what nobody filled", "${" in applied, False)
    expect("images by their sums", applied.count(f"@{SUM}"), given(keeper, "images") + 1)
    keeper.run("setup.sh", "namespaces")
    expect("asked for namespaces", keeper.asked(), [f"{CONTROL} sudo kubectl --kubeconfig /etc/kubernetes/admin.conf apply --server-side --field-manager synth --filename - kind: cluster"])
    keeper.run("setup.sh", "monitoring", code=1, says=["nothing says what"])
    expect("asked without sums", keeper.asked(), [])
    keeper.run("setup.sh", "monitoring", SUMS=sums, says=["it is measured"])
    order(keeper, "apply --server-side.*kind: monitoring", "rollout status deployment/prometheus", "rollout status deployment/alertmanager")
    applied = "".join(call[2] for call in keeper.state["calls"])
    expect("what nobody filled", "${" in applied, False)
    expect("images by their sums", applied.count(f"@{SUM}"), given(keeper, "watching"))
    expect("sums", printed.count("image "), given(keeper, "images") + given(keeper, "watching"))
    key = "ssh-ed25519 AAAAC3Nza dev\n"
    keeper.run("setup.sh", "key", "dev", given=key)
    order(keeper, f"{CONTROL} sudo /usr/local/sbin/set-deploy-key dev ssh-ed25519")
    keeper.run("setup.sh", "key", "nowhere", code=2)
    expect("the line of the host", keeper.run("setup.sh", "host-key"), "34.14.169.168 ssh-ed25519 AAAAC3Nza\n")
    keeper.run("setup.sh", "backup")
    order(keeper, "back-up-etcd", "cat /var/backups/etcd/etcd-2026-11-30T10-00-00Z.db")


def joins(keeper):
    keeper.run("join.sh", "stranger", code=2, says=["the model has no machine"])
    keeper.run("join.sh", CONTROL, code=2, says=["is the control plane"])
    # A machine that does not take it: nobody may use the token after that.
    keeper.set(fails="join-cluster")
    keeper.run("join.sh", WORKERS[0], code=1)
    order(keeper, "let-in", "join-cluster", f"token delete .* {TOKEN.split('.')[0]}$")
    keeper.set(fails="")
    keeper.run("join.sh")
    for host in WORKERS:
        order(keeper, f"{host} .*is-active", f"{CONTROL} .*let-in", f"{host} .*join-cluster {re.escape(TOKEN)}\n{SUM}$", f"token delete .* {TOKEN.split('.')[0]}$", f"wait node/{host}")
    words = [word for call in keeper.state["calls"] for word in call[3]]
    expect("the token is in an argument", any(TOKEN.split(".")[1] in word for word in words), False)
    keeper.run("join.sh", says=[f"{WORKERS[0]} is in the cluster"])
    expect("joined again", [line for line in keeper.asked() if "let-in" in line or "join-cluster" in line], [])
    keeper.run("join.sh", "remove", WORKERS[0], "--yes")
    order(keeper, f"drain {WORKERS[0]}", f"delete node {WORKERS[0]}", f"{WORKERS[0]} sudo kubeadm reset")
    keeper.run("join.sh", "add", WORKERS[0], says=[])
    order(keeper, "let-in", "join-cluster")
    keeper.run("join.sh", TUNNEL="1")
    expect("by the tunnel", {"--tunnel-through-iap" in call[3] for call in keeper.state["calls"]}, {True})


def upgrades(keeper):
    """The scripts that machines were given."""
    for version in ("1.32.1", "1.29.9", "1.30.1", "2.0.0"):
        keeper.run("upgrade.sh", version, "--yes", code=2)
        expect("changed", [line for line in keeper.asked() if "here " in line or "upgrade" in line or "drain" in line], [])
    # A kubelet that does not come: its pods come back, and the next time goes on from there.
    keeper.set(fails=f"{WORKERS[0]} .*here kubelet {NEW}")
    keeper.run("upgrade.sh", NEW, "--yes", code=1, says=[f"{WORKERS[0]} has not become {NEW}"])
    order(keeper, "back-up-etcd", f"{CONTROL} sudo bash -s.*here kubeadm {NEW}", "upgrade plan", f"upgrade apply v{NEW} --yes", f"drain {CONTROL}",
          f"{CONTROL} sudo bash -s.*here kubelet {NEW}", f"uncordon {CONTROL}", f"{WORKERS[0]} sudo bash -s.*here kubeadm {NEW}",
          f"{WORKERS[0]} sudo kubeadm upgrade node", f"drain {WORKERS[0]}", f"{WORKERS[0]} .*here kubelet", f"uncordon {WORKERS[0]}")
    given = [call[2] for call in keeper.state["calls"] if "here kube" in call[2]]
    keeper.set(fails="")
    keeper.run("upgrade.sh", NEW, "--yes", says=[f"{host} runs v{NEW}" for host in [CONTROL, *WORKERS]])
    expect("what is done again", [line for line in keeper.asked() if "upgrade apply" in line or "back-up" in line], [])
    order(keeper, f"uncordon {WORKERS[0]}", f"drain {WORKERS[1]}", f"uncordon {WORKERS[1]}")
    keeper.run("upgrade.sh", NEW, "--yes")
    expect("when all is done", [line for line in keeper.asked() if "here " in line or "drain" in line], [])
    return given


def main(infra):
    keeper = Keeper(infra)
    try:
        usage(keeper)
        sets_up(keeper)
        joins(keeper)
        for text in upgrades(keeper):
            subprocess.run(["shellcheck", "--shell", "bash", "--severity", "warning", "-"], input=text, text=True, check=True)
    finally:
        shutil.rmtree(keeper.folder)
    print("keepers: setup.sh, join.sh and upgrade.sh ask machines in order, again and where one fails, and tell no token")


main(*sys.argv[1:])
