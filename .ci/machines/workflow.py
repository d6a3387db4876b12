"""Runs the job of the rendered workflow that deploys, step by step as GitHub does: its expressions, its shell, its files."""
import os
import re
import shutil
import subprocess

import yaml

PART = re.compile(r"'(?:[^']|'')*'|&&|\|\||==|!=|!|[()]|[A-Za-z_][\w.]*(?:\(\))?|\s+")
AS_PYTHON = {"&&": " and ", "||": " or ", "!": " not ", "==": "==", "!=": "!=", "(": "(", ")": ")"}

# kubectl is published here, and the machines have the addresses of loopback.
CURL = """#!/usr/bin/env bash
for word in "$@"; do [[ $last != --output ]] || output=$word; last=$word; done
case $last in
https://dl.k8s.io/*.sha256) sha256sum "$PUBLISHED" | cut --delimiter ' ' --fields 1 ;;
https://dl.k8s.io/*) cp "$PUBLISHED" "$output" ;;
*) exec /usr/bin/curl $MACHINES "$@" ;;
esac
"""
# The machine listens on another port of loopback, under the name that it is known by, for another user.
SSH = """#!/usr/bin/env bash
exec /usr/bin/ssh -p {port} -l {user} -o HostName=127.0.0.1 -o HostKeyAlias={known} "$@"
"""


def evaluate(text, look):
    """What an expression of GitHub's comes to."""
    parts = PART.findall(text)
    if "".join(parts) != text:
        raise SystemExit(f"nobody here reads {text}")

    def of(part):
        if part.startswith("'"):
            return repr(part[1:-1].replace("''", "'"))
        return AS_PYTHON.get(part) or (" " if part.isspace() else repr(look(part)))

    return eval("".join(map(of, parts)).strip(), {"__builtins__": {}})  # literals and what stands in AS_PYTHON


def filled(value, look):
    """A setting with its expressions."""
    return re.sub(r"\$\{\{(.*?)\}\}", lambda found: str(evaluate(found[1].strip(), look)), str(value))


class Run:
    """One run of the workflow: what it knows, and what its steps leave."""

    def __init__(self, workflow, branch, digest, back):
        self.workflow, self.jobs, self.said, self.outputs = workflow, workflow.jobs, "", {}
        event = "workflow_dispatch" if back else "push"
        self.known = {
            "github.ref": f"refs/heads/{branch}", "github.sha": workflow.commit(digest), "github.token": "token", "github.event_name": event,
            "inputs.rollback_to": back, "needs.publish.outputs.digest": "" if back else digest, "needs.find.outputs.digest": "",
            "cancelled()": False, "needs.verify.result": "success"}
        self.folder = workflow.fresh("runner")
        self.env = {
            **workflow.env, "RUNNER_TEMP": self.folder, "GITHUB_SHA": self.known["github.sha"], "GITHUB_REPOSITORY": "example-org/synth",
            "GITHUB_SERVER_URL": "https://github.com"}

    def of(self, name):
        """The value of a name in an expression. Secrets are those of the job's environment, and no others."""
        if name not in self.known:
            raise SystemExit(f"nobody here knows {name}")
        return self.known[name]

    def steps(self, job, only=None):
        """Runs the steps of a job: the name of the one that fails, or nothing."""
        given = self.jobs[job]
        environment = filled(given.get("environment", ""), self.of)
        self.known.update(self.workflow.environments.get(environment, {}))
        if "if" in given and only is None and not evaluate(given["if"].strip("${} "), self.of):
            raise SystemExit(f"{job} does not run")
        for step in given["steps"]:
            chosen = only is None or step["name"] in only
            if chosen and "run" in step and evaluate(step.get("if", "'so'"), self.of) and self.run(step):
                return step["name"]
        return None

    def run(self, step):
        files = {name: f"{self.folder}/{name.lower()}" for name in ("GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY")}
        for path in files.values():
            with open(path, "w", encoding="utf-8"):
                pass
        with open(f"{self.folder}/step.sh", "w", encoding="utf-8") as file:
            file.write(step["run"])
        env = {name: filled(value, self.of) for name, value in (step.get("env") or {}).items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", f"{self.folder}/step.sh"], cwd=self.workflow.site, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**self.env, **env, **files})
        self.said += f"-- {step['name']}\n{done.stdout}"
        self.said += self.read(files["GITHUB_STEP_SUMMARY"])
        for line in self.read(files["GITHUB_OUTPUT"]).splitlines():
            name, _, value = line.partition("=")
            self.known[f"steps.{step['id']}.outputs.{name}"] = value
        for line in self.read(files["GITHUB_PATH"]).splitlines():
            self.env["PATH"] = f"{line}:{self.env['PATH']}"
        return done.returncode

    def read(self, path):
        with open(path, encoding="utf-8") as file:
            return file.read()


class Workflow:
    """The rendered file, with what GitHub keeps for it."""

    def __init__(self, site, scratch, control_plane, addresses, environments):
        """`addresses` says where each address of a machine is here; `environments` what GitHub keeps for each."""
        self.site, self.scratch, self.environments = site, scratch, environments
        with open(f"{site}/.github/workflows/ci-cd.yaml", encoding="utf-8") as file:
            self.jobs = yaml.safe_load(file)["jobs"]
        os.makedirs(f"{scratch}/bin")
        known = next(iter(environments.values()))["secrets.CONTROL_PLANE_IP"]
        ssh = SSH.format(port=control_plane.port, user=control_plane.user, known=known)
        # GitHub knows of no deployment before this one.
        for name, text in {"curl": CURL, "ssh": ssh, "gh": "#!/bin/sh\n"}.items():
            with open(f"{scratch}/bin/{name}", "w", encoding="utf-8") as file:
                file.write(text)
            os.chmod(f"{scratch}/bin/{name}", 0o755)
        self.env = {
            "HOME": scratch, "LANG": "C.UTF-8", "PATH": f"{scratch}/bin:/usr/local/bin:/usr/bin:/bin",
            "PUBLISHED": f"{control_plane.cluster.programs}/kubectl",
            "MACHINES": " ".join(f"--connect-to {address}::{here}:" for address, here in addresses.items())}

    def fresh(self, name):
        shutil.rmtree(f"{self.scratch}/{name}", ignore_errors=True)
        os.makedirs(f"{self.scratch}/{name}")
        return f"{self.scratch}/{name}"

    def commit(self, digest):
        """The commit that an image is of."""
        return digest.removeprefix("sha256:")[:40]

    def deploys(self, branch, digest, back="", fails=None, says=()):
        """A push to a branch whose image has a digest, or a person who goes back: it ends well, or in the step that fails."""
        run = Run(self, branch, digest, back)
        failed = run.steps("verify", only=["Choose the image"])
        if failed is None:
            run.known["needs.verify.outputs.digest"] = filled(self.jobs["verify"]["outputs"]["digest"], run.of)
            failed = run.steps("deploy")
        if failed != fails or any(words not in run.said for words in says):
            raise SystemExit(f"{branch}: {digest}{back} ended in {failed}, not in {fails}, without {says}\n{run.said}")
        return run

    def fills(self, branch, digest):
        """What the machine is given."""
        run = Run(self, branch, digest, "")
        run.known["needs.verify.outputs.digest"] = digest
        failed = run.steps("deploy", only=["Install kubectl", "Fill in the overlay"])
        if failed:
            raise SystemExit(f"{branch}: {failed}\n{run.said}")
        return run.read(f"{run.folder}/manifests.yaml")
