"""Holds the rights of the pipeline's groups to what its steps ask, and asks for what they must not have."""
import json

NAMESPACE = "predictor"
ROLES = f"/apis/rbac.authorization.k8s.io/v1/namespaces/{NAMESPACE}/roles"
BUDGET = f"/apis/policy/v1beta1/namespaces/{NAMESPACE}/poddisruptionbudgets/predictor"
# Where an object is not there, kubectl asks whether its namespace is, only to word what it says.
OF_MESSAGE = ("get", "", "namespaces", NAMESPACE)
# What nobody of the pipeline may, wherever it stands.
DENIED = [
    "get secrets", "list secrets", "create pods", "delete pods", "create pods/exec", "create pods/portforward", "create pods/eviction",
    "delete deployments.apps/predictor", "patch deployments.apps/another", "patch deployments.apps/predictor/scale",
    "get serviceaccounts/predictor", "create serviceaccounts/token", "patch namespaces/predictor", "patch resourcequotas/predictor",
    "patch limitranges/predictor", "get roles.rbac.authorization.k8s.io/deployers", "patch roles.rbac.authorization.k8s.io/deployers",
    "create rolebindings.rbac.authorization.k8s.io", "patch ingressclasses.networking.k8s.io/predictor-alb",
    "patch ingressclassparams.eks.amazonaws.com/predictor-alb", "impersonate users", "get nodes",
]
ELSEWHERE = [
    "get deployments.apps/predictor", "patch deployments.apps/predictor", "get pods", "list pods", "list events", "get configmaps/predictor",
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


def asked(cluster, group):
    """What somebody of a group has asked the API server: verb, group of the kind, kind, name."""
    with open(f"{cluster.folder}/audit.log", encoding="utf-8") as file:
        for event in map(json.loads, file):
            of = event.get("objectRef")
            if event.get("impersonatedUser", {}).get("username") == group and of:
                kind = "/".join(filter(None, [of["resource"], of.get("subresource")]))
                yield (event["verb"], of.get("apiGroup", ""), kind, of.get("name", "")), event["responseStatus"]["code"]


def unused(cluster, group):
    """The rights that nothing asked for. Creation is a patch of what is not there; create_is_needed shows it."""
    calls = {call for call, _ in asked(cluster, group)}
    for rule in cluster.api.get(f"{ROLES}/{group}")["rules"]:
        for kind in rule["resources"]:
            # A name may be given by a selector of fields, which the list does not tell.
            for name in rule.get("resourceNames", [""]):
                for verb in rule["verbs"]:
                    names = {name, ""} if verb in ("list", "watch") or not name else {name}
                    used = any(call[:3] == (verb, rule["apiGroups"][0], kind) and (not name or call[3] in names) for call in calls)
                    if verb != "create" and not used:
                        yield f"{verb} {kind} {name}".strip()


def create_is_needed(cluster, pipeline, deployer):
    """What is not there is made by a patch, which takes the right to create it by that name."""
    def set_verbs(verbs):
        role = cluster.api.get(f"{ROLES}/deployers")
        rules = [{**rule, "verbs": verbs} if rule["resources"] == ["poddisruptionbudgets"] else rule for rule in role["rules"]]
        cluster.api.patch(f"{ROLES}/deployers", {"rules": rules})

    def apply(code):
        file = f"{pipeline.scratch}/runner/manifests/60-poddisruptionbudget.yaml"
        return cluster.kubectl("apply", "--server-side", "--field-manager", "synth", "--filename", file, config=deployer, code=code)

    cluster.api.ask("DELETE", BUDGET)
    set_verbs(["get", "patch"])
    said = apply(1)
    if "forbidden" not in said:
        raise SystemExit(f"a budget that is not there, without the right to create it: {said}")
    set_verbs(["create", "get", "patch"])
    cluster.wait("the right is back", lambda: cluster.kubectl(
        "auth", "can-i", "create", "poddisruptionbudgets.policy/predictor", "--namespace", NAMESPACE, config=deployer, code=None).startswith("yes"))
    apply(0)


def hold(cluster, pipeline, deployer, reviewer, say):
    """Everything that is allowed is used, and nothing else is allowed."""
    given = {"PRIVATE": "true"}
    pipeline.step("deploy", "Report pods that do not run and last log lines", deployer, says=["### Pods of predictor"], **given)
    pipeline.step("deploy", "See that nothing newer runs", deployer, COMMIT="d" * 40, GH_TOKEN="", says=["is ahead"])
    pipeline.step("deploy", "Ask the service", deployer, URL="", PATHS="")
    for group in ("deployers", "reviewers"):
        refused = [call for call, code in asked(cluster, group) if code == 403 and call != OF_MESSAGE]
        idle = sorted(unused(cluster, group))
        if refused or idle:
            raise SystemExit(f"{group}: refused {refused}; allowed for nothing: {idle}")
        calls = len(list(asked(cluster, group)))
        say(f"{group}: {calls} requests, none refused, and no right that none of them needs")
    create_is_needed(cluster, pipeline, deployer)
    here = ("--namespace", NAMESPACE)
    for config in (deployer, reviewer):
        allowed = [one for one in DENIED if may(cluster, config, one, *here)]
        allowed += [f"{one} elsewhere" for one in ELSEWHERE if may(cluster, config, one, "--namespace", "kube-system")]
        allowed += [f"{one} everywhere" for one in ELSEWHERE if may(cluster, config, one, "--all-namespaces")]
        if allowed:
            raise SystemExit(f"{config}: may {allowed}")
    if not may(cluster, deployer, "patch deployments.apps/predictor", *here) or may(cluster, reviewer, "patch deployments.apps/predictor", *here):
        raise SystemExit("whoever deploys may not, or whoever reviews may")
    say(f"{len(DENIED)} other rights are denied to both, and {len(ELSEWHERE)} in other namespaces and in all")
