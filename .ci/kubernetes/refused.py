"""Holds what `synth diff` says the API server refuses against the API server itself."""
import copy
import json
import os
import subprocess
import time

from definitions import plural
from objects import put

LABELS = {"app": "one"}
POD = {"containers": [{"name": "one", "image": "one:1"}]}
TEMPLATE = {"metadata": {"labels": LABELS}, "spec": POD}
OF_WORKLOAD = {"selector": {"matchLabels": LABELS}, "template": TEMPLATE}
CLAIM = {"accessModes": ["ReadWriteOnce"], "storageClassName": "fast", "resources": {"requests": {"storage": "1Gi"}}}
RBAC = "rbac.authorization.k8s.io"
REFERENCE = {"apiGroup": RBAC, "kind": "Role", "name": "one"}
DEFINITION = {
    "group": "example.com", "scope": "Namespaced", "names": {"kind": "One", "plural": "ones", "singular": "one"},
    "versions": [{"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": {"type": "object"}}}]}

# The kinds, with what stands beside their metadata.
OBJECTS = {
    "apps/v1 Deployment": {"spec": {"replicas": 1, **OF_WORKLOAD}},
    "apps/v1 ReplicaSet": {"spec": OF_WORKLOAD},
    "apps/v1 DaemonSet": {"spec": OF_WORKLOAD},
    "apps/v1 StatefulSet": {"spec": {
        "replicas": 1, "serviceName": "one", **OF_WORKLOAD, "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": CLAIM}]}},
    "batch/v1 Job": {"spec": {"parallelism": 1, "completions": 1, "template": {"spec": {**POD, "restartPolicy": "Never"}}}},
    "v1 Pod": {"spec": POD},
    "v1 PersistentVolumeClaim": {"spec": CLAIM},
    "v1 PersistentVolume": {"spec": {
        "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "hostPath": {"path": "/data"}, "persistentVolumeReclaimPolicy": "Retain"}},
    f"{RBAC}/v1 RoleBinding": {"roleRef": REFERENCE, "subjects": []},
    f"{RBAC}/v1 ClusterRoleBinding": {"roleRef": {**REFERENCE, "kind": "ClusterRole"}, "subjects": []},
    f"{RBAC}/v1 Role": {"rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]},
    "v1 Service": {"spec": {"clusterIP": "10.0.0.77", "type": "ClusterIP", "selector": LABELS, "ports": [{"name": "http", "protocol": "TCP", "port": 80}]}},
    "v1 ConfigMap": {"data": {"a": "1"}},
    "v1 Secret": {"type": "Opaque", "stringData": {"a": "1"}},
    "v1 ServiceAccount": {"automountServiceAccountToken": False},
    "v1 ResourceQuota": {"spec": {"hard": {"pods": "4"}, "scopes": ["NotTerminating"]}},
    "v1 LimitRange": {"spec": {"limits": [{"type": "Container", "max": {"cpu": "1"}}]}},
    "storage.k8s.io/v1 StorageClass": {
        "provisioner": "example.com/disk", "parameters": {"type": "a"}, "reclaimPolicy": "Delete", "volumeBindingMode": "Immediate",
        "allowVolumeExpansion": False, "mountOptions": ["ro"]},
    "scheduling.k8s.io/v1 PriorityClass": {"value": 1000, "description": "one", "globalDefault": False},
    "node.k8s.io/v1 RuntimeClass": {"handler": "one"},
    "networking.k8s.io/v1 IngressClass": {"spec": {"controller": "example.com/one"}},
    "networking.k8s.io/v1 NetworkPolicy": {"spec": {"podSelector": {"matchLabels": LABELS}, "policyTypes": ["Ingress"]}},
    "discovery.k8s.io/v1beta1 EndpointSlice": {"addressType": "IPv4", "endpoints": [], "ports": []},
    "apiextensions.k8s.io/v1 CustomResourceDefinition": {"spec": DEFINITION},
}
IMAGE = ("template.spec.containers.0.image", "one:2")
# What is changed: the kind, the place in the object, and the new value; None takes it away.
CHANGES = [
    ("Deployment", {"spec.selector.matchLabels.app": "two", "spec.template.metadata.labels.app": "two"}),
    ("Deployment", {"spec.replicas": 2}), ("Deployment", {f"spec.{IMAGE[0]}": IMAGE[1]}), ("Deployment", {"spec.minReadySeconds": 5}),
    ("Deployment", {"spec.strategy": {"type": "Recreate"}}), ("Deployment", {"spec.progressDeadlineSeconds": 99}),
    ("ReplicaSet", {"spec.selector.matchLabels.app": "two", "spec.template.metadata.labels.app": "two"}), ("ReplicaSet", {"spec.replicas": 2}),
    ("DaemonSet", {"spec.selector.matchLabels.app": "two", "spec.template.metadata.labels.app": "two"}),
    ("DaemonSet", {"spec.updateStrategy": {"type": "OnDelete"}}),
    ("StatefulSet", {"spec.serviceName": "two"}), ("StatefulSet", {"spec.podManagementPolicy": "Parallel"}),
    ("StatefulSet", {"spec.volumeClaimTemplates.0.spec.resources.requests.storage": "2Gi"}), ("StatefulSet", {"spec.volumeClaimTemplates": None}),
    ("StatefulSet", {"spec.selector.matchLabels.app": "two", "spec.template.metadata.labels.app": "two"}),
    ("StatefulSet", {"spec.replicas": 3}), ("StatefulSet", {f"spec.{IMAGE[0]}": IMAGE[1]}), ("StatefulSet", {"spec.updateStrategy": {"type": "OnDelete"}}),
    ("Job", {f"spec.{IMAGE[0]}": IMAGE[1]}), ("Job", {"spec.completions": 2}), ("Job", {"spec.parallelism": 2}), ("Job", {"spec.backoffLimit": 2}),
    ("Job", {"spec.activeDeadlineSeconds": 99}), ("Job", {"spec.ttlSecondsAfterFinished": 99}),
    ("Pod", {"spec.containers.0.image": "one:2"}), ("Pod", {"spec.containers.0.env": [{"name": "A", "value": "1"}]}), ("Pod", {"spec.hostNetwork": True}),
    ("Pod", {"spec.activeDeadlineSeconds": 99}), ("Pod", {"metadata.labels": {"a": "b"}}),
    ("PersistentVolumeClaim", {"spec.accessModes": ["ReadOnlyMany"]}), ("PersistentVolumeClaim", {"spec.storageClassName": "slow"}),
    ("PersistentVolumeClaim", {"spec.resources.requests.storage": "512Mi"}), ("PersistentVolumeClaim", {"spec.volumeMode": "Block"}),
    ("PersistentVolumeClaim", {"metadata.labels": {"a": "b"}}),
    ("PersistentVolume", {"spec.hostPath.path": "/other"}), ("PersistentVolume", {"spec.persistentVolumeReclaimPolicy": "Delete"}),
    ("PersistentVolume", {"spec.capacity.storage": "2Gi"}), ("PersistentVolume", {"spec.mountOptions": ["ro"]}), ("PersistentVolume", {"spec.volumeMode": "Block"}),
    ("RoleBinding", {"roleRef.name": "two"}), ("RoleBinding", {"roleRef.kind": "ClusterRole"}),
    ("RoleBinding", {"subjects": [{"apiGroup": RBAC, "kind": "Group", "name": "g"}]}),
    ("ClusterRoleBinding", {"roleRef.name": "two"}), ("Role", {"rules.0.verbs": ["get", "list"]}),
    ("Service", {"spec.clusterIP": "10.0.0.78"}), ("Service", {"spec.clusterIP": "None"}), ("Service", {"spec.type": "NodePort"}),
    ("Service", {"spec.ports.0.port": 81}), ("Service", {"spec.selector.app": "two"}), ("Service", {"spec.sessionAffinity": "ClientIP"}),
    ("ConfigMap", {"data.a": "2"}), ("ConfigMap", {"immutable": True}), ("Secret", {"stringData.a": "2"}), ("Secret", {"type": "example.com/other"}),
    ("ServiceAccount", {"automountServiceAccountToken": True}),
    ("ResourceQuota", {"spec.scopes": ["Terminating"]}), ("ResourceQuota", {"spec.hard.pods": "5"}), ("LimitRange", {"spec.limits.0.max.cpu": "2"}),
    ("StorageClass", {"provisioner": "example.com/other"}), ("StorageClass", {"parameters.type": "b"}), ("StorageClass", {"reclaimPolicy": "Retain"}),
    ("StorageClass", {"volumeBindingMode": "WaitForFirstConsumer"}), ("StorageClass", {"allowVolumeExpansion": True}), ("StorageClass", {"mountOptions": ["rw"]}),
    ("PriorityClass", {"value": 2000}), ("PriorityClass", {"description": "two"}), ("PriorityClass", {"preemptionPolicy": "Never"}),
    ("RuntimeClass", {"handler": "two"}), ("IngressClass", {"spec.controller": "example.com/two"}), ("IngressClass", {"metadata.labels": {"a": "b"}}),
    ("NetworkPolicy", {"spec.podSelector.matchLabels.app": "two"}), ("NetworkPolicy", {"spec.policyTypes": ["Egress"]}),
    ("EndpointSlice", {"addressType": "IPv6"}), ("CustomResourceDefinition", {"spec.scope": "Cluster"}),
    ("CustomResourceDefinition", {"spec.names.kind": "Two"}), ("CustomResourceDefinition", {"spec.group": "example.org"}),
]
# The same where the object begins with something else.
SPECIAL = [
    ("ConfigMap", {"immutable": True}, {"data.a": "2"}), ("ConfigMap", {"immutable": True}, {"immutable": None}),
    ("ConfigMap", {"immutable": True}, {"metadata.labels": {"a": "b"}}), ("ConfigMap", {"immutable": True}, {"data.b": "2"}),
    ("Secret", {"immutable": True}, {"stringData.a": "2"}), ("Secret", {"immutable": True}, {"immutable": False}),
    ("Service", {"spec.clusterIP": "None"}, {"spec.clusterIP": "10.0.0.79"}), ("Service", {"spec.clusterIP": None}, {"spec.clusterIP": "None"}),
    ("Service", {"spec.clusterIP": None}, {"spec.ports.0.port": 82}), ("Service", {"spec.clusterIP": "None"}, {"spec.ports.0.port": 82}),
    ("Job", {"spec.completions": None, "spec.parallelism": None}, {"spec.parallelism": 3}),
]


CLUSTER_WIDE = {
    "PersistentVolume", "ClusterRoleBinding", "StorageClass", "PriorityClass", "RuntimeClass", "IngressClass", "CustomResourceDefinition"}


def made(kind, number, *changes):
    """An object of a kind after changes."""
    key = next(one for one in OBJECTS if one.split()[1] == kind)
    metadata = {"name": f"case-{number}", **({} if kind in CLUSTER_WIDE else {"namespace": "default"})}
    it = {"apiVersion": key.split()[0], "kind": kind, "metadata": metadata, **copy.deepcopy(OBJECTS[key])}
    if kind == "CustomResourceDefinition":
        it["spec"]["names"].update(plural=f"case-{number}", singular=f"case-{number}", kind=f"Case{number}")
        metadata["name"] = f"case-{number}.example.com"
    for change in changes:
        for place, new in change.items():
            put(it, place, new)
    return it


def path_of(it):
    """Where the API server has an object."""
    root = f"/api/{it['apiVersion']}" if "/" not in it["apiVersion"] else f"/apis/{it['apiVersion']}"
    place = "" if it["kind"] in CLUSTER_WIDE else "/namespaces/default"
    return f"{root}{place}/{plural(it['kind'])}/{it['metadata']['name']}"


def apply(api, it):
    """Whether the API server takes it, and what it says. An apply leaves defaults of before, which may not fit what comes."""
    path = path_of(it)
    code, answer = api.ask("PATCH", f"{path}?fieldManager=synth&force=true", it, "application/apply-patch+yaml")
    if code < 300:
        return True, ""
    there = api.get(path).get("metadata") or {}
    # Some kinds must say what they replace; others may have changed since.
    for version in ({}, {"resourceVersion": there.get("resourceVersion", "")}):
        replaced, _ = api.ask("PUT", path, {**it, "metadata": {**it["metadata"], **version}})
        if replaced < 300:
            return True, ""
    return False, answer["message"]


def established(api, it):
    """Waits until the API server serves a definition: some of it may be changed before that, and not after."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        conditions = (api.get(path_of(it)).get("status") or {}).get("conditions") or []
        if any(one["type"] == "Established" and one["status"] == "True" for one in conditions):
            return
        time.sleep(0.1)
    raise SystemExit(f"{it['metadata']['name']} is not served after a minute")


def verdicts(synth, scratch, pairs):
    """The names of the objects of which synth says that a change of them is refused."""
    for side, folder in enumerate(["before", "after"]):
        os.mkdir(f"{scratch}/{folder}")
        for pair in pairs:
            with open(f"{scratch}/{folder}/{pair[0]['metadata']['name']}.yaml", "w", encoding="utf-8") as file:
                json.dump(pair[side], file, indent=1)
    words = [synth, "diff", f"{scratch}/before", f"{scratch}/after", "--format", "json"]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    return {it["id"].split("/")[-1] for it in json.loads(done.stdout)["resources"] if it["verdict"] == "refuse"}


def hold(cluster, scratch, synth, say):
    """Every change is tried on an object of its own; both must say the same of it."""
    wrong, refused = [], 0
    cases = [(kind, {}, change) for kind, change in CHANGES] + SPECIAL
    pairs = [(made(kind, n, begins), made(kind, n, begins, change)) for n, (kind, begins, change) in enumerate(cases)]
    told = verdicts(synth, scratch, pairs)
    for case, (before, after) in zip(cases, pairs):
        taken, said = apply(cluster.api, before)
        if not taken:
            raise SystemExit(f"{case}: not even made: {said}")
        if before["kind"] == "CustomResourceDefinition":
            established(cluster.api, before)
        taken, said = apply(cluster.api, after)
        refused += not taken
        if taken == (before["metadata"]["name"] in told):
            wrong.append(f"{case}: the API server {'takes' if taken else 'refuses'} it: {said}")
        cluster.api.ask("DELETE", path_of(before))
    if wrong:
        raise SystemExit("\n".join(["synth diff says otherwise:", *wrong]))
    say(f"synth diff and the API server agree about {len(cases)} changes, {refused} of them refused")
