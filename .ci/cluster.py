"""Releases the predictor on a real control plane of Kubernetes 1.20 with played nodes, and holds what is rendered to it.

usage: cluster.py RENDERED SCRATCH PROGRAMS SYNTH   (with the Python of the environment `manifests`)

The steps are those of the rendered workflows and of `deploy.sh`. What 1.20 does not know is taken out and told; the pods'
own times are shortened.
"""
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "kubernetes"))

import refused  # noqa: E402
import rights  # noqa: E402
from local_cluster import Cluster  # noqa: E402
from pipeline import Pipeline  # noqa: E402
from watch import Watch  # noqa: E402

NAME = NAMESPACE = "predictor"
PATH = f"/api/v1/namespaces/{NAMESPACE}"
SCALER = f"/apis/autoscaling/v2beta2/namespaces/{NAMESPACE}/horizontalpodautoscalers/{NAME}"
DEPLOYMENT = f"/apis/apps/v1/namespaces/{NAMESPACE}/deployments/{NAME}"
FIRST, SECOND, BROKEN = ("sha256:" + word * 16 for word in ["a1b2", "c3d4", "dead"])
TAGS = {FIRST: "a" * 40, SECOND: "b" * 40, BROKEN: "c" * 40}


def say(text):
    print(f"cluster: {text} ({time.monotonic() - BEGAN:.0f}s)", flush=True)


def fill(pipeline, config, workflow, digest=""):
    """The step that fills the manifests, with what the call of the workflow gives."""
    given = {"DIGEST": digest, "TAG": TAGS.get(digest, ""), "FOLDER": f"out/{NAME}/prod/k8s", "OUTPUTS": pipeline.outputs("prod")}
    pipeline.step(workflow, "Fill the manifests", config, **given)


def release(pipeline, config, digest, code=0, says=()):
    """A release, from the manifests to the digest that is seen to run."""
    fill(pipeline, config, "deploy", digest)
    pipeline.step("deploy", "Show what changes in the cluster", config, says=["What changes in the cluster", digest])
    pipeline.step("deploy", "Apply the manifests", config, code=code, says=says)
    if code == 0:
        pipeline.step("deploy", "Verify that the digest runs", config, DIGEST=digest, DIGESTS=f'["{digest}"]',
                      says=[f"pods of `{NAME}` run `{digest}`"])


def pods(cluster):
    """Those that are not on their way out."""
    found = cluster.api.items(f"{PATH}/pods?labelSelector=app.kubernetes.io/name={NAME}")
    return [pod for pod in found if "deletionTimestamp" not in pod["metadata"]]


def ready(cluster):
    """The addresses that get requests."""
    endpoints = cluster.api.get(f"{PATH}/endpoints/{NAME}")
    return [(one["ip"], subset["ports"][0]["port"]) for subset in endpoints.get("subsets") or []
            for one in subset.get("addresses") or []]


def expect(what, found, wanted):
    if found != wanted:
        raise SystemExit(f"{what}: {found}, not {wanted}")


def per_zone(cluster):
    """How many pods stand in each zone."""
    zones = {it["metadata"]["name"]: it["metadata"]["labels"]["topology.kubernetes.io/zone"] for it in cluster.api.items("/api/v1/nodes")}
    counts = dict.fromkeys(zones.values(), 0)
    for pod in pods(cluster):
        counts[zones[pod["spec"]["nodeName"]]] += 1
    return sorted(counts.values())


