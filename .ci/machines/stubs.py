"""Plays the programs of a machine for the scripts that run there: each leaves what it was called with, and answers as the
real one does as far as the scripts ask.

A folder of programs is made of it; each runs this file under its own name, with the folder of the machine in MACHINE.
"""
import json
import os
import sys

NAMES = ["apt-get", "apt-mark", "dpkg-query", "modprobe", "swapoff", "sysctl", "systemctl", "kubeadm", "kubectl", "curl", "gpg", "install"]


def make(folder):
    os.makedirs(folder, exist_ok=True)
    for name in NAMES:
        path = os.path.join(folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"#!/bin/sh\nexec python3 -B /judge/stubs.py {name} \"$@\"\n")
        os.chmod(path, 0o755)


class Machine:
    """What the machine has: a file of JSON."""

    def __init__(self):
        self.root = os.environ["MACHINE"]
        self.path = f"{self.root}/state.json"
        self.state = {"packages": {}, "calls": [], "tokens": [], "joined": False}
        if os.path.exists(self.path):
            with open(self.path, encoding="utf-8") as file:
                self.state = json.load(file)

    def keep(self, name, words):
        self.state["calls"].append([name, *words])
        with open(self.path, "w", encoding="utf-8") as file:
            json.dump(self.state, file)


def apt_get(machine, words):
    if "install" in words:
        skip = False
        for word in words[words.index("install") + 1:]:
            if skip or word.startswith("-"):
                skip = word == "-o"
                continue
            name, _, version = word.partition("=")
            machine.state["packages"][name] = version or "1"


def dpkg_query(machine, words):
    if words[-1] not in machine.state["packages"]:
        raise SystemExit(1)
    print("installed", end="")


def curl(_, words):
    with open(words[words.index("--output") + 1], "w", encoding="utf-8") as file:
        file.write("a key\n")


def gpg(machine, words):
    if "--dearmor" in words:
        with open(words[words.index("--output") + 1], "w", encoding="utf-8") as file:
            file.write("a key\n")
        return
    known = {"kubernetes.asc": "DE15B14486CD377B9E876E1A234654DA9A296436", "docker.asc": "9DC858229FC7DD38854AE2D88D81803C0EBFCD88"}
    print("pub:-:2048:1:0:0:0::-:\nfpr:::::::::" + (os.environ.get("FOREIGN_KEY") or known[os.path.basename(words[-1])]) + ":")
    print("sub:-:2048:1:0:0:0::-:\nfpr:::::::::0000000000000000000000000000000000000000:")


def kubeadm(machine, words):
    verb = words[:2] if words[0] in ("token", "upgrade") else words[:1]
    if verb == ["init"]:
        if os.environ.get("INIT_FAILS"):
            touch(machine, "etc/kubernetes/kubelet.conf")
            raise SystemExit(1)
        if machine.state.get("made"):
            raise SystemExit("it is made already")
        machine.state["made"] = True
        machine.state["tokens"] = ["abcdef"]
        touch(machine, "etc/kubernetes/admin.conf")
        touch(machine, "etc/kubernetes/kubelet.conf")
    elif verb == ["reset"]:
        machine.state["made"] = machine.state["joined"] = False
    elif verb == ["join"]:
        with open(words[words.index("--config") + 1], encoding="utf-8") as file:
            machine.state["joined"] = file.read()
        touch(machine, "etc/kubernetes/kubelet.conf")
    elif verb == ["config"]:
        print("registry.k8s.io/kube-proxy:v1.99.1\nregistry.k8s.io/pause:3.99")
    elif verb == ["token", "list"]:
        for token in machine.state["tokens"]:
            print(f"{token}.0123456789abcdef")
    elif verb == ["token", "delete"]:
        machine.state["tokens"].remove(words[-1])


def touch(machine, path):
    with open(f"{machine.root}/{path}", "w", encoding="utf-8") as file:
        file.write("there\n")


def kubectl(_, words):
    if "/readyz" in words:
        print("ok")


def install(words):
    """The real one; there is one user here."""
    for option in ("-o", "-g"):
        while option in words:
            at = words.index(option)
            del words[at:at + 2]
    os.execv("/usr/bin/install", ["install", *words])


def main(name, *words):
    machine = Machine()
    words = list(words)
    played = {"apt-get": apt_get, "dpkg-query": dpkg_query, "curl": curl, "gpg": gpg, "kubeadm": kubeadm, "kubectl": kubectl}
    if name == "install":
        install(words)
    try:
        if name in played:
            played[name](machine, words)
    finally:
        machine.keep(name, words)


if __name__ == "__main__":
    main(*sys.argv[1:])
