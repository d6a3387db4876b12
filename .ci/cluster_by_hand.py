"""Applies the folder of a system to a real control plane of Kubernetes 1.20 as its README tells a person to, and holds what
runs then to what the system is for: pods over zones, under load, and where a node is killed.

usage: cluster_by_hand.py RENDERED SYSTEM SCRATCH PROGRAMS   (with the Python of the environment `manifests`)

RENDERED is a repository that has it. What 1.20 does not know is taken out and told.
"""
import glob
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "kubernetes"))

import definitions  # noqa: E402
import rights  # noqa: E402
from local_cluster import Cluster  # noqa: E402
from nodes import in_zones  # noqa: E402
from objects import of_files  # noqa: E402
from pipeline import Pipeline  # noqa: E402
from released import Released, expect  # noqa: E402
from releases import FIRST, SECOND, TAGS, Releases  # noqa: E402
from watch import Watch  # noqa: E402

# Two nodes in each of three zones. One that sends no word is away after the time that Kubernetes waits since 1.32.
NODES, GRACE = 6, "50s"
# S3.81.
BACK = 300
# Accounts that are no person's: the service's own, and Prometheus'.
ACCOUNTS = ["{namespace}:{name}", "monitoring:prometheus"]


def say(text):
    print(f"by hand: {text} ({time.monotonic() - BEGAN:.0f}s)", flush=True)


def applied(cluster, pipeline, environment, released):
    """S3.18, in the words of the line."""
    pipeline.script("manifests", environment, digest=FIRST, tag=TAGS[FIRST], says=["k8s/ has the manifests"])
    # What comes before, by the order of S3.72.
    for file in glob.glob(f"{pipeline.site}/out/{pipeline.system}/operators/namespaces.yaml"):
        cluster.kubectl("apply", "-f", file)
    kinds = definitions.define(cluster, sorted(glob.glob(f"{pipeline.site}/k8s/*.yaml")))
    said = cluster.kubectl("apply", "-f", "k8s/", "--recursive", cwd=pipeline.site)
    cluster.kubectl("rollout", "status", f"deployment/{released.name}", "-n", released.namespace)
    say(f"one command applies {said.count(' created')} objects, of which others define {kinds}, and the roll-out ends")


def given_up(cluster, pipeline, releases, deployer, least):
    """What a person applied so is the person's: a release says so, until it is given up as the README tells."""
    releases.fill(deployer, "deploy", SECOND)
    step = "Show what changes in the cluster"
    pipeline.step("deploy", step, deployer, code=2, says=['conflicts with "kubectl-client-side-apply"'])
    words = ["apply", "--server-side", "--field-manager", "synth", "--force-conflicts", "-f", "k8s/"]
    cluster.kubectl(*words, cwd=pipeline.site)
    # 1.20 does not note that the scaler has set the number of pods, so that it is given up, too; later versions do.
    released = releases.released
    wanted = lambda: cluster.api.get(released.deployment)["spec"]["replicas"]
    cluster.wait("the scaler says again how many", lambda: wanted() == least == len(released.ready()))
    say("a release after it is refused, by what the person has changed, until that is given up")


