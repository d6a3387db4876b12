"""Makes an API server take kinds that somebody else defines: operators, or EKS itself. What they hold is judged elsewhere."""
from objects import of_files


def plural(kind):
    word = kind.lower()
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return word if word.endswith("params") else f"{word}es" if word.endswith("s") else f"{word}s"


def definition(it):
    group, version = it["apiVersion"].split("/")
    kind, several = it["kind"], plural(it["kind"])
    anything = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
    return {
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        # A group of Kubernetes' own takes only what was agreed to.
        "metadata": {"name": f"{several}.{group}", "annotations": {"api-approved.kubernetes.io": "unapproved, as it is played"}},
        "spec": {"group": group, "scope": "Namespaced" if "namespace" in it["metadata"] else "Cluster",
                 "names": {"kind": kind, "plural": several, "singular": kind.lower()},
                 "versions": [{"name": version, "served": True, "storage": True, "schema": {"openAPIV3Schema": anything}}]}}


def define(cluster, paths):
    """The kinds of the manifests that the API server does not know."""
    made = {}
    for _, it in of_files(paths):
        if "/" in it["apiVersion"] and (it["apiVersion"], it["kind"]) not in made:
            known = cluster.api.get(f"/apis/{it['apiVersion']}").get("resources") or []
            if it["kind"] not in [one["kind"] for one in known]:
                made[it["apiVersion"], it["kind"]] = one = definition(it)
                cluster.api.ask("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", one)
    for (version, kind), one in made.items():
        path = f"/apis/{version}/{one['spec']['names']['plural']}"
        cluster.wait(f"{kind} is known", lambda path=path: cluster.api.ask("GET", path)[0] == 200)
    return sorted(kind for _, kind in made)
