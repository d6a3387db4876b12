"""Runs the scripts of the workflow that deploys to machines, as workflow_scripts.py runs the others, and the one that asks
the control plane over a real sshd with a forced command.

usage: workflow_machines.py   (in the root of the repository; it needs bash, jq, openssh and openssl)
"""
import getpass
import hashlib
import sys
import tempfile

from workflow_scripts import expect, run
from workflow_sshd import Machine

IMAGE, COMMIT, OTHER, TREE = "docker.io/acme/quotes", "a" * 40, "b" * 40, "c" * 40
INDEX = '{"manifests": [{"digest": "sha256:1"}, {"digest": "sha256:2"}]}\n'
DIGEST = "sha256:" + hashlib.sha256(INDEX.encode()).hexdigest()
BEFORE = "sha256:" + "9" * 64
GITHUB = {"GITHUB_SHA": COMMIT, "GITHUB_SERVER_URL": "https://github.com", "GH_TOKEN": "t", "IMAGE": IMAGE}


def tree(commit, files=TREE):
    """What GitHub says of the files of a commit."""
    return {f"gh api repos/acme/quotes/git/commits/{commit} --jq .tree.sha": f"{files}\n"}


def refuses_words(words):
    """A program that fails and says why."""
    return f"#!/bin/sh\necho '{words}' >&2\nexit 1\n"


def finds():
    """The image of the same files goes on; one that is not there is built, and what cannot be asked stops."""
    settings = {**GITHUB, "PLATFORMS": "amd64 arm64"}
    answers = {**tree(COMMIT), f"skopeo inspect --raw docker://{IMAGE}:tree-{TREE}": INDEX, "skopeo copy *": ""}
    done = run("find-same-files", settings, answers)
    expect("an image of these files", done, 0, f"`{DIGEST}` goes on, and nothing is built", f"digest={DIGEST}\n",
           f"--override-arch arm64 docker://{IMAGE}@{DIGEST} oci:images/image-arm64")
    absent = "reading manifest tree in docker.io/acme/quotes: manifest unknown"
    done = run("find-same-files", settings, tree(COMMIT), programs={"skopeo": refuses_words(absent)})
    expect("none", done, 0, "is there: it is built")
    if done[4]:
        sys.exit(f"what is not there has a digest\n{done}")
    denied = "requested access to the resource is denied"
    done = run("find-same-files", settings, tree(COMMIT), programs={"skopeo": refuses_words(denied)})
    expect("no right to ask", done, 1, denied, "see that the repository is there")


def resolves():
    """The digest is that of the index over what was pushed, whatever the tag leads to by then."""
    settings = {**GITHUB, "PLATFORMS": "amd64 arm64", "TAG": COMMIT}
    files = {f"images/image-{name}/index.json": f'{{"manifests": [{{"digest": "sha256:{digest}"}}]}}'
             for name, digest in [("amd64", 2), ("arm64", 1)]}
    inspect = f"skopeo inspect --raw docker://{IMAGE}:{COMMIT}"
    expect("what was pushed", run("resolve-pushed", settings, {inspect: INDEX}, files), 0, f"digest={DIGEST}\n")
    moved = run("resolve-pushed", settings, {inspect: INDEX.replace("sha256:1", "sha256:3")}, files)
    expect("a tag that was moved", moved, 1, "is not what was just pushed")


def chosen(back="", built="", found="", answers=()):
    settings = {**GITHUB, "ROLLBACK_TO": back, "BUILT": built, "FOUND": found}
    return run("choose-image", settings, dict(answers))


def chooses():
    """What was built, what was found, or what a person goes back to; nothing else that a person writes gets any further."""
    expect("what was built", chosen(built=DIGEST), 0, f"digest={DIGEST}\ncommit={COMMIT}\n")
    expect("what was found", chosen(found=DIGEST), 0, f"digest={DIGEST}\ncommit={COMMIT}\n")
    expect("neither", chosen(), 1, "no job before this one says")
    expect("a digest", chosen(back=BEFORE, built=DIGEST), 0, f"digest={BEFORE}\ncommit=\n")
    there = {f"skopeo inspect --raw docker://{IMAGE}:{OTHER}": INDEX}
    expect("a commit", chosen(back=OTHER, answers=there), 0, f"digest={DIGEST}\ncommit={OTHER}\n")
    expect("one without an image", chosen(back=OTHER), 1, f"has no image of the commit {OTHER}")
    for words in ["main", "a" * 39, f"{OTHER}\ndigest=x", f"sha256:{'9' * 63}", "$(id)", "latest"]:
        done = chosen(back=words)
        expect(f"a rollback to {words!r}", done, 1, "neither a commit nor a digest")
        if done[3] or done[4]:
            sys.exit(f"something is done with {words!r}\n{done}")


