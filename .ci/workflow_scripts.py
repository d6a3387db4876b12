"""Runs scripts of the rendered workflows against imitations of the programs that they call.

usage: workflow_scripts.py   (in the root of the repository; it needs bash and jq)

A script is told what the imitation answers, and must end as it should and say what it should.
"""
import json
import os
import subprocess
import sys
import tempfile

# Answers with what stands in the file that is named after the words of the call; a call without one fails.
IMITATION = r"""#!/usr/bin/env bash
printf '%s\n' "$*" >> "$CALLS"
for answer in "$ANSWERS"/*; do
  [[ "$(basename "$0") $*" == $(basename "$answer" | tr '+' '*' | tr '|' '/') ]] || continue
  cat "$answer"
  exit
done
echo "no answer to: $(basename "$0") $*" >&2
exit 254
"""


def run(script, settings, answers):
    """The exit code, what was said, the job's summary and the calls."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ["answers", "bin"]:
            os.mkdir(f"{folder}/{name}")
        for pattern, answer in answers.items():
            with open(f"{folder}/answers/{pattern.replace('*', '+').replace('/', '|')}", "w", encoding="utf-8") as file:
                file.write(answer if isinstance(answer, str) else json.dumps(answer))
        for program in ["aws", "gh", "sleep"]:
            with open(f"{folder}/bin/{program}", "w", encoding="utf-8") as file:
                file.write(IMITATION if program != "sleep" else "#!/bin/sh\n")
            os.chmod(f"{folder}/bin/{program}", 0o755)
        # GitHub's own way to run a step that names bash.
        words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", os.path.abspath(f"templates/workflow/{script}.sh")]
        done = subprocess.run(words, cwd=folder, check=False, capture_output=True, text=True, env={
            **os.environ, **settings, "PATH": f"{folder}/bin:{os.environ['PATH']}", "ANSWERS": f"{folder}/answers",
            "CALLS": f"{folder}/calls", "GITHUB_STEP_SUMMARY": f"{folder}/summary", "GITHUB_REPOSITORY": "acme/quotes"})
        summary, calls = (open(path, encoding="utf-8").read() if os.path.exists(path) else ""
                          for path in [f"{folder}/summary", f"{folder}/calls"])
        return done.returncode, done.stdout + done.stderr, summary, calls


def expect(what, done, code, *said):
    """Ends with an error if a script did not do what it should."""
    text = "\n".join(map(str, done))
    if done[0] != code or any(words not in text for words in said):
        sys.exit(f"{what}: not {code} with {said}\n{text}")


BY_DESIGN = """data Database AllocatedStorage 500 RDS adds storage
service ListenerRule Actions - ECS moves the traffic
"""


def drift(state, changes=(), status="DETECTION_COMPLETE", reason=None, deleted=()):
    """What the detection of one stack comes to."""
    changed = [{"LogicalResourceId": resource, "ResourceType": "AWS::T", "StackResourceDriftStatus": "MODIFIED",
                "PropertyDifferences": [{"PropertyPath": path, "ExpectedValue": was, "ActualValue": now}]}
               for resource, path, was, now in changes]
    gone = [{"LogicalResourceId": one, "ResourceType": "AWS::T", "StackResourceDriftStatus": "DELETED"}
            for one in deleted]
    return {
        "aws cloudformation detect-stack-drift *": "id-1\n",
        "aws cloudformation describe-stack-drift-detection-status *": {
            "DetectionStatus": status, "StackDriftStatus": state, "DetectionStatusReason": reason},
        "aws cloudformation describe-stack-resource-drifts *": {"StackResourceDrifts": changed + gone},
    }


def look(stack, answers):
    return run("detect-drift", {"STACKS": f"{stack}\n", "BY_DESIGN": BY_DESIGN}, answers)


def drifts():
    """Only what services change by themselves, as far as they may, and only a whole look is no failure."""
    expect("in sync", look("data", drift("IN_SYNC")), 0, "### data: IN_SYNC")
    grown = [("Database", "/AllocatedStorage", "50", "120")]
    expect("storage that grew", look("data", drift("DRIFTED", grown)), 0, "| 50 | 120 | RDS adds storage |")
    expect("the same of another stack", look("other", drift("DRIFTED", grown)), 1, "not what they should be: other")
    for now in ["600", "20", "much"]:
        changes = [("Database", "/AllocatedStorage", "50", now)]
        expect(f"storage of {now}", look("data", drift("DRIFTED", changes)), 1, "not what they should be: data")
    weights = [("ListenerRule", "/Actions/0/ForwardConfig/TargetGroups/0/Weight", "100", "0")]
    expect("weights", look("service", drift("DRIFTED", weights)), 0, "ECS moves the traffic")
    other = [("ListenerRule", "/ActionsToo", "1", "2")]
    expect("a property that begins so", look("service", drift("DRIFTED", other)), 1)
    expect("both", look("service", drift("DRIFTED", weights + other)), 1, "ECS moves the traffic", "/ActionsToo")
    expect("a rule that is gone", look("service", drift("DRIFTED", deleted=["ListenerRule"])), 1, "DELETED")
    expect("drift without a difference", look("service", drift("DRIFTED")), 1)
    failed = drift("IN_SYNC", status="DETECTION_FAILED", reason="no right to read Queue")
    expect("a look that failed in part", look("data", failed), 1, "as a whole: data", "no right to read Queue")
    expect("a state of the future", look("data", drift("UNKNOWN")), 1, "as a whole: data")
    expect("a stack that is not there", look("data", {}), 1, "as a whole: data")


def await_templates(runs, ended="in_progress", jobs=()):
    """How a release of a commit goes on, where GitHub tells of these runs of `infra` and of these jobs of the newest."""
    api, runs = "gh api repos/acme/quotes/actions", [str(run) for run in runs]
    answers = {
        f"{api}/workflows/infra.yml/runs?head_sha=abc&per_page=100 *": "".join(f"{run}\n" for run in runs),
        f"{api}/runs/7 *": f"{ended}\n",
        f"{api}/runs/7/jobs*": {"jobs": [
            {"name": name, "status": status, "conclusion": conclusion} for name, status, conclusion in jobs]},
    }
    settings = {"COMMIT": "abc", "JOB": "Deploy to prod", "WORKFLOW": "infra.yml", "GITHUB_SERVER_URL": "https://github.com"}
    return run("await-templates", settings, answers)


def orders():
    """A release comes after the stacks of its commit, or says why not."""
    ours, other = "Deploy to prod / Deploy", ("Deploy to dev / Deploy", "completed", "failure")
    expect("no templates", await_templates([]), 0, "changes no template")
    done = await_templates([7], jobs=[other, (ours, "completed", "success")])
    expect("stacks that are there while the rest goes on", done, 0, "are deployed")
    failed = await_templates([7], jobs=[(ours, "completed", "failure")])
    expect("stacks that failed", failed, 1, "not deployed here", "completed failure", "actions/runs/7")
    waiting = await_templates([7], jobs=[(ours, "waiting", None)])
    expect("an approval that does not come", waiting, 1, "may wait for an approval", "is waiting")
    expect("a job that is not there yet", await_templates([7], jobs=[other]), 1, "is not there")
    ended = await_templates([7], ended="completed", jobs=[other])
    expect("a job that never came", ended, 1, "not deployed here")
    if ended[3].count("jobs") != 1:
        sys.exit("it waits for a run that has ended")


drifts()
orders()
print("the scripts of the workflows do what they should")
