"""What the key of an environment, its account and its command do not do."""
import json
import subprocess

import rights
from objects import of_text

IMAGE, NAME = "prasannasn/fastapi-devops", "fastapi"
SCALER = {"apiVersion": "autoscaling/v2beta2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": f"{NAME}-hpa", "namespace": "dev"}, "spec": {
    "maxReplicas": 3, "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": NAME}}}


def text(objects):
    return "---\n".join(json.dumps(one) + "\n" for one in objects)


def changed(manifests, kind, **change):
    """The manifests with a part of one kind of object changed."""
    return text([{**it, **change} if it["kind"] == kind else it for it in of_text(manifests)])


def words(machine, digest, manifests):
    """Whatever the command is, it is none of the three or it is for this key's environment; the digest is one or it is refused."""
    bad = (f"{digest};id", f"{digest} ", f"{digest}\nid", f"$(id){digest}", "sha256:zz", digest.upper(), f"{digest}0", "latest", f"'{digest}'", "")
    others = (f"apply  dev {digest}", f"apply dev/../prod {digest}", f"apply ../dev {digest}", f"apply -n {digest}", "id", "status", "status dev dev",
              "bash -i", None)
    for command in (*(f"apply dev {word}" for word in bad), *others):
        machine.ask("dev", command, manifests, code=2, says=["refused: this is none of"])
    for command in (f"apply prod {digest}", f"rollback prod {digest}", "status prod"):
        machine.ask("dev", command, manifests, code=2, says=["refused: this key is for dev"])


def objects(machine, digest, manifests, of_prod, of_other):
    """Manifests that are not all of this environment, of kinds that are deployed there, and of the image."""
    other = {"metadata": {"name": "other", "namespace": "dev"}}
    for given, says in (
            (of_prod, 'namespace from the provided object "prod"'),
            (text([{"apiVersion": "v1", "kind": "List", "items": list(of_text(of_prod))}]), 'namespace from the provided object "prod"'),
            (manifests + "---\n" + text([{"apiVersion": "v1", "kind": "Secret", **other}]), "nobody deploys"),
            (manifests + "---\n" + text([{"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", **other, "rules": []}]), "nobody deploys"),
            (text([{"apiVersion": "v1", "kind": "Pod", **other, "spec": {"containers": []}}]), "nobody deploys"),
            (text([{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "dev"}}]), "nobody deploys"),
            # A kind that another environment has, and a name that none has: the cluster knows what this account may.
            (manifests + "---\n" + text([SCALER]), "the cluster does not take it: "),
            (changed(manifests, "Deployment", **other), "the cluster does not take it: "),
            (of_other, f"which is not {IMAGE}@{digest}"),
            (manifests.replace(IMAGE, "example/other"), "which is not"),
            (manifests.replace(IMAGE, f"example/{IMAGE}"), "which is not"),
            (manifests.replace(f"@{digest}", ":latest"), "which is not"),
            (changed(manifests, "Deployment", metadata={"name": "fastapi/../x", "namespace": "dev"}), "refused: "),
            ("", "refused: "), ("nonsense", "refused: "), ("{", "refused: "), ("a: [" * 1000, "refused: "),
            (manifests + "#" * (1 << 20), "larger than 1 MiB")):
        machine.ask("dev", f"apply dev {digest}", given, code=2, says=["refused: ", says])


def ways_out(machine):
    """The key opens no other way: the server closes them, and so does the line of each key."""
    loose = [line for line in machine.read("deploy_keys").splitlines() if not line.startswith("restrict,command=")]
    if loose:
        raise SystemExit(f"keys that are not held: {loose}")
    machine.ask("dev", "status dev", options=["-t", "-t"], code=255, says=["PTY allocation request failed"])
    tunnel = machine.words("dev", options=["-N", "-o", "ExitOnForwardFailure=yes", "-R", "127.0.0.1:0:127.0.0.1:1"])
    for asked, code in ((tunnel, 255), (machine.words("dev", "-s", "sftp"), 2)):
        done = subprocess.run(asked, input="", capture_output=True, text=True, check=False, timeout=30)
        if done.returncode != code:
            raise SystemExit(f"{asked} ended with {done.returncode}, not {code}\n{done.stdout}{done.stderr}")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{machine.scratch}/stranger.key"], check=True)
    machine.ask("stranger", "status dev", code=255)


ENVIRONMENTS = ("dev", "stage", "prod")
MAY = (f"create deployments/{NAME}", f"patch deployments/{NAME}", f"patch services/{NAME}")
MAY_NOT = ("create deployments", "create deployments/other", "patch deployments/other", "get secrets", "create secrets", f"delete deployments/{NAME}",
           "create pods/exec", "create roles", "list nodes", f"patch resourcequotas/{NAME}", "create pods", "create serviceaccounts/token",
           "create horizontalpodautoscalers")


def account(machine):
    """The cluster refuses what the command would not ask, too; and everything that it allows was asked for by now."""
    cluster, config = machine.cluster, f"{machine.scratch}/accounts/dev.kubeconfig"
    for asked, namespace, wanted in ((MAY, "dev", True), (MAY_NOT, "dev", False), (MAY, "prod", False)):
        for one in asked:
            if rights.may(cluster, config, one, "--namespace", namespace) != wanted:
                raise SystemExit(f"the account of dev {'may not' if wanted else 'may'} {one} in {namespace}")
    # What goes wrong in one environment may in each.
    calls = {call for namespace in ENVIRONMENTS for call, _ in rights.asked(cluster, f"system:serviceaccount:{namespace}:deployer")}
    for namespace in ENVIRONMENTS:
        role = cluster.api.get(f"{rights.API}/namespaces/{namespace}/roles/deployer")
        idle = sorted(rights.unused(role["rules"], calls))
        if idle:
            raise SystemExit(f"the account of {namespace} may what no deployment needs: {idle}")
