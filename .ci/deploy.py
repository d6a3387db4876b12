"""Deploys every stack of every system to a local stand-in for AWS, with the real AWS CLI.

usage: deploy.py moto|ministack CHECKERS   (in the root of the repository, with the Python of the moto environment)

The commands are those that the rendered DEPLOYMENT.md print. moto takes every type, so the templates go in byte for byte,
and each service's own API must then tell what the template says. ministack is stricter and refuses some types, so
just those are taken out: create, an empty change set, an update with a changed value, and delete.
"""
import contextlib
import json
import os
import re
import shlex
import socket
import subprocess
import sys
import time

import deploy_look
import deploy_script
import without

TARGET, CHECKERS = sys.argv[1], os.path.abspath(sys.argv[2])
RUN = f"{CHECKERS}/deploy"
HERE = os.path.dirname(os.path.abspath(__file__))
DIGEST = "sha256:" + "0123456789abcdef" * 4
# A person asks for a certificate and writes its name into the model; this stands there until then.
EXAMPLE_CERTIFICATE = re.compile(r"arn:aws:acm:[a-z0-9-]+:\d+:certificate/00000000-0000-0000-0000-000000000000")


def fail(text):
    sys.exit(f"{TARGET}: {text}")


def free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


def command(port):
    """The server, and what it wants in its environment."""
    if TARGET == "moto":
        words = [f"{CHECKERS}/py/moto/bin/python", "-B", f"{HERE}/moto_target.py", "--host", "127.0.0.1"]
        return [*words, "--port", str(port)], {"MOTO_ACCOUNT_ID": ACCOUNT}
    home = f"{RUN}/ministack"
    os.makedirs(home, exist_ok=True)
    settings = {"BIND_HOST": "127.0.0.1", "MINISTACK_HOST": "127.0.0.1", "IOT_MTLS_ENABLED": "0"}
    return [f"{CHECKERS}/py/ministack/bin/ministack"], {**settings, "GATEWAY_PORT": str(port), "HOME": home}


