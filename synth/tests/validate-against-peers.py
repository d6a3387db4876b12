#!/usr/bin/env python3
"""Measures `synth validate` beside cfn-lint and AWS's own engine, in one run, on the same templates.

    cargo build --release --package synth
    python3 synth/tests/validate-against-peers.py [FOLDER]

Installs cfn-lint (PyPI) and @aws/cloudformation-validate (npm) into FOLDER (.checkers/peers), once; needs Python 3.10
and Node 20. The figures are processor time, user and system together, of a process and all that it starts, and its
peak memory: wall-clock time says little on a machine that others use, too. One template is measured several times, and
the least counts: nothing makes a process faster than it is, much makes it slower.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SYNTH = ROOT / "target/release/synth"
CFN_LINT = "cfn-lint==1.58.0"
ENGINE = "@aws/cloudformation-validate"
ENGINE_VERSION = "1.9.0-beta"
# The engine has no program of its own: this is the shortest one that judges files, with one engine for all of them.
JUDGE = """
const { CelEngine, TemplateFile } = require('@aws/cloudformation-validate');
const engine = new CelEngine();
let found = 0;
for (const path of require('node:fs').readFileSync(0, 'utf8').trim().split('\\n')) {
  found += engine.validateStandard(new TemplateFile(path)).diagnostics.length;
}
console.log(found);
"""


def install(folder: Path) -> None:
    """Each peer in a place of its own, finished steps skipped."""
    if not (folder / "py/bin/cfn-lint").exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "py"], check=True)
        subprocess.run([folder / "py/bin/pip", "install", "--quiet", CFN_LINT], check=True)
    if not (folder / "npm/node_modules" / ENGINE).exists():
        (folder / "npm").mkdir(parents=True, exist_ok=True)
        package = f"{ENGINE}@{ENGINE_VERSION}"
        subprocess.run(["npm", "install", "--silent", "--no-save", "--prefix", ".", package], cwd=folder / "npm", check=True)
    (folder / "npm/judge.cjs").write_text(JUDGE)


def template(resources: int, number: int) -> str:
    """So many resources of the usual kinds, that refer to each other; each template is another one."""
    body = {"Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": f"10.{number % 256}.0.0/16"}}}
    kinds = [
        lambda at: ("AWS::EC2::SecurityGroup", {
            "GroupDescription": f"group {at} of {number}", "VpcId": {"Ref": "Vpc"},
            "SecurityGroupIngress": [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "10.0.0.0/8"}]}),
        lambda at: ("AWS::SQS::Queue", {"VisibilityTimeout": 30 + at, "KmsMasterKeyId": "alias/aws/sqs"}),
        lambda at: ("AWS::SNS::Topic", {"DisplayName": {"Fn::Sub": f"${{AWS::StackName}} {at}"}}),
        lambda at: ("AWS::Logs::LogGroup", {"LogGroupName": f"/{number}/{at}", "RetentionInDays": 30}),
        lambda at: ("AWS::IAM::Role", {"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}}),
        lambda at: ("AWS::CloudWatch::Alarm", {
            "Namespace": "AWS/SQS", "MetricName": "ApproximateAgeOfOldestMessage", "Statistic": "Maximum",
            "Period": 60, "EvaluationPeriods": 5, "Threshold": 300 + at,
            "ComparisonOperator": "GreaterThanThreshold",
            "Dimensions": [{"Name": "QueueName", "Value": {"Fn::GetAtt": [f"R{at - at % 6 + 2}", "QueueName"]}}]}),
    ]
    for at in range(1, resources):
        kind, properties = kinds[(at - 1) % len(kinds)](at)
        body[f"R{at}"] = {"Type": kind, "Properties": properties}
    last = max((at for at in range(1, resources) if (at - 1) % len(kinds) == 1), default=None)
    for resource_ in body.values():  # the last alarms may watch a queue that is not there any more
        for dimension in resource_["Properties"].get("Dimensions", []):
            name = dimension["Value"]["Fn::GetAtt"][0]
            if name not in body and last:
                dimension["Value"]["Fn::GetAtt"][0] = f"R{last}"
    return json.dumps({"AWSTemplateFormatVersion": "2010-09-09", "Resources": body}, indent=2) + "\n"


def measure(command: list, stdin: str = "", times: int = 1) -> tuple[float, float]:
    """The least processor time in seconds, and the greatest peak memory in MB."""
    least, peak = float("inf"), 0.0
    for _ in range(times):
        # A process of its own, so that its children are told from those before.
        reader, writer = os.pipe()
        if (child := os.fork()) == 0:
            out = subprocess.DEVNULL
            code = subprocess.run(command, input=stdin.encode(), stdout=out, stderr=subprocess.PIPE)
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            # 0 is fine and 1 or more are findings, for all but node, which must not fail.
            failed = code.returncode != 0 and "node" in str(command[0]) or code.returncode < 0
            told = {"cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / 1024,
                    "failed": code.stderr.decode()[-2000:] if failed else ""}
            os.write(writer, json.dumps(told).encode())
            os._exit(0)
        os.waitpid(child, 0)
        os.close(writer)
        told = json.loads(os.read(reader, 65536))
        os.close(reader)
        if told["failed"]:
            sys.exit(f"{command[0]} failed: {told['failed']}")
        least, peak = min(least, told["cpu"]), max(peak, told["peak"])
    return least, peak


def compare(folder: Path, files: list[Path], times: int) -> None:
    names = [str(file) for file in files]
    ours = measure([SYNTH, "validate", "--quiet", *names], times=max(times, 3))
    lint = measure([folder / "py/bin/cfn-lint", "--", *names], times=times)
    os.chdir(folder / "npm")
    engine = measure(["node", "judge.cjs"], stdin="\n".join(names), times=times)
    print(f"\n| {len(files)} template{'s' * (len(files) > 1)} | Processor time | Per template | Peak memory | Times synth |")
    print("| --- | --- | --- | --- | --- |")
    for name, (cpu, peak) in [("synth", ours), (CFN_LINT, lint), (f"{ENGINE}@{ENGINE_VERSION}", engine)]:
        print(f"| {name} | {cpu * 1000:,.1f} ms | {cpu * 1000 / len(files):,.2f} ms | {peak:,.0f} MB | {cpu / ours[0]:,.0f} |")


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / ".checkers/peers").resolve()
    if not SYNTH.exists():
        sys.exit("no target/release/synth; run cargo build --release --package synth")
    install(folder)
    many = int(os.environ.get("TEMPLATES", "1000"))
    with tempfile.TemporaryDirectory() as place:
        one = Path(place, "one.json")
        one.write_text(template(100, 0))
        files = [Path(place, f"{number}.json") for number in range(many)]
        for number, file in enumerate(files):
            file.write_text(template(20, number))
        compare(folder, [one], times=3)
        compare(folder, files, times=1)
        print("\n| synth as it grows | Processor time | Peak memory |\n| --- | --- | --- |")
        for count in (100, 500):
            one.write_text(template(count, 0))
            cpu, peak = measure([SYNTH, "validate", "--quiet", one], times=5)
            print(f"| {count} resources in one template | {cpu * 1000:,.1f} ms | {peak:,.1f} MB |")
        for number in range(10_000):
            Path(place, "many").mkdir(exist_ok=True)
            Path(place, "many", f"{number}.json").write_text(template(20, number))
        cpu, peak = measure([SYNTH, "validate", "--quiet", Path(place, "many")], times=2)
        print(f"| 10,000 templates of 20 | {cpu * 1000:,.0f} ms | {peak:,.1f} MB |")


main()
