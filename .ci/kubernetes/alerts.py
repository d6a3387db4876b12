"""Judges what Prometheus and its Alertmanager are told, with their own programs.

usage: alerts.py SCRATCH FOLDER...

In each FOLDER, what is rendered to `monitoring/` below an environment: the rules must parse, each alert must begin after its
time above its bound, be silent below and end again; what Grafana's dashboard asks must parse; Alertmanager must take its
configuration, and lead each severity to the receivers that are meant. The numbers stand here as the requirements have them.
What the reader of PromQL understands in its tests, and what it does not, Prometheus must judge the same.
"""
import json
import os
import subprocess
import sys

import yaml

STEP = 15
# When it gets bad, when it is good again, and when it ends; in seconds.
BEGIN, END, LAST = 300, 1500, 5400
# What a rate looks back over.
WINDOW = 120

POD = 'namespace="healthcare-api",container="healthcare-prediction-api",pod="a"'
REQUESTS = 'namespace="healthcare-api",service="healthcare-prediction-api",pod="a",http_route="/predict"'


def counter(at):
    """What has been counted, where `at` is how much a second."""
    total, values = 0.0, []
    for time in range(0, LAST, STEP):
        values.append(total)
        total += at(time) * STEP
    return values


def gauge(at):
    return [at(time) for time in range(0, LAST, STEP)]


def times(bad, good):
    """One value while it is bad, another before and after."""
    return lambda time: bad if BEGIN <= time < END else good


def of_cpu(used):
    return {
        f"container_cpu_usage_seconds_total{{{POD}}}": counter(times(used, 0.1)),
        f'kube_pod_container_resource_limits{{{POD},resource="cpu"}}': gauge(lambda _: 1),
    }


def of_memory(used):
    return {
        f"container_memory_working_set_bytes{{{POD}}}": gauge(times(used, 100)),
        f'kube_pod_container_resource_limits{{{POD},resource="memory"}}': gauge(lambda _: 1000),
    }


def of_pods(ready, phase="Running"):
    return {
        f"kube_pod_container_status_ready{{{POD}}}": gauge(times(ready, 1)),
        f'kube_pod_status_phase{{namespace="healthcare-api",pod="a",phase="{phase}"}}': gauge(lambda _: 1),
    }


def of_answers(failed):
    """Of ten requests a second; those of machines all fail, and do not count."""
    name = "http_server_request_duration_seconds_count"
    probe = REQUESTS.replace("/predict", "/health")
    return {
        f'{name}{{{REQUESTS},http_response_status_code="200"}}': counter(times(10 - failed, 10)),
        f'{name}{{{REQUESTS},http_response_status_code="503"}}': counter(times(failed, 0)),
        f'{name}{{{probe},http_response_status_code="503"}}': counter(lambda _: 100),
    }


def of_times(seconds):
    """Of ten requests a second as many below a second, that 95 of 100 take no longer than so long; the others take up to 2.5."""
    name = "http_server_request_duration_seconds_bucket"
    share = (seconds - 1) / 1.5
    buckets = {"1": times((9.5 - 10 * share) / (1 - share), 10), "2.5": lambda _: 10, "+Inf": lambda _: 10}
    return {f'{name}{{{REQUESTS},le="{bound}"}}': counter(at) for bound, at in buckets.items()}


def of_replicas(available, wanted):
    names = 'namespace="healthcare-api",deployment="healthcare-prediction-api"'
    return {
        f"kube_deployment_status_replicas_available{{{names}}}": gauge(times(available, wanted)),
        f"kube_deployment_spec_replicas{{{names}}}": gauge(lambda _: wanted),
    }


def of_restarts(count):
    once = lambda time: count if time >= BEGIN else 0
    return {f"kube_pod_container_status_restarts_total{{{POD}}}": gauge(once)}


NOTHING = "_"


def denials(pod, at):
    """What a pod of Gatekeeper has counted, whose counter is there from its first denial on; Prometheus begins with all."""
    counted = f'gatekeeper_validation_request_count{{admission_status="deny",pod="{pod}"}}'
    return {'up{job="another"}': gauge(lambda _: 1), counted: gauge(at)}