def verified(commit, attested, answers=()):
    identity = r"^https://github\.com/acme/quotes/\.github/workflows/ci-cd\.yaml@refs/heads/(prasanna|v1\.2|main)$"
    known = {
        f"cosign verify --certificate-identity-regexp {identity.replace('*', '?')} *": "verified\n",
        f"gh attestation verify oci://{IMAGE}@{DIGEST} --repo acme/quotes *": "".join(f"{one}\n" for one in attested),
    }
    settings = {**GITHUB, "BRANCHES": "prasanna v1.2 main", "WORKFLOW": "ci-cd.yaml", "DIGEST": DIGEST, "COMMIT": commit}
    # Patterns of bash have these letters too, and a file cannot be called so.
    known = {name.replace("\\", "?").replace("[", "?").replace("|", "?"): answer for name, answer in known.items()}
    return run("verify-published", settings, {**known, **dict(answers)})


def verifies():
    """An image is this workflow's, and was built of the very files that are deployed."""
    same = {**tree(COMMIT), **tree(OTHER)}
    done = verified(COMMIT, [OTHER], same)
    expect("one of the same files", done, 0, f"of the commit `{OTHER}`, with the files `{TREE}`")
    for words in ["--deny-self-hosted-runners", "--certificate-oidc-issuer https://token.actions.githubusercontent.com"]:
        if words not in done[3]:
            sys.exit(f"nobody asks for {words}\n{done}")
    others = {**tree(COMMIT), **tree(OTHER, "d" * 40)}
    expect("one of other files", verified(COMMIT, [OTHER], others), 1, "was not built of the files of")
    expect("one of two commits", verified(COMMIT, [OTHER, COMMIT], others), 0, f"of the commit `{COMMIT}`")
    expect("a commit that is gone", verified(COMMIT, [OTHER], tree(COMMIT)), 1, "was not built of the files of")
    expect("a digest alone", verified("", [OTHER], tree(OTHER)), 0, f"of the commit `{OTHER}`")
    expect("no attestation", verified(COMMIT, [], same), 1)
    signed = verified(COMMIT, [OTHER], same)[3]
    if signed.index("verify --certificate-identity-regexp") > signed.index("attestation verify"):
        sys.exit("the signature comes after the attestation")
    unsigned = run("verify-published", {**GITHUB, "BRANCHES": "main", "WORKFLOW": "ci-cd.yaml", "DIGEST": DIGEST, "COMMIT": COMMIT}, same)
    expect("no signature", unsigned, 254)


def newest(*deployments, order="ahead"):
    """How a deployment goes on after these, the newest first: each its commit and what became of it."""
    all_ = "gh api repos/acme/quotes/deployments"
    answers = {f"{all_}[?]environment=quotes-prod&per_page=50 *": "".join(f"{at} {commit}\n" for at, (commit, _) in enumerate(deployments))}
    for at, (_, state) in enumerate(deployments):
        answers[f"{all_}/{at}/statuses[?]per_page=1 *"] = f"{state}\n"
    answers[f"gh api repos/acme/quotes/compare/{OTHER}...{COMMIT} *"] = f"{order}\n"
    return run("refuse-older-deployment", {**GITHUB, "ENVIRONMENT": "quotes-prod"}, answers)


def never_goes_back():
    """What was deployed last counts; what failed or is at work does not."""
    own = (COMMIT, "in_progress")
    expect("the first", newest(own), 0, "nothing was deployed to quotes-prod yet")
    expect("a later commit", newest(own, (OTHER, "success"), order="behind"), 1, "a release never goes back")
    expect("an earlier one", newest(own, (OTHER, "success")), 0, "is ahead")
    expect("a later one that failed", newest(own, ("d" * 40, "failure"), (OTHER, "inactive")), 0, f"seen from {OTHER}")
    expect("a commit that is gone", newest(own, ("d" * 40, "success")), 0, "is unknown")
    expect("no answer", run("refuse-older-deployment", {**GITHUB, "ENVIRONMENT": "quotes-prod"}, {}), 254)


