#!/usr/bin/env bash
# What is rendered passes every policy of the cluster, and each policy denies its own bad example and no other one's: by
# another engine for Rego than Gatekeeper's, which is one pinned package.
python3 -m venv "$RUNNER_TEMP/rego"
"$RUNNER_TEMP/rego/bin/pip" install --quiet --disable-pip-version-check --no-deps --only-binary :all: \
  --require-hashes --requirement "$REQUIREMENTS"
cat > "$RUNNER_TEMP/policies.py" << 'END'
import copy, json, os, re, sys
import regopy, yaml

DIGEST = "sha256:" + "0" * 64


def read(path):
    with open(path, encoding="utf-8") as file:
        return [it for it in yaml.safe_load_all(file) if it]


def denials(constraint, template, it):
    (code,) = template["spec"]["targets"][0]["code"]
    engine = regopy.Interpreter()
    for number, text in enumerate([code["source"]["rego"], *code["source"].get("libs", [])]):
        engine.add_module(f"module{number}", text)
    engine.set_input({"parameters": constraint["spec"].get("parameters", {}),
                      "review": {"kind": {"kind": it["kind"]}, "operation": "CREATE", "object": it}})
    package = re.match(r"package (\S+)", code["source"]["rego"])[1]
    return json.loads(str(engine.query(f"data.{package}.violation")))["expressions"][0]


def container(it):
    return it["spec"]["containers"][0]


# Each kind of constraint, and what makes a pod one that it denies.
BAD = {
    "RequiredDigests": lambda it: container(it).update(image=container(it)["image"].replace(DIGEST, DIGEST[:10])),
    "AllowedRegistries": lambda it: container(it).update(image=f"docker.io/library/nginx@{DIGEST}"),
    "RequiredLimits": lambda it: container(it)["resources"]["limits"].pop("memory"),
    "RequiredLabels": lambda it: it["metadata"].update(labels={"app": "web"}),
    "NoDefaultTokens": lambda it: it["spec"].update(automountServiceAccountToken=True),
}

folder = os.environ["POLICIES"]
templates = {it["spec"]["crd"]["spec"]["names"]["kind"]: it for it in read(f"{folder}/security-policies.yaml")}
constraints = {it["kind"]: it for it in read(f"{folder}/security-constraints.yaml")}
everything = [it for name in sorted(os.listdir(os.environ["FOLDER"])) for it in read(f"{os.environ['FOLDER']}/{name}")]
(deployment,) = [it for it in everything if it["kind"] == "Deployment"]
deployment = json.loads(json.dumps(deployment).replace("${image.digest}", DIGEST))
template = deployment["spec"]["template"]
pod = {"apiVersion": "v1", "kind": "Pod", "spec": template["spec"],
       "metadata": {"name": "one", "namespace": deployment["metadata"]["namespace"], **template["metadata"]}}
wrong = []
if not set(templates) == set(constraints) == set(BAD):
    wrong.append(f"there are {sorted(templates)}, {sorted(constraints)}, and bad examples of {sorted(BAD)}")
for kind, constraint in constraints.items():
    if constraint["spec"].get("enforcementAction") != "deny":
        wrong.append(f"{kind} denies nothing")
    for it in [deployment, pod]:
        wrong += [f"{kind} denies the {it['kind']}: {one}" for one in denials(constraint, templates[kind], it)]
for kind, spoil in BAD.items():
    bad = copy.deepcopy(pod)
    spoil(bad)
    by = [one for one, constraint in constraints.items() if denials(constraint, templates[one], bad)]
    print(f"the bad example of {kind} is denied by {by}")
    if by != [kind]:
        wrong.append(f"the bad example of {kind} is denied by {by}")
for one in wrong:
    print(f"::error::{one}")
sys.exit(bool(wrong))
END
"$RUNNER_TEMP/rego/bin/python" -B "$RUNNER_TEMP/policies.py"
