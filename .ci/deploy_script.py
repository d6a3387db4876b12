"""Deploys a system with its own `deploy.sh` and the real AWS CLI, as a person would: set up, release, roll back."""
import contextlib
import json
import subprocess
import threading
import time

import without

MANIFEST = json.dumps({
    "schemaVersion": 2,
    "mediaType": "application/vnd.oci.image.manifest.v1+json",
    "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "size": 2, "digest": "sha256:" + "44136fa3" * 8},
    "layers": [],
})


class Script:
    """The script of a system, beside templates that the target takes."""

    def __init__(self, folder, system, person):
        self.folder, self.system, self.person, self.aws = folder, system, person, person.aws

    def shifts_traffic(self):
        """Whether a release is a deployment of CodeDeploy's."""
        with open(f"{self.folder}/deploy.sh", encoding="utf-8") as file:
            return "aws deploy create-deployment" in file.read()

    def run(self, *words, tag=None, code=0, says=(), account=None):
        """Runs it; what it says and how it ends must be as expected."""
        env = self.person.env if tag is None else {**self.person.env, "IMAGE_TAG": tag}
        # The key is the account, where the target takes any.
        env = env if account is None else {**env, "AWS_ACCESS_KEY_ID": account}
        done = subprocess.run(
            ["bash", f"{self.folder}/deploy.sh", *words],
            env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        said = done.stdout + done.stderr
        missing = [text for text in says if text not in said]
        if done.returncode != code or missing:
            raise SystemExit(f"deploy.sh {' '.join(words)}: exit code {done.returncode}, not {code}; without {missing}\n{said}")
        return said

    def wedge(self, name):
        """Leaves a stack as a first deployment does that failed."""
        broken = {"Resources": {
            "First": {"Type": "AWS::SNS::Topic"},
            "Second": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": {"Fn::GetAtt": ["First", "Nothing"]}}},
        }}
        self.aws("cloudformation", "create-stack", "--stack-name", name, "--template-body", json.dumps(broken))
        for _ in range(60):
            words = ["--stack-name", name, "--query", "Stacks[0].StackStatus", "--output", "text"]
            state = self.aws("cloudformation", "describe-stacks", *words).strip()
            if state == "ROLLBACK_COMPLETE":
                return
            time.sleep(0.5)
        raise SystemExit(f"{name} is {state}, where a first deployment failed")

    def publish(self, tag, manifest):
        """An image in the registry; its digest."""
        words = ["--repository-name", self.system, "--image-tag", tag, "--image-manifest", manifest]
        return json.loads(self.aws("ecr", "put-image", *words))["image"]["imageId"]["imageDigest"]

    @contextlib.contextmanager
    def migrations_end(self, environment):
        """The target starts tasks that run for ever; each ends here as soon as it is seen, with the exit code 0."""
        cluster, done = f"{self.system}-{environment}", threading.Event()

        def end():
            while not done.wait(1):
                words = ["--cluster", cluster, "--family", f"{cluster}-migration", "--desired-status", "RUNNING"]
                for task in json.loads(self.aws("ecs", "list-tasks", *words))["taskArns"]:
                    self.aws("ecs", "stop-task", "--cluster", cluster, "--task", task)

        thread = threading.Thread(target=end)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def endanger(self, environment):
        """Gives the service's log group another name, which replaces it."""
        path = f"{self.folder}/{environment}/service.template.json"
        with open(path, encoding="utf-8") as file:
            before = file.read()
        template = json.loads(before)
        for it in template["Resources"].values():
            if it["Type"] == "AWS::Logs::LogGroup":
                it["Properties"]["LogGroupName"] += "/moved"
        without.dump(template, path)
        return path, before


def try_out(script, environment):
    """The life of an environment."""
    first = f"{script.system}-{environment}-"
    script.run("setup", environment, account="999988887777", code=1, says=["signed in to the account 999988887777"])
    script.wedge(f"{first}bootstrap")
    script.run("setup", environment, code=1, says=["it never came to be", "is left as it was"])
    script.run("setup", environment, "--yes", says=[f"{first}bootstrap", f"{first}observability"])
    script.run("setup", environment, says=["nothing changes"])
    old = script.publish("abc1234", MANIFEST)
    new = script.publish("def5678", MANIFEST + "\n")
    with script.migrations_end(environment):
        script.run("deploy", environment, "--yes", tag=f"{script.system}:abc1234", says=[old, "updated", "deployed-"])
        script.run("deploy", environment, "--yes", tag="def5678", says=[new, f"@{new}"])
    script.run("deploy", environment, tag="none-such", code=1, says=["abc1234", "no image with the tag none-such"])
    script.run("rollback", environment, code=2, says=["give IMAGE_TAG"])
    script.run("rollback", environment, "--yes", tag="abc1234", says=[f"@{old}"])
    path, before = script.endanger(environment)
    script.run("deploy", environment, code=1, says=["AWS::Logs::LogGroup", "is left as it was"])
    with open(path, "w", encoding="utf-8") as file:
        file.write(before)
    script.run("status", environment, says=[f"{first}service\tUPDATE_COMPLETE", f"@{old}", "abc1234"])
