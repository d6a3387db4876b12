"""Runs what machines do at their start, in a root of their own with played programs: once, again, and where it is cut off.

usage: starts.py INFRA   (with a Python that has yaml; of its machines the first one is the control plane's)
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

import embedded
import stubs

TOKEN, SUM = "abcdef.0123456789abcdef", "sha256:" + "a" * 64


def expect(what, is_, wanted):
    if is_ != wanted:
        raise SystemExit(f"{what}: {is_!r}, not {wanted!r}")


class Root:
    """A machine: its files below a folder that is the root of whatever runs there."""

    def __init__(self, scratch, path):
        self.root = embedded.unpack(path, scratch)
        for folder in ("usr", "proc", "dev", "tmp", "judge", "stubs", "run", "var/lib/etcd", "var/log", "etc/kubernetes"):
            os.makedirs(f"{self.root}/{folder}", exist_ok=True)
        # What is the machine's own stands beside what it has of this one.
        shutil.move(f"{self.root}/usr", f"{self.root}/own")
        os.makedirs(f"{self.root}/usr")
        for link in ("bin", "lib", "lib64", "sbin"):
            os.symlink(f"usr/{link}", f"{self.root}/{link}")
        shutil.copytree("/etc/alternatives", f"{self.root}/etc/alternatives", symlinks=True)
        shutil.copy(stubs.__file__, f"{self.root}/judge/stubs.py")
        stubs.make(f"{self.root}/stubs")

    def run(self, program, text="", code=0, **variables):
        """What a program says; it must end as expected. Without a name it is the text."""
        script = (f"mount --rbind /usr {self.root}/usr && mount --rbind /proc {self.root}/proc && mount --rbind /dev {self.root}/dev"
                  f" && exec chroot {self.root} {f'/own/local/{program}' if program else 'bash -s'}")
        environment = {"PATH": "/stubs:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "MACHINE": "/", **variables}
        done = subprocess.run(["unshare", "--map-root-user", "--mount", "bash", "-c", script], input=text, env=environment,
                              capture_output=True, text=True, check=False)
        if done.returncode != code:
            raise SystemExit(f"{program} ended with {done.returncode}, not {code}\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    @property
    def state(self):
        with open(f"{self.root}/state.json", encoding="utf-8") as file:
            return json.load(file)

    def calls(self, *begin):
        return [call for call in self.state["calls"] if call[:len(begin)] == list(begin)]

    def text(self, path):
        with open(f"{self.root}/{path}", encoding="utf-8") as file:
            return file.read()

    def forget_calls(self):
        state = self.state
        state["calls"] = []
        with open(f"{self.root}/state.json", "w", encoding="utf-8") as file:
            json.dump(state, file)


def prepares(scratch, path):
    """Once it does all of it, and again it looks only."""
    foreign = Root(f"{scratch}/foreign", path)
    said = foreign.run("sbin/prepare-machine", code=1, FOREIGN_KEY="F" * 40)
    expect("it says which key it found", "F" * 40 in said, True)
    expect("packages by a foreign key", foreign.state["packages"], {})
    machine = Root(scratch, path)
    machine.run("sbin/prepare-machine")
    packages = machine.state["packages"]
    expect("one version", {packages[name] for name in ("kubeadm", "kubelet", "kubectl")}, {packages["kubeadm"]})
    expect("held", machine.calls("apt-mark", "hold")[0][2:], ["containerd.io", "kubeadm", "kubectl", "kubelet"])
    expect("containerd starts anew", len(machine.calls("systemctl", "restart", "containerd")), 1)
    expect("containerd's settings", "SystemdCgroup = true" in machine.text("etc/containerd/config.toml"), True)
    machine.forget_calls()
    machine.run("sbin/prepare-machine")
    expect("packages at the second start", machine.calls("apt-get"), [])
    expect("restarts at the second start", machine.calls("systemctl", "restart"), [])
    expect("the memory stays off the disk", len(machine.calls("swapoff")), 1)
    # A version that somebody brought it to stays.
    state = machine.state
    state["packages"]["kubelet"] = "1.99.0-1.1"
    with open(f"{machine.root}/state.json", "w", encoding="utf-8") as file:
        json.dump(state, file)
    machine.run("sbin/prepare-machine")
    expect("a later version", machine.state["packages"]["kubelet"], "1.99.0-1.1")
    return machine


def leads(machine):
    """The control plane is made once, also where its making was cut off."""
    key = "etc/kubernetes/encryption/encryption.yaml"
    machine.run("sbin/make-control-plane", code=1, INIT_FAILS="1")
    first = machine.text(key)
    expect("only root reads the key", os.stat(f"{machine.root}/{key}").st_mode & 0o777, 0o600)
    expect("the key has 32 bytes", len(first.split("secret: ")[1].split("\n")[0]), 44)
    os.makedirs(f"{machine.root}/var/lib/etcd/member")
    machine.run("sbin/make-control-plane")
    expect("what was cut off is cleared away", len(machine.calls("kubeadm", "reset")), 1)
    expect("the store is kept", len([name for name in os.listdir(f"{machine.root}/var/lib") if name.startswith("etcd-")]), 1)
    expect("made", len(machine.calls("kubeadm", "init")), 2)
    expect("tokens", machine.state["tokens"], [])
    expect("nobody is told the token", machine.calls("kubeadm", "init")[0][-1], "--skip-token-print")
    machine.forget_calls()
    machine.run("sbin/make-control-plane")
    expect("made again", machine.calls("kubeadm", "init") + machine.calls("kubeadm", "reset"), [])
    expect("the key stays", machine.text(key), first)


def joins(machine):
    """A worker joins once, with what nobody sees."""
    for nonsense in ("", "a\nb\n", f"{TOKEN}\nsha256:|e id\n", f"{TOKEN}'\n{SUM}\n"):
        machine.run("sbin/join-cluster", nonsense, code=2)
    expect("nothing is done with nonsense", machine.calls("kubeadm"), [])
    said = machine.run("sbin/join-cluster", f"{TOKEN}\n{SUM}\n")
    joined = machine.state["joined"]
    expect("it joins with the token", f"token: {TOKEN}" in joined and SUM in joined, True)
    words = [word for call in machine.state["calls"] for word in call]
    expect("the token is in an argument", any(TOKEN.split(".")[1] in word for word in words), False)
    expect("the token is said", TOKEN.split(".")[1] in said, False)
    expect("left", os.listdir(f"{machine.root}/run"), [])
    expect("the token stands in a file of the machine", TOKEN in machine.text("etc/kubernetes/machine/join.yaml"), False)
    machine.run("sbin/join-cluster", f"{TOKEN}\n{SUM}\n")
    expect("joined", len(machine.calls("kubeadm", "join")), 1)


def upgrades(machine, script, version):
    """What upgrade.sh gives a machine to run, to another version."""
    given = subprocess.run(["bash", "-c", "source <(sed -n '/^here() {/,/^}/p' \"$0\"); declare -f here", script], capture_output=True, text=True, check=True).stdout
    given = given.replace("/usr/local/sbin/", "/own/local/sbin/")
    machine.forget_calls()
    machine.run("", f"{given}\nhere kubeadm {version} </dev/null\n")
    packages = machine.state["packages"]
    expect("kubeadm first", packages["kubeadm"] != packages["kubelet"] and packages["kubeadm"], f"{version}-*")
    expect("from the repository of the version", f"/v{version.rsplit('.', 1)[0]}/deb/" in machine.text("etc/apt/sources.list.d/kubernetes.sources"), True)
    machine.run("", f"{given}\nhere kubelet {version} </dev/null\n")
    packages = machine.state["packages"]
    expect("then the others", (packages["kubelet"], packages["kubectl"]), (f"{version}-*", f"{version}-*"))
    expect("containerd keeps the image of the version", "registry.k8s.io/pause:3.99" in machine.text("etc/containerd/config.toml"), True)
    expect("they start anew", [call[2] for call in machine.calls("systemctl", "restart")], ["containerd", "kubelet"])
    held = {word for call in machine.calls("apt-mark", "hold") for word in call[2:]}
    expect("held", held >= {"kubeadm", "kubelet", "kubectl"}, True)


def main(infra):
    paths = sorted(f"{infra}/cloud-init/{name}" for name in os.listdir(f"{infra}/cloud-init"))
    with tempfile.TemporaryDirectory() as scratch:
        for number, path in enumerate(paths):
            machine = prepares(f"{scratch}/{number}", path)
            (joins if number else leads)(machine)
            upgrades(machine, f"{infra}/upgrade.sh", "1.99.1")
    print(f"machines: {len(paths)} start, start again, go on where they were cut off, and are upgraded")


main(*sys.argv[1:])