def started(cluster, released, least):
    cluster.wait("the scaler starts as many as it must", lambda: len(released.ready()) == least)
    expect("pods in zones", released.per_zone(), [least // 3] * 3)
    say(f"{least} pods take requests, in three zones")


def operators(cluster, pipeline, deployer, reviewer):
    """Whoever of the pipeline looks for the operators finds those of the lock, and names those that are others."""
    step = "Compare the operators with the lock"
    lock = [line.split() for line in pipeline.found("drift", step)["env"]["OPERATORS"].splitlines()]
    images = {}
    for namespace, name, image in lock:
        images.setdefault((namespace, name), []).append(image if "@" in image else f"{image}@{FIRST}")

    def look(code, says):
        for workflow, config in (("deploy-stacks", deployer), ("drift", reviewer)):
            pipeline.step(workflow, step, config, code=code, says=says)

    look(1, [f"`{name}` in `{namespace}` should run" for namespace, name, _ in lock])
    for (namespace, place), several in images.items():
        kind, name = place.split("/")
        labels = {"app": name}
        # Nothing runs of it: only the images are looked at.
        pod = {"metadata": {"labels": labels}, "spec": {"nodeSelector": {"node": "none"}, "containers": [
            {"name": f"of-{number}", "image": image} for number, image in enumerate(several)]}}
        cluster.api.ask("POST", f"/apis/apps/v1/namespaces/{namespace}/{kind}", {
            "metadata": {"name": name}, "spec": {"selector": {"matchLabels": labels}, "template": pod, "serviceName": name}})
    look(0, ["They are what the lock says."])
    say(f"{len(images)} operators are found by their images, or named where they are not there")


def accounts(cluster, released):
    """What is applied gives no right to whoever is no person."""
    for account in ACCOUNTS:
        name = f"system:serviceaccount:{account.format(namespace=released.namespace, name=released.name)}"
        groups = ["system:serviceaccounts", "system:authenticated"]
        rights.denied(released, cluster.kubeconfig("account", **{"as": name, "as-groups": groups}))
    say(f"{len(ACCOUNTS)} accounts of programs have no rights")


def a_node_is_killed(cluster, released, most):
    """Under load, the pods of a node are back elsewhere within the time that is allowed."""
    before = {pod["metadata"]["uid"]: pod["spec"]["nodeName"] for pod in released.pods()}
    counts = {name: list(before.values()).count(name) for name in before.values()}
    name = max(sorted(counts), key=counts.get)
    began = time.monotonic()
    cluster.nodes.kill(name)
    with Watch(lambda: len(released.ready())) as watch:
        cluster.wait("they take no requests", lambda: len(released.ready()) < most)
        away = time.monotonic() - began
        cluster.wait("as many as before take requests", lambda: len(released.ready()) == most, BACK - int(away))
    back = time.monotonic() - began
    watch.never_below(most - counts[name])
    if name in [pod["spec"]["nodeName"] for pod in released.pods()]:
        raise SystemExit(f"{name} is killed and has pods")
    if back >= BACK:
        raise SystemExit(f"{counts[name]} of {most} pods were away for {back:.0f} seconds")
    say(f"a killed node: its {counts[name]} of {most} pods get no requests after {away:.0f} seconds and are back elsewhere after {back:.0f}")


def main(rendered, system, scratch, programs):
    cluster = Cluster(f"{scratch}/run", programs, in_zones(NODES), GRACE)
    os.mkdir(cluster.folder)
    os.mkdir(f"{scratch}/pipeline")
    folder = f"out/{system}/k8s"
    objects = {it["kind"]: it for _, it in of_files(sorted(glob.glob(f"{rendered}/{folder}/*.yaml")))}
    namespace, name = (objects["Deployment"]["metadata"][key] for key in ("namespace", "name"))
    least, most = (objects["HorizontalPodAutoscaler"]["spec"][key] for key in ("minReplicas", "maxReplicas"))
    (template,) = glob.glob(f"{rendered}/out/{system}/*/cluster.template.json")
    environment = os.path.basename(os.path.dirname(template))
    with cluster.running():
        say(f"control plane 1.20 and {NODES} nodes in three zones")
        pipeline = Pipeline(rendered, f"{scratch}/pipeline", system, programs, f"{cluster.folder}/administrator.kubeconfig")
        released = Released(cluster, namespace, name, say)
        releases = Releases(pipeline, released, environment, folder)
        applied(cluster, pipeline, environment, released)
        started(cluster, released, least)
        deployer, reviewer = (rights.acting(cluster, group) for group in ("deployers", "reviewers"))
        given_up(cluster, pipeline, releases, deployer, least)
        with Watch(lambda: len(released.ready())) as watch:
            releases.release(deployer, SECOND)
        watch.never_below(least)
        say(f"the pipeline releases after it: {watch.count} looks, never fewer than {least} pods that take requests")
        releases.drift(reviewer)
        operators(cluster, pipeline, deployer, reviewer)
        rights.hold(released, pipeline, deployer, reviewer)
        accounts(cluster, released)
        released.admission()
        released.grows(most)
        released.evictions()
        a_node_is_killed(cluster, released, most)
        released.shrinks(most, least)
        say(f"not known to 1.20: {'; '.join(sorted(set(pipeline.said)))}")


BEGAN = time.monotonic()
main(os.path.abspath(sys.argv[1]), sys.argv[2], *(os.path.abspath(word) for word in sys.argv[3:]))