def by_hand(cluster, pipeline):
    """What a person applies: it says what the pipeline may do. Nothing waits for the image."""
    definition = {
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": {"name": "ingressclassparams.eks.amazonaws.com"},
        "spec": {"group": "eks.amazonaws.com", "scope": "Cluster",
                 "names": {"kind": "IngressClassParams", "plural": "ingressclassparams", "singular": "ingressclassparams"},
                 "versions": [{"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": {
                     "type": "object", "x-kubernetes-preserve-unknown-fields": True}}}]}}
    cluster.api.ask("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition)
    cluster.wait("EKS's own kind is known", lambda: cluster.api.ask("GET", "/apis/eks.amazonaws.com/v1/ingressclassparams")[0] == 200)
    pipeline.script("setup", "prod", "--yes", says=["nothing changes", "waits for the first image", "namespace/predictor serverside-applied"])
    expect("a Deployment without an image", cluster.api.ask("GET", DEPLOYMENT)[0], 404)
    say("deploy.sh setup applies what is a person's, in order, and waits for the first image")


def rollouts(cluster, pipeline, deployer):
    """The first digest, a second one without a dip, and one that never gets ready and goes back."""
    release(pipeline, deployer, FIRST)
    cluster.wait("the scaler starts as many as it must", lambda: len(ready(cluster)) == 2)
    expect("pods in zones", per_zone(cluster), [0, 1, 1])
    expect("the port of the pods", {port for _, port in ready(cluster)}, {8000})
    say("the first digest runs in two zones")
    with Watch(lambda: len(ready(cluster))) as watch:
        release(pipeline, deployer, SECOND)
    watch.never_below(2)
    say(f"a second digest: {watch.count} looks, never fewer than 2 pods that take requests")
    with Watch(lambda: len(ready(cluster))) as watch:
        release(pipeline, deployer, BROKEN, code=1, says=["exceeded its progress deadline", f"it goes back to {TAGS[SECOND]}"])
    watch.never_below(2)
    images = {pod["spec"]["containers"][0]["image"].split("@")[1] for pod in pods(cluster)}
    expect("images after a digest that does not get ready", images, {SECOND})
    version = cluster.api.get(DEPLOYMENT)["metadata"]["labels"]["app.kubernetes.io/version"]
    expect("the version that is told", version, TAGS[SECOND])
    say(f"a broken digest stalls and goes back: {watch.count} looks, never fewer than 2")


def scaling(cluster):
    """Up to the maximum, spread over all zones, and down only after a while."""
    cluster.load = 150
    cluster.wait("10 pods", lambda: len(ready(cluster)) == 10)
    time.sleep(6)
    expect("pods at the most", len(pods(cluster)), 10)
    expect("pods in zones", per_zone(cluster), [3, 3, 4])
    say("load takes it to 10 pods and no further, 3 or 4 in a zone")
    evictions(cluster)
    cluster.load = 20
    time.sleep(10)
    expect("pods a while after the load is gone", len(pods(cluster)), 10)
    # The wait is five minutes; it was seen to hold.
    cluster.api.patch(SCALER, {"spec": {"behavior": {"scaleDown": {"stabilizationWindowSeconds": 1, "policies": [
        {"type": "Percent", "value": 100, "periodSeconds": 1}]}}}})
    cluster.wait("2 pods", lambda: len(pods(cluster)) == 2)
    say("without load it goes back to 2, not at once")


def evictions(cluster):
    """Of the pods one at a time may be told to go."""
    codes = []
    for pod in pods(cluster)[:3]:
        name = pod["metadata"]["name"]
        body = {"apiVersion": "policy/v1beta1", "kind": "Eviction", "metadata": {"name": name, "namespace": NAMESPACE}}
        codes.append(cluster.api.ask("POST", f"{PATH}/pods/{name}/eviction", body)[0])
    expect("evictions of three pods", codes, [201, 429, 429])
    cluster.wait("the pod is replaced", lambda: len(ready(cluster)) == 10)
    say("of three evictions at once one is allowed, two are refused")


def quota(cluster, pipeline, deployer):
    """More pods than the quota has do not come; larger ones than the limit are refused."""
    cluster.api.ask("DELETE", SCALER)
    cluster.api.patch(DEPLOYMENT, {"spec": {"replicas": 15}})
    cluster.wait("the quota says no", lambda: any(
        "exceeded quota" in it.get("message", "") for it in cluster.api.get(DEPLOYMENT)["status"]["conditions"]))
    cluster.wait("12 pods", lambda: len(ready(cluster)) == 12)
    expect("pods at the most", len(pods(cluster)), 12)
    fill(pipeline, deployer, "deploy", SECOND)
    cluster.api.patch(DEPLOYMENT, {"spec": {"replicas": 2}})
    pipeline.step("deploy", "Apply the manifests", deployer)
    cluster.wait("2 pods", lambda: len(cluster.api.items(f"{PATH}/pods")) == 2)
    say("of 15 pods 12 come, the rest is refused by the quota")


def a_pod(name, amount="10m", **security):
    """One that the namespace takes, unless something else is said."""
    context = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}, "runAsNonRoot": True,
               "seccompProfile": {"type": "RuntimeDefault"}, **security}
    one = {"name": name, "image": "example.com/one@" + FIRST, "securityContext": context, "resources": {
        "requests": {"cpu": amount, "memory": "16Mi"}, "limits": {"cpu": amount, "memory": "16Mi"}}}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": NAMESPACE}, "spec": {"containers": [one]}}


