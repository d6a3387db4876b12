"""Turns objects into what Kubernetes 1.20 knows, and says what it does not know."""
from objects import at, containers, pod_template

RENAMED = {
    ("autoscaling/v2", "HorizontalPodAutoscaler"): "autoscaling/v2beta2",
    ("policy/v1", "PodDisruptionBudget"): "policy/v1beta1",
    ("batch/v1", "CronJob"): "batch/v1beta1",
}
SPREADS = {"matchLabelKeys", "minDomains", "nodeAffinityPolicy", "nodeTaintsPolicy"}


def older(it):
    """The object with a line for each thing that was taken out."""
    said = []

    def take(holder, key):
        if isinstance(holder, dict) and key in holder:
            said.append(f"{it['kind']} {it['metadata']['name']}: no {key}")
            return holder.pop(key)
        return None

    it["apiVersion"] = RENAMED.get((it["apiVersion"], it["kind"]), it["apiVersion"])
    if it["kind"] == "PodDisruptionBudget":
        take(it["spec"], "unhealthyPodEvictionPolicy")
    if it["kind"] == "Service":
        take(it["spec"], "internalTrafficPolicy")
        take(it["spec"], "trafficDistribution")
        for port in it["spec"].get("ports") or []:
            # What is left out it does not know for this, where the server applies.
            port.setdefault("protocol", "TCP")
    template = pod_template(it)
    if template is not None:
        for spread in template["spec"].get("topologySpreadConstraints") or []:
            for key in SPREADS:
                take(spread, key)
        for one in containers(template["spec"]):
            # It waits by a program; nodes that are played run none.
            sleep = take(at(one, "lifecycle", "preStop"), "sleep")
            if sleep is not None:
                one["lifecycle"]["preStop"]["exec"] = {"command": ["sleep", str(sleep["seconds"])]}
    return it, said
