"""Runs the policies of Gatekeeper, with an engine for Rego that is not its own, on what is rendered and on what they forbid.

usage: gatekeeper.py FOLDER...

In each FOLDER, where `security/security-policies.yaml` is: what is rendered beside it passes every constraint, as a
Deployment and as the pod that it makes, and each constraint denies its own bad example and no other one's.
"""
import copy
import json
import os
import re
import sys

from objects import of_files, pod_template, put
from regopy import Interpreter

DIGEST = "sha256:" + "0" * 64


def change(place, new):
    """Another value at a place in a pod."""
    return lambda it: put(it, place, new)


def no_digest(it):
    """An image whose digest is cut short."""
    image = it["spec"]["containers"][0]["image"]
    put(it, "spec.containers.0.image", image.replace(DIGEST, DIGEST[:10]))


def beside(it):
    """A container that starts before the others, from elsewhere and without limits."""
    it["spec"]["initContainers"] = [{"name": "first", "image": f"docker.io/library/busybox@{DIGEST}"}]


# Each constraint: what it denies, and the constraints that deny the same besides.
BAD = {
    "RequiredDigests": [(no_digest, [])],
    "AllowedRegistries": [
        (change("spec.containers.0.image", f"docker.io/library/nginx@{DIGEST}"), []), (beside, ["RequiredLimits"])],
    "RequiredLimits": [
        (change("spec.containers.0.resources.limits.memory", None), []), (change("spec.containers.0.resources", None), [])],
    "RequiredLabels": [(change("metadata.labels", {"app": "web"}), []), (change("metadata.labels", None), [])],
    "NoDefaultTokens": [
        (change("spec.automountServiceAccountToken", None), []), (change("spec.automountServiceAccountToken", True), []),
        (change("spec.serviceAccountName", "default"), [])],
}


def templates(objects):
    """The sources of each template by the kind of its constraint."""
    found = {}
    for it in objects:
        kind = it["spec"]["crd"]["spec"]["names"]["kind"]
        assert it["metadata"]["name"] == kind.lower(), it["metadata"]
        (target,) = it["spec"]["targets"]
        (code,) = target["code"]
        assert (target["target"], code["engine"], code["source"]["version"]) == ("admission.k8s.gatekeeper.sh", "Rego", "v1")
        schema = it["spec"]["crd"]["spec"].get("validation", {}).get("openAPIV3Schema", {"properties": {}})
        found[kind] = (code["source"]["rego"], code["source"].get("libs", []), set(schema["properties"]))
    return found


def says(template, constraint, it):
    """What a constraint says of an object."""
    rego, libs, parameters = template
    given = constraint["spec"].get("parameters", {})
    assert set(given) == parameters, constraint
    engine = Interpreter()
    engine.add_module("policy", rego)
    for number, lib in enumerate(libs):
        engine.add_module(f"lib{number}", lib)
    engine.set_input({"parameters": given, "review": {"kind": {"kind": it["kind"]}, "operation": "CREATE", "object": it}})
    package = re.match(r"package (\S+)", rego)[1]
    answer = json.loads(str(engine.query(f"data.{package}.violation")))
    return [one["msg"] for one in answer["expressions"][0]]


def denied(all_, constraints, it):
    """The kinds of the constraints that deny an object."""
    def looks(constraint):
        match = constraint["spec"]["match"]
        kinds = [kind for one in match["kinds"] for kind in one["kinds"]]
        return it["kind"] in kinds and it["metadata"]["namespace"] in match["namespaces"]
    assert all(one["spec"]["enforcementAction"] == "deny" for one in constraints)
    return sorted(one["kind"] for one in constraints if looks(one) and says(all_[one["kind"]], one, it))


def judge(folder):
    all_ = templates([it for _, it in of_files([f"{folder}/security/security-policies.yaml"])])
    constraints = [it for _, it in of_files([f"{folder}/security/security-constraints.yaml"])]
    assert sorted(one["kind"] for one in constraints) == sorted(all_) == sorted(BAD), constraints
    paths = [f"{folder}/k8s/{name}" for name in sorted(os.listdir(f"{folder}/k8s"))]
    deployment = next(it for _, it in of_files(paths) if it["kind"] == "Deployment")
    deployment = json.loads(json.dumps(deployment).replace("${image.digest}", DIGEST))
    metadata = {"namespace": deployment["metadata"]["namespace"], "name": "one", **pod_template(deployment)["metadata"]}
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": pod_template(deployment)["spec"]}
    for it in (deployment, pod):
        assert not denied(all_, constraints, it), (it["kind"], denied(all_, constraints, it))
    tried = 0
    for kind, examples in BAD.items():
        for make, others in examples:
            for it in (pod, deployment):
                bad = copy.deepcopy(it)
                make({"metadata": bad["metadata"], "spec": pod_template(bad)["spec"]} if it is deployment else bad)
                found = denied(all_, constraints, bad)
                assert found == sorted([kind, *others]), (kind, it["kind"], found)
                tried += 1
    print(f"{folder}: {len(all_)} policies pass what is rendered, and deny {tried} bad examples, each by its own")


def main():
    folders = [os.path.dirname(folder) for one in sys.argv[1:] for folder, _, files in sorted(os.walk(one))
               if "security-policies.yaml" in files]
    for folder in folders:
        judge(folder)
    if not folders:
        sys.exit("there are no policies")


main()
