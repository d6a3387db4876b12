"""What machines the files of OpenTofu order, and what of each the kubelet leaves to pods."""
import json
import os
import re
import sys

import yaml

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "kubernetes"))

from nodes import Machine, amount  # noqa: E402

CONTROL_PLANE = {"key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule"}
# The processors and the MiB of types that do not say them.
TYPES = {"e2-medium": (2, 4096)}


def ordered(infra):
    """The instances by their names."""
    with open(f"{infra}/main.tf.json", encoding="utf-8") as file:
        return dict(sorted(json.load(file)["resource"]["google_compute_instance"].items()))


def outside(infra):
    """The address of each machine that the world knows."""
    return {name: it["network_interface"][0]["access_config"][0]["nat_ip"] for name, it in ordered(infra).items()}


def size(kind):
    found = re.fullmatch(r"e2-custom-(\d+)-(\d+)", kind)
    return tuple(map(int, found.groups())) if found else TYPES[kind]


def room(kind, kubelet):
    """What is left of a machine when the system and the kubelet have theirs."""
    processors, memory = size(kind)
    kept = [kubelet["systemReserved"], kubelet["kubeReserved"]]
    processors -= sum(amount(one["cpu"]) for one in kept)
    memory = memory * 2**20 - sum(amount(one["memory"]) for one in kept) - amount(kubelet["evictionHard"]["memory.available"])
    return {"cpu": f"{round(processors * 1000)}m", "memory": str(round(memory)), "pods": "110", "ephemeral-storage": "20Gi"}


def machines(infra, control_plane):
    """The nodes of the cluster, of which the first is the control plane; that has a folder here with its files."""
    with open(f"{control_plane}/etc/kubernetes/machine/kubeadm.yaml", encoding="utf-8") as file:
        (kubelet,) = [it for it in yaml.safe_load_all(file) if it["kind"] == "KubeletConfiguration"]
    first = os.path.basename(control_plane)
    return [Machine(name, it["zone"], room(it["machine_type"], kubelet), (CONTROL_PLANE,) if name == first else ())
            for name, it in ordered(infra).items()]


def enforced(control_plane):
    """What pods must hold to where a namespace says nothing, and the namespaces that are free of it."""
    with open(f"{control_plane}/etc/kubernetes/admission/admission.yaml", encoding="utf-8") as file:
        (plugin,) = yaml.safe_load(file)["plugins"]
    given = plugin["configuration"]
    return given["defaults"]["enforce"], given["exemptions"]["namespaces"]