def admission(cluster):
    """What the namespace's labels and limits keep out."""
    asked = [
        ("plain", {}, 201, ""), ("privileged", {"privileged": True, "allowPrivilegeEscalation": True}, 403, "privileged (privileged)"),
        ("root", {"runAsUser": 0}, 403, "runAsUser=0"), ("escalating", {"allowPrivilegeEscalation": True}, 403, "allowPrivilegeEscalation"),
        ("large", {"amount": "2"}, 403, "maximum cpu usage per Container is 500m")]
    for name, different, code, says in asked:
        found, answer = cluster.api.ask("POST", f"{PATH}/pods", a_pod(name, **different))
        if found != code or says not in answer.get("message", ""):
            raise SystemExit(f"{name}: {found}, not {code} with {says}: {answer}")
    cluster.api.ask("DELETE", f"{PATH}/pods/plain")
    say("the namespace refuses privileged, root, escalating and large pods, and takes a plain one")


def drift(cluster, pipeline, reviewer):
    """The look is silent until somebody changes something by hand, and then names it."""
    def look(code, *says):
        fill(pipeline, reviewer, "drift")
        step = "Compare the objects with the manifests"
        pipeline.step("drift", step, reviewer, code=code, says=says)

    look(0, "They are what the manifests say.")
    config = f"{PATH}/configmaps/{NAME}"
    cluster.api.patch(config, {"data": {"LOG_LEVEL": "debug"}})
    look(1, '`data.LOG_LEVEL` should be `"info"` and is `"debug"`')
    cluster.api.patch(config, {"data": {"LOG_LEVEL": "info"}})
    look(0, "They are what the manifests say.")
    say("drift: silent, named, silent again")


def by_script(cluster, pipeline):
    """A release and a rollback without GitHub."""
    ingress = f"/apis/networking.k8s.io/v1/namespaces/{NAMESPACE}/ingresses/{NAME}/status"
    cluster.api.patch(ingress, {"status": {"loadBalancer": {"ingress": [{"hostname": "entry.example.com"}]}}})
    pipeline.script("deploy", "prod", "--yes", digest=FIRST, tag=TAGS[FIRST], says=[FIRST, "successfully rolled out"])
    pipeline.script("rollback", "prod", "--yes", digest=SECOND, tag=TAGS[SECOND], says=[SECOND, "successfully rolled out"])
    pipeline.script("status", "prod", says=[SECOND])
    say("deploy.sh releases and rolls back")


def at_once(cluster, pipeline, deployer):
    """The whole folder by one command, where nothing is there."""
    cluster.kubectl("delete", "namespace", NAMESPACE, "--timeout", "120s")
    fill(pipeline, deployer, "deploy", FIRST)
    folder = f"{pipeline.scratch}/runner/manifests"
    said = cluster.kubectl("apply", "--server-side", "--field-manager", "synth", "--filename", folder)
    cluster.kubectl("rollout", "status", f"deployment/{NAME}", "--namespace", NAMESPACE, "--timeout", "60s")
    say(f"one command applies all {said.count('serverside-applied')} objects, in the order of their files")


def main(rendered, scratch, programs, synth):
    cluster = Cluster(f"{scratch}/run", programs)
    os.mkdir(cluster.folder)
    with cluster.running():
        say("control plane 1.20 and three nodes in three zones")
        os.mkdir(f"{scratch}/pipeline")
        pipeline = Pipeline(rendered, f"{scratch}/pipeline", NAME, programs, f"{cluster.folder}/administrator.kubeconfig")
        by_hand(cluster, pipeline)
        deployer, reviewer = (rights.acting(cluster, group) for group in ("deployers", "reviewers"))
        rollouts(cluster, pipeline, deployer)
        drift(cluster, pipeline, reviewer)
        rights.hold(cluster, pipeline, deployer, reviewer, say)
        scaling(cluster)
        admission(cluster)
        quota(cluster, pipeline, deployer)
        by_script(cluster, pipeline)
        at_once(cluster, pipeline, deployer)
        refused.hold(cluster, scratch, synth, say)
        say(f"not known to 1.20: {'; '.join(sorted(set(pipeline.said)))}")


BEGAN = time.monotonic()
main(*(os.path.abspath(word) for word in sys.argv[1:]))
