"""A real Prometheus and a real Alertmanager watch the real predictor, by what is rendered for a cluster.

usage: watching.py SYSTEM SCRATCH PREDICTOR   (with the Python of the environment `manifests`)

SYSTEM is a rendered folder with `k8s/` and `monitoring/`. Its pods are processes on loopback. Every duration that is rendered
is shortened by one factor; of Alertmanager's configuration only addresses, files and whom to trust are other ones. Each alert
must begin and end, and be told to whom the requirements say, which stand here.
"""
import glob
import os
import sys
import time

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path += [os.path.join(HERE, "kubernetes"), os.path.join(HERE, "monitoring")]

from load import Load, Slow, at_once  # noqa: E402
from objects import of_files  # noqa: E402
from watched import Watched  # noqa: E402

# S3.51 to S3.53.
TOLD = {"critical": {"mail", "slack"}, "warning": {"slack"}}
MENTION = "<!channel>"
# The requests that a pod handles at once, where nothing else is set.
PLACES = 128
# What begins together. S3.45 to S3.50, and S3.80.
WARNINGS = ["HighCpu", "HighMemory", "SlowResponses", "Restarts", "BrokenPolicy"]
CRITICALS = ["TooFewTasks", "BelowMinimum", "UnhealthyTasks", "HighErrorRate", "ErrorBudgetBurnsFast"]
# Warnings that begin beside what is critical; the last one goes on after it.
INHIBITED = ["SlowResponses", "ErrorBudgetBurnsSlowly"]


def say(text):
    print(f"watching: {text} ({time.monotonic() - BEGAN:.0f}s)", flush=True)


def lines(watched, state, alert, since=0):
    """By what somebody was told that an alert is in a state; with what to do, or it is not told."""
    rule = watched.rules[alert]
    wanted = f"{state} {alert} in {watched.pods.namespace}: {rule['annotations']['summary']}. {rule['annotations']['runbook_url']}"
    return {one.by for one in watched.sinks.told[since:] if any(line.endswith(wanted) for line in one.text.splitlines())}


def must_be_told(watched, state, alerts, since, seconds=40):
    """Waits until each of the alerts was told to whom it must, and to nobody else."""
    def missing():
        return {f"{alert} {state} by {by}" for alert in alerts
                for by in TOLD[watched.severity(alert)] - lines(watched, state, alert, since)}

    watched.wait(lambda: not missing(), seconds, missing)
    for alert in alerts:
        wrong = lines(watched, state, alert, since) - TOLD[watched.severity(alert)]
        if wrong:
            raise SystemExit(f"{alert} is told by {wrong}")


def silence(watched):
    """Where all is well nobody is told anything, and all that dashboards ask has an answer."""
    watched.wait(lambda: watched.pods.ready() == watched.pods.all and watched.load.sent > 50, 30)
    time.sleep(6)
    if watched.firing() or watched.sinks.told:
        raise SystemExit(f"all is well, and yet: {watched.firing()} {watched.sinks.told}")
    empty = [one for one in watched.asked() if not watched.query(one)]
    if empty:
        raise SystemExit(f"Prometheus has no answer to {empty}")
    say(f"all is well, nobody is told, and {len(watched.asked())} questions of the dashboard are answered")


def warnings(watched, alerts):
    """Pods that use much, a container that is started again, clients whose requests take long, and a denial."""
    since = len(watched.sinks.told)
    watched.pods.cpu = watched.pods.memory = 0.95
    with Slow(watched.pods, 24, 2.6):
        watched.pods.all[0].restart()
        watched.pods.denied += 1
        must_be_told(watched, "FIRING", alerts, since)
        say(f"begun and told: {', '.join(alerts)}")
    watched.pods.cpu = watched.pods.memory = 0.1
    must_be_told(watched, "RESOLVED", alerts, since)
    loud = [one for one in watched.sinks.told[since:] if one.by != "slack" or MENTION in one.text]
    if loud:
        raise SystemExit(f"a warning is told like what is critical: {loud}")
    say("over and told; no mail, nobody mentioned")


def criticals(watched, alerts, inhibited):
    """One pod hangs, one is gone, and slow clients take all places of what is left, so that it refuses others."""
    hanging, gone, *others = watched.pods.all
    since = len(watched.sinks.told)
    watched.seen.clear()
    watched.load.rate = 12
    hanging.hang(True)
    gone.kill()
    watched.wait(lambda: not hanging.ready, 10)
    with Slow(watched.pods, (PLACES + 20) * len(others), 4.5):
        must_be_told(watched, "FIRING", alerts, since)
        watched.wait(lambda: set(inhibited) <= watched.seen, 20, lambda: set(inhibited) - watched.seen)
    begun = [one for one in watched.sinks.told[since:] if one.by == "slack" and one.title.startswith("FIRING")]
    quiet = [one for one in begun if MENTION not in one.text]
    if quiet:
        raise SystemExit(f"nobody is mentioned: {quiet}")
    told = [alert for alert in inhibited if lines(watched, "FIRING", alert, since)]
    if told:
        raise SystemExit(f"{told} is told beside what explains it")
    say(f"begun and told by mail and with a mention: {', '.join(alerts)}; not told beside them: {', '.join(inhibited)}")
    hanging.hang(False)
    gone.start()
    must_be_told(watched, "RESOLVED", alerts, since, 80)
    mentions = [one for one in watched.sinks.told[since:] if one.title.startswith("RESOLVED") and MENTION in one.text]
    if mentions:
        raise SystemExit(f"somebody is mentioned when it is over: {mentions}")
    say("over and told by mail and Slack")


def slowly(watched, alert, since):
    """What is left is told now. So many good answers that the bad ones no longer count end it."""
    must_be_told(watched, "FIRING", [alert], since)
    say(f"begun and told: {alert}")
    sent = 0
    while alert in watched.firing():
        for pod in watched.pods.ready():
            at_once(pod, 5000)
            sent += 5000
        if sent > 3_000_000:
            raise SystemExit(f"{alert} does not end")
    must_be_told(watched, "RESOLVED", [alert], since)
    say(f"over and told, after {sent} good answers")


def main(system, scratch, predictor):
    objects = [it for _, it in of_files(sorted(glob.glob(f"{system}/k8s/*.yaml")))]
    with open(f"{system}/monitoring/alertmanager.yml", encoding="utf-8") as file:
        routes = yaml.safe_load(file)
    monitored = [it for _, it in of_files([f"{system}/monitoring/prometheus-config.yaml"])]
    watched = Watched(objects, monitored, routes, f"{system}/monitoring/grafana-dashboard.json", scratch, predictor)
    unknown = set(watched.rules) - set(WARNINGS + CRITICALS + INHIBITED)
    if unknown:
        raise SystemExit(f"nothing here makes these begin: {unknown}")
    with watched.running():
        watched.load = Load(watched.pods, 60)
        say(f"{len(watched.pods.all)} pods, {len(watched.rules)} alerts, durations by {watched.factor}")
        silence(watched)
        warnings(watched, WARNINGS)
        since = len(watched.sinks.told)
        criticals(watched, CRITICALS, INHIBITED)
        slowly(watched, INHIBITED[-1], since)
        if watched.firing():
            raise SystemExit(f"not over: {watched.firing()}")
        say(f"each of {len(watched.rules)} alerts began, was told and ended, in {len(watched.sinks.told)} messages")


BEGAN = time.monotonic()
main(*(os.path.abspath(word) for word in sys.argv[1:]))