OVERLAY = """apiVersion: v1
kind: Namespace
metadata:
  name: dev
---
apiVersion: v1
data:
  text: |
    ---
    kind: Role
kind: ConfigMap
---
apiVersion: apps/v1
kind: Deployment
metadata:
  labels:
    version: ${image.tag}
spec:
  image: docker.io/acme/quotes@${image.digest}
---
apiVersion: v1
kind: ResourceQuota
"""


def filled(overlay, commit=COMMIT, programs=()):
    settings = {"BY_HAND": "Namespace ResourceQuota Role", "COMMIT": commit, "DIGEST": DIGEST, "FOLDER": "k8s", "NAMESPACE": "dev"}
    return run("fill-overlay", settings, {"kubectl kustomize k8s/dev": overlay}, programs=programs)


def fills():
    """The image goes in, what a person applies stays out, and nothing is left open."""
    done = filled(OVERLAY)
    expect("an overlay", done, 0, "kind: ConfigMap\nkind: Deployment\n")
    if "Namespace" in done[1] or "ResourceQuota" in done[1]:
        sys.exit(f"what a person applies is sent\n{done}")
    # All that is sent is said, and not only its kinds.
    shows = {"grep": '#!/bin/sh\ncat "$RUNNER_TEMP/manifests.yaml"\n'}
    number = f"{'1' * 38}e5"
    expect("a commit that looks like a number", filled(OVERLAY, number, shows), 0, f'    version: "{number}"\n', f"quotes@{DIGEST}\n")
    expect("a placeholder of nobody's", filled(OVERLAY + "a: ${network.Bucket}\n"), 1, "nothing fills: ${network.Bucket}")
    expect("no image", filled(OVERLAY.replace("@${image.digest}", ":latest")), 1, "nothing in k8s/dev runs the image")


def asks():
    """Where everybody may ask, each address must answer."""
    answers = {"curl * http://192.0.2.1:30082/health": "", "curl * http://192.0.2.2:30082/health": ""}
    expect("two", run("smoke-machines", {"URLS": "http://192.0.2.1:30082/health http://192.0.2.2:30082/health"}, answers), 0)
    expect("one that does not", run("smoke-machines", {"URLS": "http://192.0.2.3:30082/health"}, answers), 254)
    expect("nobody may", run("smoke-machines", {"URLS": ""}, {}), 0, "only the operators")
    branches = {"BRANCHES": "prasanna dev\nmain prod\n", "ENVIRONMENT": "prod"}
    expect("another branch", run("refuse-other-branch", branches, {}), 1, "prod is deployed from the branch main and from no other")


class Deploying(Machine):
    """The machine of the control plane, asked by the step of the workflow."""

    def deploy(self, how, runs, back="", **changed):
        """How the step ends where the machine ends so, and says then that this runs."""
        for name in ["asked", "input"]:
            self.write(name, "")
        self.write("how", how)
        self.write("runs", f"pods and so on\nruns dev {runs}\n")
        settings = {
            "ADDRESS": "127.0.0.1", "DIGEST": DIGEST, "ENVIRONMENT": "quotes-dev", "LOGIN": getpass.getuser(), "NAMESPACE": "dev",
            "KNOWN_HOSTS": f"127.0.0.1 {self.read('host.pub')}", "ROLLBACK_TO": back, "SSH_PRIVATE_KEY": self.read("key"), **changed}
        # The machine listens on another port here, under the name that it is known by; how the key stands there is looked at.
        ssh = (f"#!/usr/bin/env bash\nstat --format 'mode %a' \"$RUNNER_TEMP\"/ssh/key \"$RUNNER_TEMP\"/ssh >> \"$CALLS\"\n"
               f"printf '%s\\n' \"$*\" >> \"$CALLS\"\nexec /usr/bin/ssh -p {self.port} -o HostKeyAlias=127.0.0.1 \"$@\"\n")
        done = run("deploy-to-machines", settings, {}, {"manifests.yaml": "kind: Deployment\n", "calls": ""}, {"ssh": ssh})
        if "ssh" in done[5]:
            sys.exit(f"the key is left on the runner\n{done}")
        return done


