"""Judges what Prometheus and its Alertmanager are told, with their own programs.

usage: alerts.py SCRATCH FOLDER...

In each FOLDER, what is rendered to `monitoring/`, for an operator or as Prometheus itself reads it: the rules must parse, each
alert must begin after its time above its bound, be silent below and where it is bad elsewhere, and end again; what Grafana's
dashboard asks must parse; Prometheus and Alertmanager must take their configurations, and the latter must lead each severity
to the receivers that are meant. The numbers stand here as the requirements have them. What the reader of PromQL understands in
its tests, and what it does not, Prometheus must judge the same.
"""
import json
import os
import subprocess
import sys

import yaml
from objects import of_files
from series import BEGIN, LAST, NOTHING, STEP, WINDOW, Served, allowed, appearing, growing, known, unasked

# Each alert: how much it matters, how long it must last, what it looks back over, what sets it off, and what nearly does.


def by_operator(one):
    """S3.45 to S3.50, and S3.80: of what 99.9 % leave for faults, 14.4 times as much as lasts, and three times; one is nearly
    what lasts."""
    return {
        "HighCpu": ("warning", 300, WINDOW, one.cpu(0.81), one.cpu(0.79)),
        "HighMemory": ("warning", 300, 0, one.memory(851), one.memory(849)),
        "UnhealthyTasks": ("critical", 120, 0, one.pods(0), one.pods(0, "Failed")),
        "HighErrorRate": ("critical", 180, WINDOW, one.answers(0.51), one.answers(0.49)),
        "SlowResponses": ("warning", 300, WINDOW, one.slow(2.1), one.slow(1.9)),
        "Restarts": ("warning", 0, 0, one.restarts(1), one.restarts(0)),
        "BrokenPolicy": ("warning", 0, 0, appearing(1), appearing(0)),
        "TooFewTasks": ("critical", 300, 0, one.replicas(2, 3), one.replicas(3, 3)),
        "BelowMinimum": ("critical", 300, 0, {}, one.replicas(3, 3)),
        "ErrorBudgetBurnsFast": ("critical", 0, WINDOW, one.answers(10), one.answers(0.0099)),
        "ErrorBudgetBurnsSlowly": ("warning", 0, WINDOW, one.answers(10), one.answers(0.0099)),
    }


def on_machines(one):
    """S4.28 to S4.31, in each environment."""
    return {
        "HighCpu": ("warning", 300, WINDOW, one.cpu(0.81), one.cpu(0.79)),
        "HighMemory": ("warning", 300, 0, one.memory(801), one.memory(799)),
        "UnhealthyTasks": ("critical", 180, 0, one.pods(0), one.pods(0, "Failed")),
        "HighErrorRate": ("critical", 180, WINDOW, one.answers(0.51), one.answers(0.49)),
        "SlowResponses": ("warning", 300, WINDOW, one.slow(2.1), one.slow(1.9)),
        "Restarts": ("warning", 0, 0, one.restarts(1), one.restarts(0)),
        "TooFewTasks": ("critical", 300, 0, one.replicas(1, 2), one.replicas(2, 2)),
        "BelowMinimum": ("critical", 300, 0, one.replicas(1, 2), one.replicas(2, 2)),
    }


HEALTHCARE = Served("healthcare-api", "healthcare-prediction-api")
ENVIRONMENTS = [Served(namespace, "fastapi") for namespace in ("dev", "stage", "prod")]
# S4.25.
INTERVAL = "15s"
# What may be found in which namespaces.
ROLES = ("endpointslice", "node", "pod")
NAMESPACES = {*(one.namespace for one in ENVIRONMENTS), "monitoring", "node-exporter"}
ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"
MOUNTED = {"/etc/prometheus/rules.yml": "rules.yml", f"{ACCOUNT}/token": "token", f"{ACCOUNT}/ca.crt": "ca.crt"}

# What else sets an alert off, and what else does not.
MORE = {
    "BrokenPolicy": (
        # It grows; its container starts anew and counts from nothing; another pod of Gatekeeper has its first.
        [growing(3, 4), growing(3, 1), known(3) | appearing(1), known(3) | growing(0, 1)],
        # What is allowed is none; nothing is denied anew; it is only seen again; Gatekeeper starts anew, and denies nothing.
        [allowed(1), known(3), known(3) | unasked(3), growing(3, 0), growing(3, NOTHING)],
    ),
}
# What goes on for hours after the fault.
LASTING = ["ErrorBudgetBurnsSlowly"]

# What the reader of PromQL is tested with, on which Prometheus must agree.
EXPRESSIONS = os.path.join(os.path.dirname(__file__), "../../synth/reader/tests/it/promql")