def appearing(count):
    return denials("a", lambda time: count if time >= BEGIN else NOTHING)


def allowed(count):
    return {name.replace("deny", "allow"): values for name, values in appearing(count).items()}


def growing(before, after):
    return denials("a", lambda time: after if time >= BEGIN else before)


def unasked(count):
    """One that nobody asked for half an hour, and which is only just known again."""
    again = LAST - 300
    return denials("a", lambda time: NOTHING if again - 1800 <= time < again else count)


def known(count):
    return denials("b", lambda _: count)


# Each alert: how much it matters, how long it must last, what it looks back over, what sets it off, and what nearly does.
# S3.45 to S3.50.
ALERTS = {
    "HighCpu": ("warning", 300, WINDOW, of_cpu(0.81), of_cpu(0.79)),
    "HighMemory": ("warning", 300, 0, of_memory(851), of_memory(849)),
    "UnhealthyTasks": ("critical", 120, 0, of_pods(0), of_pods(0, "Failed")),
    "HighErrorRate": ("critical", 180, WINDOW, of_answers(0.51), of_answers(0.49)),
    "SlowResponses": ("warning", 300, WINDOW, of_times(2.1), of_times(1.9)),
    "Restarts": ("warning", 0, 0, of_restarts(1), of_restarts(0)),
    "BrokenPolicy": ("warning", 0, 0, appearing(1), appearing(0)),
    "TooFewTasks": ("critical", 300, 0, of_replicas(2, 3), of_replicas(3, 3)),
    "BelowMinimum": ("critical", 300, 0, {}, of_replicas(3, 3)),
    # S3.80: of what 99.9 % leave for faults, 14.4 times as much as lasts, and three times; one is nearly what lasts.
    "ErrorBudgetBurnsFast": ("critical", 0, WINDOW, of_answers(10), of_answers(0.0099)),
    "ErrorBudgetBurnsSlowly": ("warning", 0, WINDOW, of_answers(10), of_answers(0.0099)),
}
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


def case(rule, series, firing):
    severity, lasting, window = ALERTS[rule["alert"]][:3]
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


def rules(scratch, path):
    with open(path, encoding="utf-8") as file:
        objects = list(yaml.safe_load_all(file))
    groups = [one["spec"] for one in objects if one["kind"] == "PrometheusRule"]
    with open(f"{scratch}/rules.yml", "w", encoding="utf-8") as file:
        yaml.safe_dump(groups[0], file)
    run("promtool", "check", "rules", "--lint=all", "--lint-fatal", f"{scratch}/rules.yml")
    every = [rule for group in groups[0]["groups"] for rule in group["rules"]]
    return [rule for rule in every if "alert" in rule]


def alerts(scratch, told):
    tests = []
    for rule in told:
        *_, bad, good = ALERTS[rule["alert"]]
        worse, better = MORE.get(rule["alert"], ([], []))
        tests += [case(rule, series, True) for series in [bad, *worse]]
        tests += [case(rule, series, False) for series in [good, *better]]
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


def main():
    scratch, *folders = sys.argv[1:]
    os.makedirs(scratch, exist_ok=True)
    print(f"Prometheus agrees with the reader of PromQL on {reader(scratch)} expressions")
    found = 0
    for folder, _, files in (place for one in folders for place in sorted(os.walk(one))):
        if os.path.basename(folder) != "monitoring" or "prometheus-config.yaml" not in files:
            continue
        told = rules(scratch, f"{folder}/prometheus-config.yaml")
        tests = alerts(scratch, told)
        asked = dashboard(scratch, f"{folder}/grafana-dashboard.json")
        routes(f"{folder}/alertmanager.yml")
        print(f"{folder}: {len(told)} alerts begin and end in {tests} tests, {asked} questions of the dashboard parse")
        found += 1
    if not found:
        sys.exit("no Prometheus is told anything")


main()
