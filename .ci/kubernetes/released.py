"""What runs of a released system in a cluster, and what the cluster lets happen to it."""
import time

from objects import containers, pod_template
from releases import FIRST

SOME_IMAGE = f"example.com/one@{FIRST}"


def expect(what, found, wanted):
    if found != wanted:
        raise SystemExit(f"{what}: {found}, not {wanted}")


class Released:
    """The Deployment of a namespace, with what stands around it."""

    def __init__(self, cluster, namespace, name, say, scaler=None):
        self.cluster, self.api, self.namespace, self.name, self.say = cluster, cluster.api, namespace, name, say
        self.path = f"/api/v1/namespaces/{namespace}"
        self.scaler = f"/apis/autoscaling/v2beta2/namespaces/{namespace}/horizontalpodautoscalers/{scaler or name}"
        self.deployment = f"/apis/apps/v1/namespaces/{namespace}/deployments/{name}"

    def pods(self):
        """Those that are not on their way out."""
        found = self.api.items(f"{self.path}/pods?labelSelector=app.kubernetes.io/name={self.name}")
        return [pod for pod in found if "deletionTimestamp" not in pod["metadata"]]

    def ready(self):
        """The addresses that get requests."""
        endpoints = self.api.get(f"{self.path}/endpoints/{self.name}")
        return [(one["ip"], subset["ports"][0]["port"]) for subset in endpoints.get("subsets") or []
                for one in subset.get("addresses") or []]

    def per_zone(self):
        """How many pods stand in each zone."""
        nodes = self.api.items("/api/v1/nodes")
        zones = {it["metadata"]["name"]: it["metadata"]["labels"]["topology.kubernetes.io/zone"] for it in nodes}
        counts = dict.fromkeys(zones.values(), 0)
        for pod in self.pods():
            counts[zones[pod["spec"]["nodeName"]]] += 1
        return sorted(counts.values())

    def limit(self):
        """How much of a processor a container may have."""
        (one,) = containers(pod_template(self.api.get(self.deployment))["spec"])
        return one["resources"]["limits"]["cpu"]

    def grows(self, most):
        """Up to the maximum, spread over all zones."""
        self.cluster.load = 150
        self.cluster.wait(f"{most} pods", lambda: len(self.ready()) == most)
        time.sleep(6)
        expect("pods at the most", len(self.pods()), most)
        least, more = divmod(most, 3)
        expect("pods in zones", self.per_zone(), [least] * (3 - more) + [least + 1] * more)
        self.say(f"load takes it to {most} pods and no further, {least} or {least + 1} in a zone")

    def shrinks(self, most, least):
        """Down only after a while."""
        self.cluster.load = 20
        time.sleep(10)
        expect("pods a while after the load is gone", len(self.pods()), most)
        # The wait is five minutes; it was seen to hold.
        self.api.patch(self.scaler, {"spec": {"behavior": {"scaleDown": {"stabilizationWindowSeconds": 1, "policies": [
            {"type": "Percent", "value": 100, "periodSeconds": 1}]}}}})
        self.cluster.wait(f"{least} pods", lambda: len(self.pods()) == least)
        self.say(f"without load it goes back to {least}, not at once")

    def evictions(self):
        """Of the pods one at a time may be told to go."""
        before, codes = len(self.ready()), []
        for pod in self.pods()[:3]:
            name = pod["metadata"]["name"]
            body = {"apiVersion": "policy/v1beta1", "kind": "Eviction", "metadata": {"name": name, "namespace": self.namespace}}
            codes.append(self.api.ask("POST", f"{self.path}/pods/{name}/eviction", body)[0])
        expect("evictions of three pods", codes, [201, 429, 429])
        self.cluster.wait("the pod is replaced", lambda: len(self.ready()) == before)
        self.say("of three evictions at once one is allowed, two are refused")

    def a_pod(self, name, amount="10m", **security):
        """One that the namespace takes, unless something else is said."""
        context = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}, "runAsNonRoot": True,
                   "seccompProfile": {"type": "RuntimeDefault"}, **security}
        one = {"name": name, "image": SOME_IMAGE, "securityContext": context, "resources": {
            "requests": {"cpu": amount, "memory": "16Mi"}, "limits": {"cpu": amount, "memory": "16Mi"}}}
        return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": self.namespace}, "spec": {"containers": [one]}}

    def admission(self):
        """What the namespace's labels and limits keep out."""
        asked = [
            ("plain", {}, 201, ""), ("privileged", {"privileged": True, "allowPrivilegeEscalation": True}, 403, "privileged (privileged)"),
            ("root", {"runAsUser": 0}, 403, "runAsUser=0"), ("escalating", {"allowPrivilegeEscalation": True}, 403, "allowPrivilegeEscalation"),
            ("large", {"amount": "2"}, 403, f"maximum cpu usage per Container is {self.limit()}")]
        for name, different, code, says in asked:
            found, answer = self.api.ask("POST", f"{self.path}/pods", self.a_pod(name, **different))
            if found != code or says not in answer.get("message", ""):
                raise SystemExit(f"{name}: {found}, not {code} with {says}: {answer}")
        self.api.ask("DELETE", f"{self.path}/pods/plain")
        self.say("the namespace refuses privileged, root, escalating and large pods, and takes a plain one")