def deploys(machine):
    """Each end of the protocol, as the step tells it; what the machine says is no command and stands in no summary."""
    deployed = f"0 deployed dev {DIGEST}"
    done = machine.deploy(deployed, DIGEST)
    expect("a deployment", done, 0, f"`dev` runs `{DIGEST}`.", "mode 600", "mode 700")
    if machine.read("asked") != f"dev: apply dev {DIGEST}\ndev: status dev\n" or machine.read("input") != "kind: Deployment\n\n":
        sys.exit(f"the machine is asked {machine.read('asked')} with {machine.read('input')}")
    said = done[1].splitlines()
    stopped = [at for at, line in enumerate(said) if line.startswith("::stop-commands::")]
    for at, line in enumerate(said):
        if line.startswith("::error::this is for people"):
            token = said[max(one for one in stopped if one < at)].removeprefix("::stop-commands::")
            if f"::{token}::" not in said[at:] or f"::{token}::" in said[:at]:
                sys.exit(f"what the machine says is a command\n{done}")
    expect("a rollback", machine.deploy(deployed, DIGEST, back=OTHER), 0, f"`dev` runs `{DIGEST}`.")
    if machine.read("asked") != f"dev: rollback dev {DIGEST}\ndev: status dev\n" or machine.read("input").strip():
        sys.exit(f"the machine is asked {machine.read('asked')}")
    ends = [
        (f"1 rolled back dev {BEFORE}", "runs again what it ran before"),
        ("2 refused: an `<b>image</b>`", "refused to apply"),
        ("3 busy dev", "Another deployment of dev is at work"),
        ("4 not rolled back: nobody knows", "a person must look"),
        ("5 of the future", "means nothing here"),
        (f"0 deployed dev {BEFORE}", "does not say that dev runs"),
        (f"0 deployed prod {DIGEST}", "does not say that dev runs"),
        ("0 ", "does not say that dev runs"),
    ]
    for how, words in ends:
        done = machine.deploy(how, DIGEST)
        expect(how, done, 1, words)
        if how.split(" ", 1)[1] and how.split(" ", 1)[1] in done[2] or "<b>" in done[2] or not done[2]:
            sys.exit(f"the summary of {how} has what the machine says, or nothing\n{done}")
    expect("another one that runs then", machine.deploy(deployed, BEFORE), 1, "does not say that dev runs")
    unreached = "was not reached, or does not know the key"
    expect("a stranger's key", machine.deploy(deployed, DIGEST, SSH_PRIVATE_KEY=machine.read("stranger")), 1, unreached)
    expect("another machine", machine.deploy(deployed, DIGEST, KNOWN_HOSTS=f"127.0.0.1 {machine.read('stranger.pub')}"), 1, unreached)
    expect("a machine that nobody knows", machine.deploy(deployed, DIGEST, KNOWN_HOSTS=f"192.0.2.1 {machine.read('host.pub')}"), 1,
           "gh variable set CONTROL_PLANE_KNOWN_HOSTS --env quotes-dev")
    expect("no known machine", machine.deploy(deployed, DIGEST, KNOWN_HOSTS=""), 1, "CONTROL_PLANE_KNOWN_HOSTS")
    expect("no key", machine.deploy(deployed, DIGEST, SSH_PRIVATE_KEY=""), 1, "gh secret set SSH_PRIVATE_KEY --env quotes-dev")
    for address in ["", "-oProxyCommand=id", "127.0.0.1 id", "example.com"]:
        expect(f"an address {address!r}", machine.deploy(deployed, DIGEST, ADDRESS=address), 1, "gh secret set CONTROL_PLANE_IP")
    windows = machine.read("key").replace("\n", "\r\n")
    expect("a key with the line ends of Windows", machine.deploy(deployed, DIGEST, SSH_PRIVATE_KEY=windows), 0)


if __name__ == "__main__":
    finds()
    resolves()
    chooses()
    verifies()
    never_goes_back()
    fills()
    asks()
    with tempfile.TemporaryDirectory() as scratch:
        control_plane = Deploying(scratch)
        try:
            deploys(control_plane)
        finally:
            control_plane.daemon.terminate()
            control_plane.daemon.wait()
    print("the scripts of the workflow of machines do what they should, over a real sshd")
