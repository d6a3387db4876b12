"""Holds the rights of the pipeline's groups to what its steps ask, and asks for what they must not have."""
import glob
import json

from objects import of_files

# What nobody of the pipeline may, wherever it stands.
DENIED = [
    "get secrets", "list secrets", "create pods", "delete pods", "create pods/exec", "create pods/portforward", "create pods/eviction",
    "delete deployments.apps/{name}", "patch deployments.apps/another", "patch deployments.apps/{name}/scale",
    "get serviceaccounts/{name}", "create serviceaccounts/token", "patch namespaces/{namespace}", "patch resourcequotas/{name}",
    "patch limitranges/{name}", "get roles.rbac.authorization.k8s.io/deployers", "patch roles.rbac.authorization.k8s.io/deployers",
    "create rolebindings.rbac.authorization.k8s.io", "patch ingressclasses.networking.k8s.io/{name}-alb",
    "patch ingressclassparams.eks.amazonaws.com/{name}-alb", "impersonate users", "get nodes",
]
ELSEWHERE = [
    "get deployments.apps/{name}", "patch deployments.apps/{name}", "get pods", "list pods", "list events", "get configmaps/{name}",
]


def acting(cluster, group):
    """A file for kubectl with which somebody of a group acts, and nobody else."""
    return cluster.kubeconfig(group, **{"as": group, "as-groups": [group, "system:authenticated"]})


def may(cluster, config, asked, *where):
    """Whether the API server says yes. A name follows the kind, a part of an object that."""
    verb, what = asked.split()
    kind, *rest = what.split("/")
    part = [f"--subresource={rest.pop()}"] if rest and (rest[-1] in ("exec", "portforward", "eviction", "scale", "token")) else []
    return cluster.kubectl("auth", "can-i", verb, "/".join([kind, *rest]), *part, *where, config=config, code=None).split("\n")[0].endswith("yes")


def asked(cluster, who):
    """What somebody has asked the API server, in his own name or another's: verb, group of the kind, kind, name."""
    with open(f"{cluster.folder}/audit.log", encoding="utf-8") as file:
        for event in map(json.loads, file):
            of = event.get("objectRef")
            if event.get("impersonatedUser", event["user"]).get("username") == who and of:
                kind = "/".join(filter(None, [of["resource"], of.get("subresource")]))
                yield (event["verb"], of.get("apiGroup", ""), kind, of.get("name", "")), event["responseStatus"]["code"]


API = "/apis/rbac.authorization.k8s.io/v1"


def rules(api, group):
    """What a group may, in every namespace."""
    for binding in api.items(f"{API}/rolebindings"):
        if group in [one["name"] for one in binding["subjects"] if one["kind"] == "Group"]:
            yield from api.get(f"{API}/namespaces/{binding['metadata']['namespace']}/roles/{binding['roleRef']['name']}")["rules"]


def unused(allowed, calls):
    """The rights that nothing asked for. Creation is a patch of what is not there; create_is_needed shows it."""
    for rule in allowed:
        for kind in rule["resources"]:
            # A name may be given by a selector of fields, which the list does not tell.
            for name in rule.get("resourceNames", [""]):
                for verb in rule["verbs"]:
                    names = {name, ""} if verb in ("list", "watch") or not name else {name}
                    used = any(call[:3] == (verb, rule["apiGroups"][0], kind) and (not name or call[3] in names) for call in calls)
                    if verb != "create" and not used:
                        yield f"{verb} {kind} {name}".strip()


def create_is_needed(released, pipeline, deployer):
    """What is not there is made by a patch, which takes the right to create it by that name."""
    cluster, ours = released.cluster, f"{API}/namespaces/{released.namespace}/roles/deployers"
    files = glob.glob(f"{pipeline.scratch}/runner/manifests/*.yaml")
    (file,) = {path for path, it in of_files(files) if it["kind"] == "PodDisruptionBudget"}

    def set_verbs(verbs):
        now = [{**rule, "verbs": verbs} if rule["resources"] == ["poddisruptionbudgets"] else rule for rule in cluster.api.get(ours)["rules"]]
        cluster.api.patch(ours, {"rules": now})

    def apply(code):
        return cluster.kubectl("apply", "--server-side", "--field-manager", "synth", "--filename", file, config=deployer, code=code)

    cluster.api.ask("DELETE", f"/apis/policy/v1beta1/namespaces/{released.namespace}/poddisruptionbudgets/{released.name}")
    set_verbs(["get", "patch"])
    said = apply(1)
    if "forbidden" not in said:
        raise SystemExit(f"a budget that is not there, without the right to create it: {said}")
    set_verbs(["create", "get", "patch"])
    asking = ("auth", "can-i", "create", f"poddisruptionbudgets.policy/{released.name}", "--namespace", released.namespace)
    cluster.wait("the right is back", lambda: cluster.kubectl(*asking, config=deployer, code=None).startswith("yes"))
    apply(0)


def all_used(released, group):
    """What somebody of a group has asked for was allowed, and all that is allowed was asked for."""
    calls = list(asked(released.cluster, group))
    # Where an object is not there, kubectl asks whether its namespace is, only to word what it says.
    refused = [call for call, code in calls if code == 403 and call[:3] != ("get", "", "namespaces")]
    idle = sorted(unused(rules(released.api, group), {call for call, _ in calls}))
    if refused or idle:
        raise SystemExit(f"{group}: refused {refused}; allowed for nothing: {idle}")
    released.say(f"{group}: {len(calls)} requests, none refused, and no right that none of them needs")


def denied(released, config):
    """What somebody may who must not."""
    cluster, here = released.cluster, ("--namespace", released.namespace)
    those, elsewhere = ([one.format(name=released.name, namespace=released.namespace) for one in list_] for list_ in (DENIED, ELSEWHERE))
    allowed = [one for one in those if may(cluster, config, one, *here)]
    allowed += [f"{one} elsewhere" for one in elsewhere if may(cluster, config, one, "--namespace", "kube-system")]
    allowed += [f"{one} everywhere" for one in elsewhere if may(cluster, config, one, "--all-namespaces")]
    if allowed:
        raise SystemExit(f"{config}: may {allowed}")


def hold(released, pipeline, deployer, reviewer):
    """Everything that is allowed is used, and nothing else is allowed."""
    given = {"PRIVATE": "true"}
    pipeline.step("deploy", "Report pods that do not run and last log lines", deployer, says=[f"### Pods of {released.name}"], **given)
    pipeline.step("deploy", "See that nothing newer runs", deployer, COMMIT="d" * 40, GH_TOKEN="", says=["is ahead"])
    pipeline.step("deploy", "Ask the service", deployer, URL="", PATHS="")
    for group in ("deployers", "reviewers"):
        all_used(released, group)
    create_is_needed(released, pipeline, deployer)
    for config in (deployer, reviewer):
        denied(released, config)
    changes, here = f"patch deployments.apps/{released.name}", ("--namespace", released.namespace)
    if not may(released.cluster, deployer, changes, *here) or may(released.cluster, reviewer, changes, *here):
        raise SystemExit("whoever deploys may not, or whoever reviews may")
    released.say(f"{len(DENIED)} other rights are denied to both, and {len(ELSEWHERE)} in other namespaces and in all")
