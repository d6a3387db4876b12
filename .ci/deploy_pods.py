"""Deploys a system of pods with its own `deploy.sh`, the real AWS CLI, and a client that only remembers what is applied.

What a real cluster makes of the manifests, cluster.py shows.
"""
import os

import deploy_script

# A folder for each cluster keeps what was applied to it; its pods are said to run at once.
KUBECTL = r"""#!/usr/bin/env bash
set -euo pipefail
folder=${BASH_SOURCE[0]}.state/$(sed -n 's/^current-context: //p' "$KUBECONFIG" | tr ':/' '__')
mkdir -p "$folder"
of_deployment() {
  [[ ! -e $folder/deployment.yaml ]] || sed -n "s|^ *$1: \"\\{0,1\\}\\([^\"]*\\)\"\\{0,1\\}\$|\\1|p" "$folder/deployment.yaml"
}
files=()
while [[ $# -gt 0 ]]; do
  case $1 in
  --filename) files+=("$2") && shift 2 ;;
  *) words="${words-} $1" && shift ;;
  esac
done
case $words in
*" get deployment "*".image}") of_deployment image ;;
*" get deployment "*version}) of_deployment app.kubernetes.io/version ;;
*" get deployment "*wide) of_deployment image ;;
*" get ingress "*) cat "${BASH_SOURCE[0]}.entry" ;;
*" rollout status "*) echo 'successfully rolled out' ;;
" apply --server-side --field-manager synth")
  for file in "${files[@]}"; do
    name=${file##*/}
    cp "$file" "$folder/${name#*-}"
    echo "${file##*/} serverside-applied"
  done
  ;;
" diff --server-side --field-manager synth")
  for file in "${files[@]}"; do
    name=${file##*/}
    diff --new-file "$folder/${name#*-}" "$file" || differs=1
  done
  exit "${differs-0}"
  ;;
*) echo "no answer to: kubectl$words" >&2 && exit 254 ;;
esac
"""


def is_of_pods(script):
    """Whether a system runs in a cluster."""
    with open(f"{script.folder}/deploy.sh", encoding="utf-8") as file:
        return "kubectl" in file.read()


def installs_operators(script):
    """Whether its script installs what other makers publish, and waits for their pods: cluster_by_hand.py shows that."""
    with open(f"{script.folder}/deploy.sh", encoding="utf-8") as file:
        return "install_operators" in file.read()


def make_client(target):
    """Puts the imitation where people find it before any other, and beside it one whose service answers."""
    for name, text in (("kubectl", KUBECTL), ("curl", "#!/bin/sh\n")):
        path = f"{target.run}/{target.name}-bin/{name}"
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, 0o755)


def make_entry(script, environment):
    """What the controller of the cluster makes of an Ingress; the end of the load balancer's name."""
    person, name = script.person, f"{script.system}-{environment}"
    network = person.client("cloudformation").describe_stack_resources(StackName=f"{name}-network")["StackResources"]
    ids = {it["LogicalResourceId"]: it["PhysicalResourceId"] for it in network}
    public = [ids[key] for key in sorted(ids) if key.startswith("Public") and key.endswith("Subnet")]
    elb = person.client("elbv2")
    balancer = elb.create_load_balancer(Name="k8s-entry", Subnets=public)["LoadBalancers"][0]
    group = elb.create_target_group(Name="k8s-pods", Protocol="HTTP", Port=80, VpcId=ids["Vpc"], TargetType="ip")["TargetGroups"][0]
    elb.create_listener(LoadBalancerArn=balancer["LoadBalancerArn"], Protocol="HTTP", Port=80, DefaultActions=[
        {"Type": "forward", "TargetGroupArn": group["TargetGroupArn"]}])
    with open(f"{person.target.run}/{person.target.name}-bin/kubectl.entry", "w", encoding="utf-8") as file:
        file.write(balancer["DNSName"])
    return balancer["LoadBalancerArn"].split(":loadbalancer/")[1]


def alarms_look_at(script, environment, balancer):
    """The stack of the alarms was told which load balancer it is."""
    stack = script.person.client("cloudformation").describe_stacks(StackName=f"{script.system}-{environment}-observability")
    known = [it["ParameterValue"] for it in stack["Stacks"][0]["Parameters"]]
    if balancer not in known:
        raise SystemExit(f"the alarms do not look at {balancer}: {known}")


def try_out(script, environment):
    """The life of an environment."""
    first = f"{script.system}-{environment}-"
    script.run("setup", environment, account="999988887777", code=1, says=["signed in to the account 999988887777"])
    script.wedge(f"{first}bootstrap")
    script.run("setup", environment, code=1, says=["it never came to be", "is left as it was"])
    script.run("setup", environment, "--yes", says=[
        f"{first}bootstrap", f"{first}observability", "namespace.yaml serverside-applied", "deployment.yaml waits for the first image"])
    script.run("setup", environment, says=["nothing changes"])
    balancer = make_entry(script, environment)
    old = script.publish("abc1234", deploy_script.MANIFEST)
    new = script.publish("def5678", deploy_script.MANIFEST + "\n")
    script.run("deploy", environment, code=1, says=["nothing runs yet"])
    script.run("deploy", environment, "--yes", tag=f"{script.system}:abc1234", says=[
        old, "deployment.yaml serverside-applied", "rolled out", "updated", "/predict answers", "deployed-"])
    alarms_look_at(script, environment, balancer)
    script.run("deploy", environment, "--yes", tag="def5678", says=[f"@{new}", "nothing changes"])
    script.run("deploy", environment, tag="abc1234", code=1, says=["is left as it was"])
    script.run("deploy", environment, tag="none-such", code=1, says=["abc1234", "no image with the tag none-such"])
    script.run("rollback", environment, code=2, says=["give IMAGE_TAG"])
    script.run("rollback", environment, "--yes", tag="abc1234", says=[f"@{old}"])
    script.run("setup", environment, says=["deployment.yaml serverside-applied"])
    script.run("status", environment, says=[f"{first}cluster\t", f"@{old}", "abc1234"])
