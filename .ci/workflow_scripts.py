"""Runs scripts of the rendered workflows against imitations of the programs that they call.

usage: workflow_scripts.py   (in the root of the repository; it needs bash and jq)

A script is told what the imitation answers, and must end as it should and say what it should.
"""
import json
import os
import subprocess
import sys
import tempfile

# Answers with what stands in the file that is named after the words of the call; a call without one fails. A name that begins
# with `1 ` is good for one call, and an answer that begins with `!` is a failure.
IMITATION = r"""#!/usr/bin/env bash
printf '%s\n' "$*" >> "$CALLS"
for answer in "$ANSWERS"/*; do
  [[ -e $answer && "$(basename "$0") $*" == $(basename "$answer" | sed 's/^1 //' | tr '+' '*' | tr '|' '/') ]] || continue
  text=$(cat "$answer")
  [[ $(basename "$answer") != 1\ * ]] || rm "$answer"
  printf '%s\n' "$text"
  [[ $text != \!* ]] || exit 1
  exit
done
echo "no answer to: $(basename "$0") $*" >&2
exit 254
"""


def run(script, settings, answers, files=(), programs=()):
    """The exit code, what was said, the job's summary, the calls, the step's outputs, and what it leaves in the runner's folder."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ["answers", "bin"]:
            os.mkdir(f"{folder}/{name}")
        for pattern, answer in answers.items():
            with open(f"{folder}/answers/{pattern.replace('*', '+').replace('/', '|')}", "w", encoding="utf-8") as file:
                file.write(answer if isinstance(answer, str) else json.dumps(answer))
        for name, text in dict(files).items():
            os.makedirs(os.path.dirname(f"{folder}/{name}"), exist_ok=True)
            with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
                file.write(text)
        imitated = ["aws", "gh", "kubectl", "curl", "docker", "skopeo", "kind", "sudo", "ab", "cosign"]
        for program, text in {**dict.fromkeys(imitated, IMITATION), "sleep": "#!/bin/sh\n", **dict(programs)}.items():
            with open(f"{folder}/bin/{program}", "w", encoding="utf-8") as file:
                file.write(text)
            os.chmod(f"{folder}/bin/{program}", 0o755)
        # GitHub's own way to run a step that names bash.
        words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", os.path.abspath(f"templates/workflow/{script}.sh")]
        done = subprocess.run(words, cwd=folder, check=False, capture_output=True, text=True, env={
            **os.environ, **settings, "PATH": f"{folder}/bin:{os.environ['PATH']}", "ANSWERS": f"{folder}/answers",
            "CALLS": f"{folder}/calls", "RUNNER_TEMP": folder, "GITHUB_STEP_SUMMARY": f"{folder}/summary", "GITHUB_REPOSITORY": "acme/quotes",
            "GITHUB_OUTPUT": f"{folder}/outputs"})
        summary, calls, outputs = (open(path, encoding="utf-8").read() if os.path.exists(path) else ""
                                   for path in [f"{folder}/{name}" for name in ["summary", "calls", "outputs"]])
        return done.returncode, done.stdout + done.stderr, summary, calls, outputs, sorted(os.listdir(folder))


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


POD = {"NAME": "quotes", "NAMESPACE": "quotes"}
MANIFESTS = {
    "k8s/40-configmap.yaml": "kind: ConfigMap\ndata: {bucket: '${network.Bucket}'}\n",
    "k8s/65-deployment.yaml": "kind: Deployment\nimage: 'quotes@${image.digest}'\nversion: '${image.tag}'\n",
}
OUTPUT = {"aws cloudformation describe-stacks --stack-name net *": "the-bucket\n"}
GET = "kubectl get deployment quotes --namespace quotes --ignore-not-found"


def running(digest, tag):
    """A Deployment as the cluster has it."""
    containers = [{"name": "sidecar", "image": "sidecar@sha256:1"}, {"name": "quotes", "image": f"quotes@{digest}"}]
    return {"metadata": {"labels": {"app.kubernetes.io/version": tag}}, "spec": {"template": {"spec": {"containers": containers}}}}


def filled(digest="", there="", outputs="${network.Bucket} net Bucket\n", answers=()):
    """The step that fills, where a Deployment is there or not."""
    settings = {**POD, "DIGEST": digest, "TAG": "abc" if digest else "", "FOLDER": "k8s", "OUTPUTS": outputs}
    return run("fill-manifests", settings, {f"{GET} --output json": there, **OUTPUT, **dict(answers)}, MANIFESTS)


def fills():
    """What is only known now goes in; what is not known is an error, but for the first image."""
    expect("a release", filled("sha256:2"), 0)
    expect("no image yet", filled(), 0, "65-deployment.yaml waits for the first image")
    kept = filled(there=running("sha256:7", "old"))
    expect("the image that runs", kept, 0)
    if "waits" in kept[1]:
        sys.exit(f"the image that runs is not kept\n{kept}")
    expect("no such output", filled("sha256:2", answers={"aws cloudformation describe-stacks --stack-name net *": "None\n"}), 1, "no output Bucket")
    expect("a placeholder of nobody's", filled("sha256:2", outputs=""), 1, "40-configmap.yaml has a placeholder that nothing fills: ${network.Bucket}")


def applied(before, now, answers):
    """The step that applies, where the cluster had one Deployment and then has another."""
    files = {"manifests/65-deployment.yaml": "image: quotes@sha256:2\nversion: new\n"}
    settings = {**POD, "FILES": "65-deployment.yaml 70-horizontalpodautoscaler.yaml"}
    had = {f"1 {GET} --output json": before} if before else {}
    return run("apply-manifests", settings, {**had, f"{GET} --output json": now or "", "kubectl apply --server-side --field-manager synth *": "applied\n", **answers}, files)


def applies():
    """Pods that do not get ready are a failure, and so is a refusal; what an environment has not is not applied."""
    rolled = {"kubectl rollout status *": "rolled out\n"}
    done = applied(None, running("sha256:2", "new"), rolled)
    expect("pods that get ready", done, 0, "rolled out")
    if "70-horizontalpodautoscaler" in done[3]:
        sys.exit(f"what is not there is applied\n{done}")
    expect("no image yet", applied(None, None, rolled), 0, "there is no image yet")
    expect("pods that do not, and nothing to go back to", applied(None, running("sha256:2", "new"), {}), 1, "no other image to go back to")
    new, old = running("sha256:2", "new"), running("sha256:1", "old")
    stuck = {"1 kubectl rollout status *": "!not yet"}
    back = applied(old, new, {**stuck, **rolled})
    expect("pods that do not, and the image before", back, 1, "it goes back to old", "rollback=done")
    expect("the image before does not either", applied(old, new, stuck), 254, "rollback=failed")
    for what, one in [("a release", done), ("no way back", applied(None, new, {}))]:
        if one[4] != "rollback=nowhere\n":
            sys.exit(f"{what} is said to have gone back\n{one}")
    refused = run("diff-manifests", {"FILES": "a.yaml"}, {}, {"manifests/a.yaml": "kind: Job"})
    expect("a change that is refused", refused, 254, "deleted and made anew")


def verified(*pods):
    """How the look at pods ends, which are their images and whether they are on their way out."""
    items = [{"metadata": {"deletionTimestamp": "now"} if going else {}, "status": {"containerStatuses": [
        {"name": "quotes", "imageID": f"quotes@{digest}"}, {"name": "sidecar", "imageID": "sidecar@sha256:1"}]}} for digest, going in pods]
    settings = {**POD, "DIGEST": "sha256:2", "DIGESTS": '["sha256:2","sha256:3"]'}
    return run("verify-pods", settings, {"kubectl get pods *": {"items": items}})


def verifies():
    """Every pod runs the digest or a platform of it, but those that go."""
    expect("the digest and a platform of it", verified(("sha256:2", False), ("sha256:3", False)), 0, "run `sha256:2`")
    expect("an old one that goes", verified(("sha256:2", False), ("sha256:1", True)), 0)
    expect("an old one that stays", verified(("sha256:2", False), ("sha256:1", False)), 1, "do not run sha256:2", "attempt 30")
    expect("no pod", verified(), 1)


def newer_runs(version, status):
    answers = {f"{GET} *": version, f"gh api repos/acme/quotes/compare/{version}...{'b' * 40} *": status}
    return run("refuse-older-pods", {**POD, "COMMIT": "b" * 40}, answers)


def never_goes_back():
    """A release of an older commit is refused; one that GitHub does not know is none."""
    expect("a newer one runs", newer_runs("a" * 40, "behind"), 1, "a release never goes back")
    expect("an older one runs", newer_runs("a" * 40, "ahead"), 0)
    expect("nothing runs", newer_runs("", "behind"), 0, "runs no commit yet")
    unknown = run("refuse-older-pods", {**POD, "COMMIT": "b" * 40}, {f"{GET} *": "a" * 40})
    expect("a commit that is gone", unknown, 0, "is unknown")


def watched(known, host="entry.example.com"):
    """The step that tells the alarms which load balancer there is."""
    answers = {
        "kubectl get ingress quotes *": host,
        "aws elbv2 describe-load-balancers *": "arn:aws:elasticloadbalancing:r:1:loadbalancer/app/e/1\n",
        "aws elbv2 describe-target-groups *": "arn:aws:elasticloadbalancing:r:1:targetgroup/p/1\n",
        "aws cloudformation describe-stacks *": [{"ParameterKey": key, "ParameterValue": value} for key, value in known.items()],
        "aws cloudformation get-template *": {"Resources": {}}, "aws cloudformation deploy *": "deployed\n"}
    settings = {**POD, "STACK": "watching", "LOAD_BALANCER": "Balancer", "TARGET_GROUP": "Group", "EXECUTION_ROLE": "arn:role"}
    return run("watch-entry", settings, answers)


def watches():
    """The alarms learn a new load balancer, and are left alone otherwise."""
    expect("a new one", watched({"Balancer": "none", "Group": "none"}), 0, "deployed", "Balancer=app/e/1 Group=targetgroup/p/1")
    same = watched({"Balancer": "app/e/1", "Group": "targetgroup/p/1"})
    expect("the same", same, 0, "look at app/e/1 already")
    if "cloudformation deploy" in same[3]:
        sys.exit(f"it deploys what is there\n{same}")
    expect("none", watched({}, host=""), 1, "has no load balancer")


def looks():
    """Whoever asks the service learns its name from the cluster where it has none; a report never fails."""
    asks = {"kubectl get ingress quotes *": "entry.example.com", "curl * http://entry.example.com/health": "ok\n"}
    expect("without a name of its own", run("smoke-pods", {**POD, "URL": "", "PATHS": "/health"}, asks), 0, "ok")
    named = {"curl * https://quotes.acme.dev/health": "ok\n"}
    expect("with one", run("smoke-pods", {**POD, "URL": "https://quotes.acme.dev", "PATHS": "/health"}, named), 0, "ok")
    expect("one that does not answer", run("smoke-pods", {**POD, "URL": "https://quotes.acme.dev", "PATHS": "/other"}, named), 254)
    expect("a report of nothing", run("report-pods", {**POD, "PRIVATE": "false"}, {}), 0, "### Pods of quotes")


def told(event, results, webhook="https://hooks.slack.com/services/T0/B0/secret", rollback=None):
    """What a channel is told, where jobs ended so, and went back so."""
    outputs = {"digest": "$(id)", **({"rollback": rollback} if rollback else {})}
    jobs = {name: {"result": result, "outputs": outputs} for name, result in results.items()}
    settings = {
        "JOBS": json.dumps(jobs), "SYSTEM": "quotes", "ENVIRONMENT": "notices", "WEBHOOK": webhook, "GITHUB_EVENT_NAME": event,
        "GITHUB_SHA": "c" * 40, "GITHUB_RUN_NUMBER": "7", "GITHUB_RUN_ID": "70", "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_HEAD_REF": "a-branch", "GITHUB_ACTOR": "mallory"}
    done = run("tell", settings, {"curl --config *": "ok"})
    if "secret" in done[3] or "$(id)" in done[3] or "mallory" in done[3] or "a-branch" in done[3]:
        sys.exit(f"a channel is told what somebody wrote, or a command shows the secret\n{done}")
    return done


def tells():
    """A release, a rollback, and what became of either, in words that nobody else chose."""
    at = "Run 7: https://github.com/acme/quotes/actions/runs/70"
    fine = {"build": "success", "deploy-prod": "success", "rollback-prod": "skipped"}
    expect("a release", told("push", fine), 0, f"quotes: release of {'c' * 12} succeeded. {at}")
    failed = {"build": "success", "deploy-prod": "failure", "rollback-prod": "skipped"}
    expect("a release that failed", told("push", failed), 0, "failed in deploy-prod. Run 7")
    expect("one that went back", told("push", failed, rollback="done"), 0,
           "failed in deploy-prod and was rolled back: what ran before runs again. Run 7")
    expect("one that could not", told("push", failed, rollback="failed"), 0,
           "failed in deploy-prod, and what ran before does not run again: look at it now. Run 7")
    expect("a word of somebody's", told("push", failed, rollback="done; mallory"), 0, "failed in deploy-prod. Run 7")
    early = {"test": "failure", "build": "skipped", "deploy-prod": "skipped"}
    expect("a commit that fails its tests", told("push", early), 0, "failed in test. Run 7")
    stopped = {"build": "success", "deploy-prod": "cancelled"}
    expect("a release that was stopped", told("push", stopped), 0, "was cancelled in deploy-prod. Run 7")
    back = {"build": "skipped", "deploy-prod": "skipped", "rollback-prod": "success"}
    done = told("workflow_dispatch", back)
    expect("a rollback", done, 0, f"quotes: rollback succeeded: rollback-prod. {at}")
    if "c" * 12 in done[3]:
        sys.exit(f"a rollback is told as one of the branch's commit\n{done}")
    expect("a rollback that failed", told("workflow_dispatch", {"rollback-prod": "failure"}), 0, "rollback failed in rollback-prod.")
    for address in ["", "https://example.com/services/T0", 'https://hooks.slack.com/"\nurl = "file:///etc/passwd']:
        expect("no address of Slack's", told("push", fine, address), 1, "nobody is told", "--env notices")


def found(*results):
    sarif = {"runs": [{"results": [{"ruleId": rule, "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}}}]}
                                   for rule, uri in results]}]}
    return run("refuse-findings", {"FINDINGS": "x/findings.sarif"}, {}, {"x/findings.sarif": json.dumps(sarif)})


def refuses():
    """What is grave stops a change, and so does a scan without a result."""
    expect("nothing", found(), 0, "findings.sarif: 0")
    expect("one", found(("CVE-2026-1", "Cargo.lock")), 1, "- `CVE-2026-1` in `Cargo.lock`", "1 grave findings")
    expect("a name that is more than one", found(("CVE-2026-1", "a`<b>\nc")), 1, "in `a??b??c`")
    expect("no file", run("refuse-findings", {"FINDINGS": "x"}, {}), 2)


IMAGE = {"PORT": "8000", "HEALTH": "/health"}


def started(answers):
    settings = {**IMAGE, "CPUS": "0.5", "MEMORY": "1024m", "SETTINGS": "PORT=8000\nWORDS=two words",
                "SECRETS": "/run/secrets/prod one two"}
    done = {"skopeo copy oci:image docker-archive:*": "", "docker load *": "", "docker run *": "id\n"}
    return run("start-image", settings, {**done, **answers})


def attacked(code, open_="1F40", state="true 0"):
    """How the scan ends where all requests are answered so, and the container has these ports open."""
    answers = {
        "curl --silent --output *": code, "docker inspect --format *State.Pid*": "7", "docker inspect --format *Running*": state,
        "sudo cat */proc/7/net/tcp*": "sl local rem st\n" + "".join(f"0: 00000000:{port} 00000000:0000 0A\n" for port in open_.split())
        + "1: 0100007F:9999 00000000:0000 01\n", "curl --fail *": "ok"}
    return run("try-attacks", IMAGE, answers)


def tries():
    """An image runs with few rights and within its limits, answers, refuses, and stops by itself."""
    done = started({"curl --fail *http://127.0.0.1:8000/health": "ok"})
    expect("an image", done, 0, "--read-only", "--cap-drop ALL", "--user 1000:1000", "--cpus 0.5 --memory 1024m",
           "--env PORT=8000 --env WORDS=two words", "/given/run/secrets/prod:/run/secrets/prod:ro")
    expect("one that does not start", started({}), 1, "does not answer on /health")
    asks = {"curl --fail *http://127.0.0.1:8000/health": "", "docker image inspect *": "1000:1000\n"}
    ask = {**IMAGE, "PATHS": "/health"}
    expect("its paths", run("ask-image", ask, asks, {"./answer": "ok"}), 0, "/health")
    expect("root", run("ask-image", ask, {**asks, "docker image inspect *": "\n"}, {"./answer": "ok"}), 1, "runs as root")
    expect("a path that fails", run("ask-image", {**ask, "PATHS": "/other"}, asks, {"./answer": "ok"}), 254)
    expect("strangers", attacked("404"), 0, "disguised: 404")
    expect("connections that are closed", attacked("000"), 0)
    for code in ["200", "302", "500"]:
        expect(f"strangers who get {code}", attacked(code), 1, f"is answered with {code}")
    expect("another port", attacked("404", open_="1F40 2382"), 1, "port 9090 is open, too")
    expect("a service that was started again", attacked("404", state="true 1"), 1)
    stop = {"docker stop *": "trial"}
    expect("a stop", run("stop-image", {}, {**stop, "docker inspect *": "0 false"}), 0)
    expect("one by force", run("stop-image", {}, {**stop, "docker inspect *": "137 false"}), 1, "137 false")


def crowded(code, state="true 0"):
    """How one client fares while many ask, and whether the container is there after them."""
    answers = {"ab *": "", "curl --silent --output *": code, "curl --fail *": "ok", "docker inspect *": state}
    return run("overload-image", IMAGE, answers)


def crowds():
    """A crowd is served or refused, and stops nothing."""
    expect("some served", crowded("200"), 0, "- 200: ")
    expect("all refused", crowded("503"), 0, "- 503: ")
    for code in ["500", "000"]:
        expect(f"some with {code}", crowded(code), 1, f"- {code}: ", "answers other than 200 and 503")
    expect("a container that was stopped", crowded("503", "true 1"), 1, "or stops it")


def brought(files, answers=(), node=""):
    """The manifests on a cluster of kind's."""
    settings = {**POD, "FOLDER": "k8s", "PORT": "8000", "PATHS": "/health", "SECRETS": "quotes-prod one two", "NODE_IMAGE": node}
    done = {
        "skopeo copy *": "", "kind *": "", "kubectl label nodes *": "", "kubectl apply *": "applied\n", "kubectl create secret *": "",
        "kubectl rollout status *": "rolled out\n", "kubectl get pods,*": "", "kubectl port-forward *": "", "curl *": "",
        "kubectl get pods --namespace quotes --output json": {"items": [{"status": {"containerStatuses": [{"restartCount": 0}]}}]},
        "kubectl run forbidden *": "forbidden: violates PodSecurity"}
    return run("try-manifests", settings, {**done, **dict(answers)}, files)