# Who is told of each severity. S3.51 to S3.53.
TOLD = {"critical": ["email_configs", "slack_configs"], "warning": ["slack_configs"]}


def case(rule, told, series, firing):
    severity, lasting, window = told
    lasts = firing and bool(series) and rule["alert"] not in LASTING
    expected = [{"exp_labels": rule["labels"], "exp_annotations": rule["annotations"]}]
    assert rule["labels"]["severity"] == severity, rule
    start = BEGIN if series else 0
    begun = start + lasting + window + 2 * STEP
    looks = [(start + lasting - STEP, False), (begun, firing), (LAST - 2 * STEP, firing and not lasts)]
    return {
        "interval": f"{STEP}s",
        "input_series": [
            {"series": name, "values": " ".join(value if value == NOTHING else f"{value:g}" for value in values)} for name, values in series.items()
        ],
        "alert_rule_test": [
            {"eval_time": f"{at}s", "alertname": rule["alert"], "exp_alerts": expected if on else []}
            for at, on in looks
        ],
    }


def run(*command):
    """What a program says; its error ends this."""
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    if said.returncode:
        sys.exit(f"{' '.join(command)}:\n{said.stdout}{said.stderr}")
    return said.stdout


def judged(scratch, groups):
    """The alerts of groups of rules, which stand in SCRATCH then."""
    with open(f"{scratch}/rules.yml", "w", encoding="utf-8") as file:
        yaml.safe_dump({"groups": groups}, file)
    run("promtool", "check", "rules", "--lint=all", "--lint-fatal", f"{scratch}/rules.yml")
    return [rule for group in groups for rule in group["rules"] if "alert" in rule]


def alerts(scratch, rules, known_alerts, more):
    """How many tests pass: each alert by what is told of it, and by more that sets it off and that does not."""
    tests = []
    missing = known_alerts.keys() - {rule["alert"] for rule in rules}
    assert not missing, f"nobody tells {missing}"
    for rule in rules:
        *told, bad, good = known_alerts[rule["alert"]]
        worse, better = more.get(rule["alert"], ([], []))
        tests += [case(rule, told, series, True) for series in [bad, *worse]]
        tests += [case(rule, told, series, False) for series in [good, *better]]
    with open(f"{scratch}/rules_test.yml", "w", encoding="utf-8") as file:
        yaml.safe_dump({"rule_files": ["rules.yml"], "evaluation_interval": f"{STEP}s", "tests": tests}, file)
    run("promtool", "test", "rules", f"{scratch}/rules_test.yml")
    return len(tests)


def understood(scratch, expressions):
    """Whether Prometheus understands all of them."""
    named = [{"record": f"asked:{index}", "expr": expression} for index, expression in enumerate(expressions)]
    with open(f"{scratch}/asked.yml", "w", encoding="utf-8") as file:
        yaml.safe_dump({"groups": [{"name": "asked", "rules": named}]}, file)
    said = subprocess.run(
        ["promtool", "check", "rules", f"{scratch}/asked.yml"], capture_output=True, text=True, check=False)
    return said.returncode == 0, said.stdout + said.stderr


def reader(scratch):
    """Prometheus understands what the reader does, and nothing of what the reader refuses."""
    with open(f"{EXPRESSIONS}/written.txt", encoding="utf-8") as file:
        written = [one for one in file.read().split("\n\n") if "$__" not in one and "$offset" not in one]
    fine, said = understood(scratch, written)
    assert fine, said
    with open(f"{EXPRESSIONS}/refused.txt", encoding="utf-8") as file:
        refused = file.read().splitlines()
    _, said = understood(scratch, refused)
    taken = [one for index, one in enumerate(refused) if f'"asked:{index}": could not parse' not in said]
    assert not taken, f"Prometheus understands {taken}"
    return len(written) + len(refused)


def dashboard(scratch, path):
    with open(path, encoding="utf-8") as file:
        panels = json.load(file)["panels"]
    asked = [target["expr"] for panel in panels for target in panel["targets"]]
    fine, said = understood(scratch, asked)
    assert fine, said
    return len(asked)


def routes(path):
    run("amtool", "check-config", path)
    with open(path, encoding="utf-8") as file:
        receivers = {one["name"]: one for one in yaml.safe_load(file)["receivers"]}
    for severity, kinds in TOLD.items():
        asked = ("amtool", "config", "routes", "test", f"--config.file={path}", f"severity={severity}")
        receiver = receivers[run(*asked).strip()]
        assert [key for key in receiver if key != "name"] == kinds, receiver
        every = [one for kind in kinds for one in receiver[kind]]
        assert all(one["send_resolved"] for one in every), receiver
        mentions = ["<!channel>" in one["text"] for one in receiver["slack_configs"]]
        assert mentions == [severity == "critical"], receiver
    nobody = run("amtool", "config", "routes", "test", f"--config.file={path}", "severity=none").strip()
    assert list(receivers[nobody]) == ["name"], receivers