@contextlib.contextmanager
def server():
    """The target, on a port of its own of the loopback interface."""
    port, log = free_port(), f"{RUN}/{TARGET}-server.log"
    words, settings = command(port)
    with open(log, "wb") as out:
        process = subprocess.Popen(
            words, env={**os.environ, **settings}, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
    try:
        for _ in range(600):
            if process.poll() is not None:
                fail(f"the server ended; see {log}")
            with socket.socket() as it:
                if it.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        else:
            fail(f"the server does not answer; see {log}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def next_second():
    """The CLI names a change set by the second, so two for one stack may not begin in the same one."""
    time.sleep(1 - time.time() % 1)


def settings(url):
    """The environment of a person who is signed in to the target."""
    return dict(
        os.environ,
        PATH=f"{CHECKERS}/py/aws/bin:{os.environ['PATH']}",
        AWS_ENDPOINT_URL=url,
        AWS_ACCESS_KEY_ID=ACCOUNT,
        AWS_SECRET_ACCESS_KEY="test",
        AWS_DEFAULT_REGION="us-east-1",
        AWS_PAGER="",
        AWS_CONFIG_FILE="/dev/null",
        AWS_SHARED_CREDENTIALS_FILE="/dev/null",
    )


def aws(url, *words):
    """The real AWS CLI."""
    called = ["aws", *words]
    if words[:2] == ("cloudformation", "deploy"):
        next_second()
    done = subprocess.run(called, env=settings(url), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        fail(f"{shlex.join(['aws', *words])}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def stacks():
    """What `synth list` says, in the order of deployment."""
    words = ["cargo", "run", "--locked", "--quiet", "--package", "synth", "--", "list", "--format", "json"]
    return json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout)


def commands(system):
    """The `aws cloudformation deploy` commands of a DEPLOYMENT.md, by the names of their stacks."""
    with open(f"out/{system}/DEPLOYMENT.md", encoding="utf-8") as file:
        text = file.read().replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        if line.strip().startswith("aws cloudformation deploy "):
            words = shlex.split(line.strip())
            found.setdefault(words[words.index("--stack-name") + 1], words[1:])
    return found


def checked_commands(all_stacks):
    """The command for each stack; what DEPLOYMENT.md says must be what the list says."""
    found = {}
    for stack in all_stacks:
        words = commands(stack["system"]).get(stack["stack_name"])
        if words is None:
            fail(f"DEPLOYMENT.md of {stack['system']} does not deploy {stack['stack_name']}")
        agreed = words[words.index("--capabilities") + 1 :][:1] if "--capabilities" in words else []
        if agreed != stack["capabilities"]:
            fail(f"{stack['stack_name']}: DEPLOYMENT.md agrees to {agreed}, the list to {stack['capabilities']}")
        if stack["template"] not in words:
            fail(f"{stack['stack_name']}: DEPLOYMENT.md does not take {stack['template']}")
        found[stack["stack_name"]] = words
    return found


def overridden(words, parameter):
    """The command with one parameter more."""
    if "--parameter-overrides" in words:
        at = words.index("--parameter-overrides") + 1
        return [*words[:at], parameter, *words[at:]]
    return [*words, "--parameter-overrides", parameter]


def template(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def takes_image(stack):
    return "ImageDigest" in template(stack["template"]).get("Parameters", {})


def account_of(all_stacks):
    """The account that the model is for."""
    for stack in all_stacks:
        found = re.search(r"\b\d{12}\b", json.dumps(template(stack["template"])))
        if found:
            return found.group(0)
    return fail("no template names its account")


def on_moto(url, all_stacks):
    """As rendered, and every service says so."""
    certificate = json.loads(aws(url, "acm", "request-certificate", "--domain-name", "local.example.com"))
    seen = deploy_look.Seen(TARGET, url, ACCOUNT)
    for stack in all_stacks:
        name = stack["stack_name"]
        words = [EXAMPLE_CERTIFICATE.sub(certificate["CertificateArn"], word) for word in COMMANDS[name]]
        if takes_image(stack):
            words = overridden(words, f"ImageDigest={DIGEST}")
        aws(url, *words)
        seen.stack(name, template(stack["template"]))
        if takes_image(stack):
            seen.image(name, template(stack["template"]), DIGEST)
        print(f"moto: {name} created")
    seen.report()


def taken(stack):
    """The template as the target takes it, in a file of its own."""
    path = f"{RUN}/{stack['stack_name']}.template.json"
    return path, without.write(TARGET, stack["template"], path)


def on_ministack(url, all_stacks):
    """Create, nothing to do, update, delete."""
    gone, words = {}, {}
    seen = deploy_look.Seen(TARGET, url, ACCOUNT)
    for stack in all_stacks:
        name = stack["stack_name"]
        path, said = taken(stack)
        gone[name] = said
        words[name] = [path if word == stack["template"] else word for word in COMMANDS[name]]
        aws(url, *words[name])
        seen.stack(name, template(path))
        nothing = aws(url, *words[name], "--no-fail-on-empty-changeset")
        if "No changes to deploy" not in nothing:
            fail(f"{name}: a second deployment changes something\n{nothing}")
        print(f"ministack: {name} created, and the same again is no change")
    seen.report()
    for stack in all_stacks:
        updated(seen, url, stack, words[stack["stack_name"]])
    for stack in reversed(all_stacks):
        name = stack["stack_name"]
        aws(url, "cloudformation", "delete-stack", "--stack-name", name)
        aws(url, "cloudformation", "wait", "stack-delete-complete", "--stack-name", name)
        print(f"ministack: {name} deleted")
    with_scripts(url, all_stacks)
    print(f"ministack: without {', '.join(sorted({said for all_said in gone.values() for said in all_said}))}")


def with_scripts(url, all_stacks):
    """The same, by the script of each system, in its first environment."""
    first = {}
    for stack in all_stacks:
        first.setdefault(stack["system"], stack["environment"])
    for system, environment in first.items():
        script = deploy_script.Script(TARGET, f"{RUN}/scripts", system, lambda *words: aws(url, *words), settings(url))
        deploy_script.try_out(script, environment)
        print(f"ministack: {system} {environment} set up, released and rolled back by its deploy.sh")


def updated(seen, url, stack, words):
    """A changed value arrives: the image where there is one, else the days that a log group keeps."""
    name = stack["stack_name"]
    if takes_image(stack):
        aws(url, *overridden(words, f"ImageDigest={DIGEST}"))
        seen.image(name, template(words[words.index("--template-file") + 1]), DIGEST)
        print(f"ministack: {name} updated, and the new image is the one that runs")
        return
    path = words[words.index("--template-file") + 1]
    changed = template(path)
    groups = [it for it in changed["Resources"].values() if it["Type"] == "AWS::Logs::LogGroup"]
    if not groups:
        return
    for group in groups:
        group["Properties"]["RetentionInDays"] = 3653
    new = path.replace(".template.json", ".changed.json")
    without.dump(changed, new)
    aws(url, *[new if word == path else word for word in words])
    kept = seen.retention()
    for group in groups:
        if kept.get(group["Properties"]["LogGroupName"]) != 3653:
            fail(f"{name}: the update did not reach {group['Properties']['LogGroupName']}")
    print(f"ministack: {name} updated, and its log groups keep what they hold for longer")


ALL = stacks()
COMMANDS = checked_commands(ALL)
ACCOUNT = account_of(ALL)
with server() as URL:
    {"moto": on_moto, "ministack": on_ministack}[TARGET](URL, ALL)
