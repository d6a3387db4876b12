"""Deploys all environments by the rendered workflow: its steps, a real OpenSSH server, the one command that a key runs, and the
real control plane of Kubernetes 1.20, with the machines played that are ordered, and the pods' own programs.

usage: deploys.py RENDERED FOLDER-OF-THE-MACHINE SCRATCH PROGRAMS PREDICTOR   (with the Python of the environment `manifests`)

RENDERED is a repository that has the system. What 1.20 does not know is taken out and told; the pods' own times are shortened.
"""
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "kubernetes"))

import refusals  # noqa: E402
import serves  # noqa: E402
from control_plane import ControlPlane  # noqa: E402
from played import Played  # noqa: E402
from released import Released, expect  # noqa: E402
from site_of_machines import Site  # noqa: E402
from watch import Watch  # noqa: E402
from workflow import Workflow  # noqa: E402

FIRST, SECOND, THIRD, BROKEN = (f"sha256:{(word * 64)[:64]}" for word in ("1", "2", "3", "dead"))
SYSTEM, NAME = "fastapi-devops", "fastapi"
# S4.15 to S4.17.
BRANCHES = {"dev": "prasanna", "stage": "stage", "prod": "main"}
PORTS = {"dev": 30080, "stage": 30081, "prod": 30082}
ASKS_MACHINE = "Have the machine deploy it"


def say(text):
    print(f"deploys: {text} ({time.monotonic() - BEGAN:.0f}s)", flush=True)


def of(environment):
    """Says something of an environment."""
    return lambda text: say(f"{environment}: {text}")


def by_a_person(machine, site, scratch):
    """What setup.sh does, in the order of DEPLOYMENT.md; what GitHub is given for each environment."""
    setup = machine.keeper(site.system, site.sums(f"{scratch}/sums.txt"))
    setup("cluster", says=["the cluster is ready for its machines"])
    setup("namespaces")
    setup("monitoring", says=["it is measured, and somebody is told"])
    known = setup("host-key")
    given = {"secrets.CONTROL_PLANE_IP": known.split()[0], "vars.CONTROL_PLANE_KNOWN_HOSTS": known}
    return {name: {**given, "secrets.SSH_PRIVATE_KEY": machine.key(setup, name)} for name in BRANCHES}


def images(released):
    return {pod["spec"]["containers"][0]["image"].split("@")[1] for pod in released.pods()}


def all_at_once(workflow, environments):
    """Each branch deploys its environment, from nothing."""
    workflow.deploys("main", BROKEN, fails=ASKS_MACHINE, says=["not rolled back: nothing was deployed here before", "a person must look"])
    for name, branch in BRANCHES.items():
        said = [f"`{name}` runs `{FIRST}`", "successfully rolled out"]
        workflow.deploys(branch, FIRST, says=[*said, ":30082/health"] if name == "prod" else said)
        released = environments[name][0]
        expect(f"images of {name}", images(released), {FIRST})
        expect(f"pods of {name}", len(released.ready()), 2)
        say(f"{branch} deploys {name}")


def goes_on(workflow, environments, node_ports):
    """A second digest without a dip, a broken one that goes back, and a person who goes back."""
    prod, port = environments["prod"]
    address = list(node_ports.addresses.values())[-1]
    with Watch(lambda: len(serves.fetch(address, port)) > 0) as watch:
        workflow.deploys("main", SECOND, says=[f"`prod` runs `{SECOND}`"])
    watch.never_below(1)
    say(f"a second digest in prod: {watch.count} requests by its port meanwhile, all answered")
    with Watch(lambda: len(serves.fetch(address, port)) > 0) as watch:
        says = ["exceeded its progress deadline", f"rolled back prod {SECOND}", "runs again what it ran before"]
        workflow.deploys("main", BROKEN, fails=ASKS_MACHINE, says=says)
    watch.never_below(1)
    expect("images after a digest that does not get ready", images(prod), {SECOND})
    say(f"a broken one goes back and fails the job: {watch.count} requests meanwhile, all answered")
    workflow.deploys("main", SECOND, back=FIRST, says=[f"`prod` runs `{FIRST}`"])
    expect("images after a rollback", images(prod), {FIRST})
    workflow.deploys("main", SECOND, back=THIRD, fails=ASKS_MACHINE, says=["are not kept here", "The machine refused to rollback"])
    say("a dispatch goes back to an earlier digest, and not to one that was never there")