def clusters():
    """Kinds of Kubernetes' own are applied one by one, and what the cluster makes of them is looked at."""
    files = {"k8s/01-deployment.yaml": "# Rendered\napiVersion: v1\nkind: ConfigMap\n---\napiVersion: apps/v1\n"
             "          image: \"quotes@${image.digest}\"\n  v: \"${image.tag}\"\n",
             "k8s/03-ingress.yaml": "apiVersion: eks.amazonaws.com/v1\nkind: IngressClassParams\n"}
    done = brought(files)
    expect("manifests", done, 0, "without 03-ingress-00.yaml, which is of eks.amazonaws.com", "rolled out", "a pod with all rights is refused",
           "secret generic quotes-prod --namespace quotes --from-literal=one=of a trial")
    if done[3].count("apply --server-side") != 2 or "03-ingress" in done[3]:
        sys.exit(f"not each object of Kubernetes' own is applied once\n{done}")
    restarted = {"items": [{"status": {"containerStatuses": [{"restartCount": 2}]}}]}
    expect("pods that start again", brought(files, {"kubectl get pods --namespace quotes --output json": restarted}), 1, "started 2 times more")
    expect("a pod that should not be", brought(files, {"kubectl run forbidden *": "created"}), 1, "not refused by Pod Security")
    expect("a version without a digest", brought(files, node="kindest/node:v1.36.0"), 1, "KIND_NODE_IMAGE has no digest")
    digest = f"kindest/node:v1.36.0@sha256:{'0' * 64}"
    expect("one with a digest", brought(files, node=digest), 0, f"--image {digest}")


def develops():
    """The image that people develop in is that of a user without rights, and its tests pass."""
    settings = {"DOCKERFILE": "Dockerfile.dev", "IMAGE": "quotes:dev", "PACKAGE": "quotes"}
    answers = {"docker build --file Dockerfile.dev --tag quotes:dev .": "", "docker run *--entrypoint id *": "1000\n", "docker run *cargo test *": "ok"}
    expect("an image", run("build-development", settings, answers), 0, "cargo test --locked --package quotes")
    expect("root", run("build-development", settings, {**answers, "docker run *--entrypoint id *": "0\n"}), 1, "user 0, and not as 1000")


if __name__ == "__main__":
    drifts()
    orders()
    fills()
    applies()
    verifies()
    never_goes_back()
    watches()
    looks()
    tells()
    refuses()
    tries()
    crowds()
    clusters()
    develops()
    print("the scripts of the workflows do what they should")
