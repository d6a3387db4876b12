"""Runs Trivy over manifests: no finding but those that an object itself allows, with a reason, and no such note for nothing.

usage: trivy.py MANIFEST...   (all objects of one rendering)

Trivy reads notes in code, but none in manifests; ours is the annotation `allow.trivy/CHECK: reason`.
"""
import json
import os
import subprocess
import sys
import tempfile

from objects import at, of_files

ALLOW = "allow.trivy/"
# These ask each object whether it is a LimitRange or a ResourceQuota that says enough, whatever else is in its namespace.
OF_NAMESPACE = {
    "KSV-0039": ("LimitRange", lambda it: all(at(one, key) for one in it["spec"]["limits"] for key in ("default", "defaultRequest"))),
    "KSV-0040": ("ResourceQuota", lambda it: {"limits.cpu", "limits.memory", "requests.cpu", "requests.memory"} <= set(it["spec"]["hard"])),
}


def judged(objects):
    """The findings of each object, which stands in a file of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for number, it in enumerate(objects):
            with open(f"{folder}/{number}.yaml", "w", encoding="utf-8") as file:
                json.dump(it, file, indent=1)
        words = ["trivy", "config", "--quiet", "--skip-check-update", "--skip-version-check", "--format", "json", folder]
        done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)
        for result in json.loads(done.stdout)["Results"]:
            it = objects[int(os.path.basename(result["Target"]).removesuffix(".yaml"))]
            yield it, result["MisconfSummary"], result.get("Misconfigurations") or []


def of_namespaces(objects):
    """The namespaces of which nothing says enough, each with the check and what to say."""
    spaces = [it for it in objects if it["kind"] == "Namespace"]
    if not spaces:
        sys.exit("there is no Namespace")
    for check, (kind, is_enough) in OF_NAMESPACE.items():
        saying = {it["metadata"]["namespace"] for it in objects if it["kind"] == kind and is_enough(it)}
        for it in spaces:
            if it["metadata"]["name"] not in saying:
                yield it, check, f"Namespace {it['metadata']['name']}: {check}: there is no {kind} that says enough"


def main(paths):
    objects = [it for _, it in of_files(paths)]
    errors, tests, seen = [], 0, 0
    allowed = {(id(it), key.removeprefix(ALLOW)) for it in objects
               for key in at(it, "metadata", "annotations") or {} if key.startswith(ALLOW)}
    unused = set(allowed)
    for it, check, error in of_namespaces(objects):
        unused.discard((id(it), check))
        if (id(it), check) not in allowed:
            errors.append(error)
    for it, summary, findings in judged(objects):
        what = f"{it['kind']} {it['metadata']['name']}"
        seen += 1
        tests += summary["Successes"] + summary["Failures"]
        for finding in findings:
            check = finding["ID"]
            unused.discard((id(it), check))
            if check not in OF_NAMESPACE and (id(it), check) not in allowed:
                errors.append(f"{what}: {check} ({finding['Severity']}): {finding['Message']}")
        errors += [f"{what}: allows {check}, which it does not need" for one, check in unused if one == id(it)]
    if seen == 0 or tests == 0:
        errors.append("trivy judged nothing")
    print("\n".join([*errors, f"{len(objects)} objects, {tests} tests, {len(allowed)} allowed, {len(errors)} findings"]))
    return 1 if errors else 0


sys.exit(main(sys.argv[1:]))
