"""Deploys every stack of every system to a local stand-in for AWS, with the real AWS CLI.

usage: deploy.py moto|ministack CHECKERS RENDERED   (with the Python of the moto environment)

RENDERED is what the example `changes` renders: the systems as they are, and after one ordinary change after the other.
The commands are those that the rendered DEPLOYMENT.md print, with the keys of each environment's account. moto takes every
type, so the templates go in byte for byte, and each service's own API must then tell what the template says. ministack
is stricter and refuses some types, so just those are taken out: create, an empty change set, a release, the changes,
and delete.
"""
import os
import re
import shutil
import sys

import deploy_exports
import deploy_look
import deploy_pods
import deploy_script
from deploy_site import Site
from deploy_target import Target

DIGEST = "sha256:" + "0123456789abcdef" * 4
CERTIFICATE = re.compile(r"arn:aws:acm:[a-z0-9-]+:\d+:certificate/[0-9a-f-]+")


def person_of(stack):
    return TARGET.person(stack.account, stack.region)


def on_moto(sites):
    """As rendered, and every service says so."""
    site, seen, certificates = sites[0], deploy_look.Seen(TARGET), {}
    for stack in site.stacks:
        person = person_of(stack)
        if person not in certificates:
            certificates[person] = person.asked("acm", "request-certificate", "--domain-name", "local.example.com")
        words = stack.with_image(DIGEST) if stack.takes_image() else stack.words
        made = certificates[person]["CertificateArn"]
        person.aws(*(CERTIFICATE.sub(made, word) for word in words), folder=site.folder)
        seen.stack(person, stack.name, stack.read())
        if stack.takes_image():
            seen.image(person, stack.name, stack.read(), DIGEST)
        print(f"moto: {stack.name} created in {stack.account}")
    seen.apart(person_of, site)
    seen.report()


def on_ministack(sites):
    """Create, nothing to do, release, change, delete."""
    gone = {it for site in sites for it in site.make_fit("ministack")}
    seen = deploy_look.Seen(TARGET)
    created(sites[0], seen)
    for before, site in zip(sites, sites[1:]):
        changed(before, site, seen, by_script=site is sites[-1])
    deleted(sites[-1])
    for stack in sites[0].environments():
        with_script(sites[0], stack)
    print(f"ministack: without {', '.join(sorted(gone))}")


def created(site, seen):
    for stack in site.stacks:
        person = person_of(stack)
        person.aws(*stack.words, folder=site.folder)
        seen.stack(person, stack.name, stack.read())
        nothing = person.aws(*stack.words, "--no-fail-on-empty-changeset", folder=site.folder)
        if "No changes to deploy" not in nothing:
            TARGET.fail(f"{stack.name}: a second deployment changes something\n{nothing}")
        print(f"ministack: {stack.name} created in {stack.account}, and the same again is no change", flush=True)
    seen.apart(person_of, site)
    seen.report()
    for stack in site.stacks:
        if stack.takes_image():
            person_of(stack).aws(*stack.with_image(DIGEST), folder=site.folder)
            seen.image(person_of(stack), stack.name, stack.read(), DIGEST)
            print(f"ministack: {stack.name} released", flush=True)
        elif stack.watches_pods():
            person_of(stack).aws(*stack.with_entry(), folder=site.folder)
            print(f"ministack: {stack.name} knows the load balancer of its cluster", flush=True)


def changed(before, site, seen, by_script):
    """Over what is there, and the image stays. What another file deploys is deployed, by the README or the script."""
    older = {stack.name: stack for stack in before.stacks}
    moved = [it for it in site.stacks if it.name not in older or older[it.name].read() != it.read()]
    name = os.path.basename(site.folder)
    for stack in site.environments():
        place = (stack.system, stack.environment)
        mine = [it for it in moved if (it.system, it.environment) == place]
        if not mine and not other_manifests(before, site, place):
            TARGET.fail(f"{name} changes nothing of {' '.join(place)}")
        if not mine:
            print(f"ministack: {name}: {' '.join(place)} only in its manifests", flush=True)
            continue
        script = deploy_script.Script(f"{site.folder}/out/{stack.system}", stack.system, person_of(stack))
        takes_script = by_script and not deploy_pods.installs_operators(script)
        if takes_script:
            script.run("setup", stack.environment, "--yes", says=["updated"])
        for it in mine:
            person = person_of(it)
            if not takes_script:
                given = deploy_exports.given(person)
                person.aws(*it.words, folder=site.folder)
                seen.errors += deploy_exports.refused(given, deploy_exports.given(person))
            seen.stack(person, it.name, it.read())
            if it.takes_image():
                seen.image(person, it.name, it.read(), DIGEST)
        how = "its deploy.sh" if takes_script else "its README"
        print(f"ministack: {name}: {' '.join(place)} by {how}: {', '.join(it.name for it in mine)}", flush=True)
    seen.report()


def other_manifests(before, site, place):
    """Whether something else is applied to the cluster."""
    return site.manifests(*place) != before.manifests(*place)


def deleted(site):
    """As the READMEs say, the last environment first."""
    for stack in reversed(site.environments()):
        person = person_of(stack)
        commands = site.deletion(stack.system, stack.environment)
        person.run("bash", "-euo", "pipefail", "-c", commands, folder=site.folder)
        left = deploy_look.stacks_of(person)
        mine = [it.name for it in site.stacks if (it.system, it.environment) == (stack.system, stack.environment)]
        if not left.isdisjoint(mine):
            TARGET.fail(f"still there: {sorted(left.intersection(mine))}\n{commands}")
        print(f"ministack: {stack.system} {stack.environment} deleted as its README says", flush=True)


def with_script(site, stack):
    """The same, by the script of each system, in its first environment."""
    first = next(it for it in site.environments() if it.system == stack.system)
    if stack is not first:
        return
    script = deploy_script.Script(f"{site.folder}/out/{stack.system}", stack.system, person_of(stack))
    if script.shifts_traffic() or deploy_pods.installs_operators(script):
        # ministack has no CodeDeploy, so nothing can be released there, and no pods of operators.
        return
    tried = deploy_pods if deploy_pods.is_of_pods(script) else deploy_script
    tried.try_out(script, stack.environment)
    print(f"ministack: {stack.system} {stack.environment} set up, released and rolled back by its deploy.sh", flush=True)


def copied(name, rendered):
    """The folders of the target's own, in the order of the changes."""
    folder = f"{CHECKERS}/deploy/{name}"
    shutil.copytree(rendered, folder)
    return [Site(f"{folder}/{one}") for one in sorted(os.listdir(folder))]


CHECKERS = os.path.abspath(sys.argv[2])
SITES = copied(sys.argv[1], sys.argv[3])
TARGET = Target(sys.argv[1], CHECKERS)
with TARGET.running():
    deploy_pods.make_client(TARGET)
    {"moto": on_moto, "ministack": on_ministack}[TARGET.name](SITES)
