"""Runs steps of rendered workflows, and `deploy.sh`, against a cluster, with imitations of `aws`, `gh` and `curl`."""
import os
import shutil
import subprocess

import yaml

from objects import of_text
from older import older

# Answers what the scripts ask AWS: who they are, what stacks have made, and which image a tag is.
AWS = r"""#!/usr/bin/env bash
case "$*" in
"sts get-caller-identity"*) echo "$ACCOUNT" ;;
"eks describe-cluster"*) echo ACTIVE ;;
"eks update-kubeconfig"*) cp "$OPERATOR" "$KUBECONFIG" ;;
"cloudformation describe-stacks"*AccessLogsBucketName*) echo logs-of-balancers ;;
"cloudformation describe-stacks"*FirewallArn*) echo arn:aws:wafv2:us-east-1:111122223333:regional/webacl/firewall/1 ;;
"cloudformation describe-stacks"*OutputKey*) sed "s/.*OutputKey *== *'\([A-Za-z]*\)'.*/made-\1/" <<<"$*" ;;
"cloudformation describe-stacks"*StackStatus*) echo UPDATE_COMPLETE ;;
"cloudformation describe-stacks"* | "cloudformation deploy"* | "cloudformation update-termination-protection"*) ;;
"ecr describe-images"*imageDigest*) echo "$DIGEST_OF_TAG" ;;
"ecr describe-images"* | "ecr batch-get-image"* | "ecr put-image"*) echo '{}' ;;
"elbv2 describe-load-balancers"*) echo arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/entry/1 ;;
"elbv2 describe-target-groups"*) echo arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/pods/1 ;;
*) echo "no answer to: aws $*" >&2 && exit 254 ;;
esac
"""
# A minute of the pods is two seconds here, so that what they wait for can be waited for.
SHORTENED = [("minReadySeconds: 10", "minReadySeconds: 2"), ("progressDeadlineSeconds: 300", "progressDeadlineSeconds: 15")]


class Pipeline:
    """What is rendered into a repository, as the older cluster takes it."""

    def __init__(self, site, scratch, system, programs, operator):
        self.site, self.scratch, self.system = f"{scratch}/site", scratch, system
        self.said, self.env = [], {
            **os.environ, "PATH": f"{scratch}/bin:{programs}:{os.environ['PATH']}", "OPERATOR": operator,
            "ACCOUNT": "111122223333", "GITHUB_REPOSITORY": "acme/predictor"}
        for part in ("out", ".github"):
            shutil.copytree(f"{site}/{part}", f"{self.site}/{part}")
        os.mkdir(f"{scratch}/bin")
        for name, text in (("aws", AWS), ("gh", "#!/bin/sh\necho ahead\n"), ("curl", "#!/bin/sh\n")):
            with open(f"{scratch}/bin/{name}", "w", encoding="utf-8") as file:
                file.write(text)
            os.chmod(f"{scratch}/bin/{name}", 0o755)
        for folder, _, files in os.walk(f"{self.site}/out/{system}"):
            for name in files if folder.endswith("/k8s") else ():
                self.make_older(f"{folder}/{name}")

    def make_older(self, path):
        with open(path, encoding="utf-8") as file:
            objects, said = zip(*(older(it) for it in of_text(file.read())))
        self.said += [line for lines in said for line in lines]
        text = yaml.safe_dump_all(objects, sort_keys=False)
        for long, short in SHORTENED:
            text = text.replace(long, short)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def run(self, words, code, says, env, cwd):
        done = subprocess.run(
            words, cwd=cwd, env={**self.env, **env}, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        said = done.stdout + done.stderr
        for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"):
            if os.path.exists(env.get(name, "")):
                with open(env[name], encoding="utf-8") as file:
                    said += file.read()
        missing = [text for text in says if text not in said]
        if done.returncode != code or missing:
            raise SystemExit(f"{' '.join(words)[-200:]}: ended with {done.returncode}, not {code}; without {missing}\n{said}")
        return said

    def script(self, *words, digest="", tag="", code=0, says=()):
        """`deploy.sh` of the system."""
        env = {"DIGEST_OF_TAG": digest, **({"IMAGE_TAG": tag} if tag else {})}
        path = f"{self.site}/out/{self.system}/deploy.sh"
        return self.run(["bash", path, *words], code, says, env, self.site)

    def workflow(self, name):
        """Its jobs."""
        with open(f"{self.site}/.github/workflows/{self.system}-{name}.yml", encoding="utf-8") as file:
            return yaml.safe_load(file)["jobs"]

    def found(self, workflow, name):
        jobs = self.workflow(workflow).values()
        return next(step for job in jobs for step in job.get("steps") or [] if step["name"] == name)

    def step(self, workflow, name, config, code=0, says=(), **given):
        """A step, as GitHub runs it; what its expressions come to is given."""
        step = self.found(workflow, name)
        literal = {key: str(value) for key, value in (step.get("env") or {}).items() if "${{" not in str(value)}
        open_ = set(step.get("env") or {}) - set(literal) - set(given)
        if open_:
            raise SystemExit(f"{workflow}: {name} takes {sorted(open_)} too")
        summary, output = f"{self.scratch}/summary", f"{self.scratch}/output"
        for path in (summary, output):
            with open(path, "w", encoding="utf-8"):
                pass
        with open(f"{self.scratch}/step.sh", "w", encoding="utf-8") as file:
            file.write(step["run"])
        env = {**literal, **given, "KUBECONFIG": config, "RUNNER_TEMP": f"{self.scratch}/runner",
               "GITHUB_STEP_SUMMARY": summary, "GITHUB_OUTPUT": output}
        os.makedirs(env["RUNNER_TEMP"], exist_ok=True)
        words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", f"{self.scratch}/step.sh"]
        return self.run(words, code, says, env, self.site)

    def outputs(self, environment):
        """What the call of a release gives: the placeholders and where their values come from."""
        return self.workflow("ci-cd")[f"deploy-{environment}"]["with"]["outputs"]