def is_refused(workflow, machine, environments):
    """Nothing of these changes anything."""
    path = environments["dev"][0].deployment
    before = machine.cluster.api.get(path)["metadata"]["resourceVersion"]
    for words in (f"{FIRST};id", "$(id)", f"{FIRST}\n{FIRST}", "main"):
        workflow.deploys("prasanna", SECOND, back=words, fails="Choose the image", says=["neither a commit nor a digest"])
    # The key of another environment, in the hands of this one.
    own = dict(workflow.environments["dev"])
    workflow.environments["dev"] = workflow.environments["stage"]
    workflow.deploys("prasanna", THIRD, fails=ASKS_MACHINE, says=["this key is for stage", "The machine refused to apply"])
    workflow.environments["dev"] = own
    manifests = workflow.fills("prasanna", THIRD)
    refusals.words(machine, THIRD, manifests)
    refusals.objects(machine, THIRD, manifests, workflow.fills("main", THIRD), workflow.fills("prasanna", SECOND))
    expect("the Deployment is as it was", machine.cluster.api.get(path)["metadata"]["resourceVersion"], before)
    say("other words, keys, namespaces, kinds, images and sizes are refused, and nothing changes")
    refusals.ways_out(machine)
    say("a tunnel, files and other keys are refused")


def at_once(workflow, machine, environments):
    """One after the other, and to its end though nobody listens."""
    broken = workflow.fills("prasanna", BROKEN)
    first = subprocess.Popen(machine.words("dev", f"apply dev {BROKEN}"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    first.stdin.write(broken)
    first.stdin.close()
    path = environments["dev"][0].deployment
    image = lambda: machine.cluster.api.get(path)["spec"]["template"]["spec"]["containers"][0]["image"]  # noqa: E731
    machine.cluster.wait("it is at work", lambda: image().endswith(BROKEN))
    workflow.deploys("prasanna", SECOND, fails=ASKS_MACHINE, says=["busy dev", "Another deployment of dev is at work"])
    first.kill()
    first.wait()
    machine.cluster.wait("it goes back though nobody listens", lambda: image().endswith(FIRST))
    given = workflow.fills("prasanna", SECOND)
    again = lambda: subprocess.run(  # noqa: E731
        machine.words("dev", f"apply dev {SECOND}"), input=given, capture_output=True, text=True, check=False).returncode == 0
    machine.cluster.wait("the next one may come", again)
    expect("images", images(environments["dev"][0]), {SECOND})
    say("a second one waits for nothing and says so; the first one goes back though its caller is gone")


def by_key(workflow, machine, played, environments):
    """What the keys of all environments can do, and what they cannot."""
    all_at_once(workflow, environments)
    serves.ports(environments, played.node_ports, played.pods, say)
    serves.watched(environments, played.node_ports, played.cluster, say)
    goes_on(workflow, environments, played.node_ports)
    is_refused(workflow, machine, environments)
    at_once(workflow, machine, environments)


def by_the_cluster(machine, played, environments):
    """What holds whoever asks."""
    refusals.account(machine)
    say("the accounts may what deployments need and nothing else")
    for name, (released, _) in environments.items():
        released.admission()
        if name != "prod":
            serves.quotas(released)
    serves.elsewhere(environments["dev"][0])
    serves.scales(environments, played.cluster, played.control_plane, say)


def main(rendered, control_plane, scratch, programs, binary):
    site = Site(rendered, f"{scratch}/site", SYSTEM)
    played = Played(f"{site.system}/infra", control_plane, scratch, programs, binary)
    with played.running() as cluster:
        last = played.machines[-1]
        say(f"control plane 1.20 and {len(played.machines)} machines, {last.name} with {last.room['cpu']} and {int(last.room['memory']) >> 20} MiB")
        machine = ControlPlane(control_plane, f"{scratch}/machine", cluster)
        environments = {name: (Released(cluster, name, NAME, of(name), f"{NAME}-hpa"), port) for name, port in PORTS.items()}
        with machine.listening():
            given = by_a_person(machine, site, scratch)
            say("setup.sh: the network, accounts, namespaces, what measures, and a key for each environment")
            by_key(Workflow(site.root, f"{scratch}/workflow", machine, played.outside, given), machine, played, environments)
        by_the_cluster(machine, played, environments)
    say(f"not known to 1.20: {'; '.join(sorted(site.said))}")


BEGAN = time.monotonic()
main(*(os.path.abspath(word) for word in sys.argv[1:]))
