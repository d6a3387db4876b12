"""Releases the predictor on a real control plane of Kubernetes 1.20 with played nodes, and holds what is rendered to it.

usage: cluster.py RENDERED SCRATCH PROGRAMS SYNTH   (with the Python of the environment `manifests`)

The steps are those of the rendered workflows and of `deploy.sh`. What 1.20 does not know is taken out and told; the pods'
own times are shortened.
"""
import glob
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "kubernetes"))

import definitions  # noqa: E402
import refused  # noqa: E402
import rights  # noqa: E402
from local_cluster import Cluster  # noqa: E402
from pipeline import Pipeline  # noqa: E402
from released import Released, expect  # noqa: E402
from releases import BROKEN, FIRST, SECOND, TAGS, Releases  # noqa: E402
from watch import Watch  # noqa: E402

NAME = NAMESPACE = "predictor"


def say(text):
    print(f"cluster: {text} ({time.monotonic() - BEGAN:.0f}s)", flush=True)


def by_hand(cluster, pipeline, released):
    """What a person applies: it says what the pipeline may do. Nothing waits for the image."""
    definitions.define(cluster, sorted(glob.glob(f"{pipeline.site}/out/{NAME}/prod/k8s/*.yaml")))
    pipeline.script("setup", "prod", "--yes", says=["nothing changes", "waits for the first image", "namespace/predictor serverside-applied"])
    expect("a Deployment without an image", cluster.api.ask("GET", released.deployment)[0], 404)
    say("deploy.sh setup applies what is a person's, in order, and waits for the first image")


def rollouts(cluster, releases, released, deployer):
    """The first digest, a second one without a dip, and one that never gets ready and goes back."""
    releases.release(deployer, FIRST)
    cluster.wait("the scaler starts as many as it must", lambda: len(released.ready()) == 2)
    expect("pods in zones", released.per_zone(), [0, 1, 1])
    expect("the port of the pods", {port for _, port in released.ready()}, {8000})
    say("the first digest runs in two zones")
    with Watch(lambda: len(released.ready())) as watch:
        releases.release(deployer, SECOND)
    watch.never_below(2)
    say(f"a second digest: {watch.count} looks, never fewer than 2 pods that take requests")
    with Watch(lambda: len(released.ready())) as watch:
        releases.release(deployer, BROKEN, code=1, says=["exceeded its progress deadline", f"it goes back to {TAGS[SECOND]}"])
    watch.never_below(2)
    images = {pod["spec"]["containers"][0]["image"].split("@")[1] for pod in released.pods()}
    expect("images after a digest that does not get ready", images, {SECOND})
    version = cluster.api.get(released.deployment)["metadata"]["labels"]["app.kubernetes.io/version"]
    expect("the version that is told", version, TAGS[SECOND])
    say(f"a broken digest stalls and goes back: {watch.count} looks, never fewer than 2")


def quota(cluster, releases, released, deployer):
    """More pods than the quota has do not come."""
    most = int(cluster.api.items(f"{released.path}/resourcequotas")[0]["spec"]["hard"]["pods"])
    cluster.api.ask("DELETE", released.scaler)
    cluster.api.patch(released.deployment, {"spec": {"replicas": most + 3}})
    cluster.wait("the quota says no", lambda: any(
        "exceeded quota" in it.get("message", "") for it in cluster.api.get(released.deployment)["status"]["conditions"]))
    cluster.wait(f"{most} pods", lambda: len(released.ready()) == most)
    expect("pods at the most", len(released.pods()), most)
    releases.fill(deployer, "deploy", SECOND)
    cluster.api.patch(released.deployment, {"spec": {"replicas": 2}})
    releases.pipeline.step("deploy", "Apply the manifests", deployer)
    cluster.wait("2 pods", lambda: len(cluster.api.items(f"{released.path}/pods")) == 2)
    say(f"of {most + 3} pods {most} come, the rest is refused by the quota")


def by_script(cluster, pipeline):
    """A release and a rollback without GitHub."""
    ingress = f"/apis/networking.k8s.io/v1/namespaces/{NAMESPACE}/ingresses/{NAME}/status"
    cluster.api.patch(ingress, {"status": {"loadBalancer": {"ingress": [{"hostname": "entry.example.com"}]}}})
    pipeline.script("deploy", "prod", "--yes", digest=FIRST, tag=TAGS[FIRST], says=[FIRST, "successfully rolled out"])
    pipeline.script("rollback", "prod", "--yes", digest=SECOND, tag=TAGS[SECOND], says=[SECOND, "successfully rolled out"])
    pipeline.script("status", "prod", says=[SECOND])
    say("deploy.sh releases and rolls back")


def at_once(cluster, releases, deployer):
    """The whole folder by one command, where nothing is there."""
    cluster.kubectl("delete", "namespace", NAMESPACE, "--timeout", "120s")
    releases.fill(deployer, "deploy", FIRST)
    folder = f"{releases.pipeline.scratch}/runner/manifests"
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
        released = Released(cluster, NAMESPACE, NAME, say)
        releases = Releases(pipeline, released, "prod", f"out/{NAME}/prod/k8s")
        by_hand(cluster, pipeline, released)
        deployer, reviewer = (rights.acting(cluster, group) for group in ("deployers", "reviewers"))
        rollouts(cluster, releases, released, deployer)
        releases.drift(reviewer)
        rights.hold(released, pipeline, deployer, reviewer)
        released.grows(10)
        released.evictions()
        released.shrinks(10, 2)
        released.admission()
        quota(cluster, releases, released, deployer)
        by_script(cluster, pipeline)
        at_once(cluster, releases, deployer)
        refused.hold(cluster, scratch, synth, say)
        say(f"not known to 1.20: {'; '.join(sorted(set(pipeline.said)))}")


BEGAN = time.monotonic()
main(*(os.path.abspath(word) for word in sys.argv[1:]))