def of_operator(scratch, folder):
    """What an operator makes of custom resources."""
    resources = [it for _, it in of_files([f"{folder}/prometheus-config.yaml"])]
    groups, = (it["spec"]["groups"] for it in resources if it["kind"] == "PrometheusRule")
    told = judged(scratch, groups)
    return len(told), alerts(scratch, told, by_operator(HEALTHCARE), MORE), f"{folder}/grafana-dashboard.json"


def discovered(job):
    """What Prometheus is to find by itself, which it must have been built for, and Debian's is not."""
    for one in job.pop("kubernetes_sd_configs", []):
        assert one.pop("role") in ROLES, job
        names = one.pop("namespaces", {"names": []}).pop("names")
        assert not one and set(names) <= NAMESPACES, job


def configured(scratch, folder):
    """Prometheus takes its configuration, and asks and tells what is there."""
    with open(f"{folder}/prometheus.yml", encoding="utf-8") as file:
        told = yaml.safe_load(file)
    every = [told["global"], *told["scrape_configs"]]
    assert {one.get("scrape_interval", INTERVAL) for one in every} == {INTERVAL}, "another interval"
    for job in told["scrape_configs"]:
        discovered(job)
    text = yaml.safe_dump(told)
    # In a pod these are there.
    for path, name in MOUNTED.items():
        assert path in text, f"{folder}/prometheus.yml does not name {path}"
        text = text.replace(path, f"{scratch}/{name}")
        with open(f"{scratch}/{name}", "a", encoding="utf-8"):
            pass
    with open(f"{scratch}/prometheus.yml", "w", encoding="utf-8") as file:
        file.write(text)
    run("promtool", "check", "config", f"{scratch}/prometheus.yml")
    services = {f"{it['metadata']['name']}.{it['metadata']['namespace']}.svc:{port['port']}"
                for _, it in of_files(f"{folder}/{name}" for name in os.listdir(folder) if name.endswith(".yaml"))
                if it["kind"] == "Service" for port in it["spec"]["ports"]}
    named = [target for one in [*told["scrape_configs"], *told["alerting"]["alertmanagers"]]
             for them in one.get("static_configs", []) for target in them["targets"]]
    missing = [target for target in named if target not in services and not target.startswith("localhost:")]
    assert not missing, f"there is no Service for {missing}"


def on_its_own(scratch, folder):
    """What Prometheus itself reads, of all environments."""
    with open(f"{folder}/rules.yml", encoding="utf-8") as file:
        groups = yaml.safe_load(file)["groups"]
    assert [group["name"] for group in groups] == [one.namespace for one in ENVIRONMENTS], groups
    told = judged(scratch, groups)
    configured(scratch, folder)
    tests = 0
    for one, group in zip(ENVIRONMENTS, groups):
        # The same in another environment is nothing to this one.
        own = on_machines(one)
        elsewhere = [on_machines(other) for other in ENVIRONMENTS if other is not one]
        more = {alert: ([], [good | other[alert][-2] for other in elsewhere]) for alert, (*_, good) in own.items()}
        # Nothing is known of its pods at all.
        more["BelowMinimum"][0].append({})
        tests += alerts(scratch, judged(scratch, [group]), own, more)
    return len(told), tests, f"{folder}/../../monitoring/grafana-dashboard.json"


def main():
    scratch, *folders = sys.argv[1:]
    scratch = os.path.abspath(scratch)
    os.makedirs(scratch, exist_ok=True)
    print(f"Prometheus agrees with the reader of PromQL on {reader(scratch)} expressions")
    found = 0
    for folder, _, files in (place for one in folders for place in sorted(os.walk(one))):
        judge = next((judge for name, judge in KINDS.items() if name in files), None)
        if os.path.basename(folder) != "monitoring" or judge is None:
            continue
        told, tests, path = judge(scratch, folder)
        asked = dashboard(scratch, path)
        routes(f"{folder}/alertmanager.yml")
        print(f"{folder}: {told} alerts begin and end in {tests} tests, {asked} questions of the dashboard parse")
        found += 1
    if not found:
        sys.exit("no Prometheus is told anything")


# By a file that each has.
KINDS = {"prometheus-config.yaml": of_operator, "rules.yml": on_its_own}
main()
