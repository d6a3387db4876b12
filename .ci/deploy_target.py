"""A local stand-in of AWS, and people who are signed in to it."""
import contextlib
import json
import os
import shlex
import socket
import subprocess
import sys
import time

import boto3

HERE = os.path.dirname(os.path.abspath(__file__))


def free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


class Target:
    """moto or ministack, on a port of its own of the loopback interface."""

    def __init__(self, name, checkers):
        self.name, self.checkers, self.run = name, checkers, f"{checkers}/deploy"
        self.url, self.people = None, {}

    def fail(self, text):
        sys.exit(f"{self.name}: {text}")

    def command(self, port):
        """The server, and what it wants in its environment."""
        if self.name == "moto":
            words = [f"{self.checkers}/py/moto/bin/python", "-B", f"{HERE}/moto_target.py", "--host", "127.0.0.1"]
            return [*words, "--port", str(port)], {}
        home = f"{self.run}/ministack-home"
        os.makedirs(home, exist_ok=True)
        settings = {"BIND_HOST": "127.0.0.1", "MINISTACK_HOST": "127.0.0.1", "IOT_MTLS_ENABLED": "0"}
        words = [f"{self.checkers}/py/ministack/bin/python", "-B", f"{HERE}/ministack_target.py"]
        return words, {**settings, "GATEWAY_PORT": str(port), "HOME": home}

    @contextlib.contextmanager
    def running(self):
        port, log = free_port(), f"{self.run}/{self.name}-server.log"
        words, settings = self.command(port)
        with open(log, "wb") as out:
            process = subprocess.Popen(
                words, env={**os.environ, **settings}, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        try:
            for _ in range(1200):
                if process.poll() is not None:
                    self.fail(f"the server ended; see {log}")
                with socket.socket() as it:
                    if it.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            else:
                self.fail(f"the server does not answer; see {log}")
            self.url = f"http://127.0.0.1:{port}"
            self.make_cli()
            yield self
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()

    def make_cli(self):
        """An `aws` that can reach nothing else: version 1 leads RDS in us-east-1 to AWS whatever the environment says."""
        os.makedirs(f"{self.run}/{self.name}-bin", exist_ok=True)
        path = f"{self.run}/{self.name}-bin/aws"
        with open(path, "w", encoding="utf-8") as file:
            words = shlex.join([f"{self.checkers}/py/aws/bin/aws", "--endpoint-url", self.url])
            file.write(f'#!/bin/sh\nexec {words} "$@"\n')
        os.chmod(path, 0o755)

    def person(self, account, region):
        """Somebody who is signed in to an account, and works in one of its regions."""
        if (account, region) not in self.people:
            self.people[account, region] = Person(self, account, region, self.keys(account))
        return self.people[account, region]

    def keys(self, account):
        """ministack takes any account for the key; moto makes keys for the roles of any."""
        if self.name == "ministack":
            return {"AWS_ACCESS_KEY_ID": account, "AWS_SECRET_ACCESS_KEY": "test"}
        sts = boto3.client("sts", endpoint_url=self.url, region_name="us-east-1", aws_access_key_id="test",
                           aws_secret_access_key="test")
        role = f"arn:aws:iam::{account}:role/administrator"
        made = sts.assume_role(RoleArn=role, RoleSessionName="person")["Credentials"]
        return {
            "AWS_ACCESS_KEY_ID": made["AccessKeyId"],
            "AWS_SECRET_ACCESS_KEY": made["SecretAccessKey"],
            "AWS_SESSION_TOKEN": made["SessionToken"],
        }


class Person:
    """What a person has in the terminal: the keys of an account, and the real AWS CLI."""

    def __init__(self, target, account, region, keys):
        self.target, self.account, self.region, self.keys, self.clients = target, account, region, keys, {}
        self.env = dict(
            os.environ,
            **keys,
            PATH=f"{target.run}/{target.name}-bin:{os.environ['PATH']}",
            AWS_ENDPOINT_URL=target.url,
            AWS_DEFAULT_REGION=region,
            AWS_PAGER="",
            AWS_CONFIG_FILE="/dev/null",
            AWS_SHARED_CREDENTIALS_FILE="/dev/null",
        )

    def run(self, *words, folder=None):
        """Runs a command, in the folder that it is for; what it says."""
        done = subprocess.run(
            words, env=self.env, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode:
            self.target.fail(f"{self.account}: {shlex.join(words)}\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def aws(self, *words, folder=None):
        """The real AWS CLI."""
        if words[:2] == ("cloudformation", "deploy"):
            # The CLI names a change set by the second, so two for one stack may not begin in the same one.
            time.sleep(1 - time.time() % 1)
        return self.run(f"{self.target.run}/{self.target.name}-bin/aws", *words, folder=folder)

    def asked(self, *words):
        """The answer of the real AWS CLI."""
        return json.loads(self.aws(*words, "--region", self.region, "--output", "json"))

    def client(self, service):
        """For the many questions of which one call of the CLI each would take minutes."""
        if service not in self.clients:
            self.clients[service] = boto3.client(
                service, endpoint_url=self.target.url, region_name=self.region,
                aws_access_key_id=self.keys["AWS_ACCESS_KEY_ID"],
                aws_secret_access_key=self.keys["AWS_SECRET_ACCESS_KEY"],
                aws_session_token=self.keys.get("AWS_SESSION_TOKEN"))
        return self.clients[service]
