"""Pods with the Prometheus and the Alertmanager that watch them, all on loopback."""
import contextlib
import json
import subprocess
import threading
import time
import urllib.parse
import urllib.request

import yaml

import shortened
from local_cluster import certificate, free_port
from pods import Pods
from sinks import Sinks

PASSWORD = "secret"
# What the operator sets where nothing is said, and Prometheus itself.
EVALUATION, RESEND, LOOKBACK = "30s", "1m", "5m"


class Watched:
    """What is rendered of a system, made to run here."""

    factor = shortened.FACTOR

    def __init__(self, objects, monitored, routes, dashboard, scratch, predictor):
        self.scratch, self.processes, self.seen, self.over = scratch, [], set(), threading.Event()
        self.ports = {name: free_port() for name in ("prometheus", "alertmanager")}
        of_kind = {it["kind"]: it for it in objects}
        count = of_kind["HorizontalPodAutoscaler"]["spec"]["minReplicas"]
        settings = of_kind["ConfigMap"]["data"]
        self.pods = Pods(of_kind["Deployment"], settings, count, predictor, [free_port() for _ in range(count)])
        monitors = {it["kind"]: it for it in monitored}
        self.groups = monitors["PrometheusRule"]["spec"]["groups"]
        self.targets = targets(monitors["ServiceMonitor"], of_kind["Service"], self.pods)
        self.rules = {rule["alert"]: rule for group in self.groups for rule in group["rules"] if "alert" in rule}
        self.routes, self.dashboard = routes, dashboard
        self.sinks = Sinks(certificate(scratch, "mail"), routes["receivers"][0]["email_configs"][0]["auth_username"], PASSWORD)

    def severity(self, alert):
        return self.rules[alert]["labels"]["severity"]

    def write(self, name, text):
        path = f"{self.scratch}/{name}"
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def redirected(self):
        """The configuration of Alertmanager with other addresses, and files that are there. All else is as rendered."""
        url = self.write("slack-url", f"http://127.0.0.1:{self.sinks.slack}/")
        password = self.write("mail-password", PASSWORD)
        for receiver in self.routes["receivers"]:
            for one in receiver.get("slack_configs", ()):
                one["api_url_file"] = url
            for one in receiver.get("email_configs", ()):
                one["smarthost"] = f"127.0.0.1:{self.sinks.mail}"
                one["auth_password_file"] = password
                one["tls_config"] = {"ca_file": f"{self.scratch}/mail.crt"}
        return shortened.shortened(self.routes)

    def prometheus(self, stand_in):
        """The configuration that the operator would make, and the rules."""
        rules = self.write("rules.yml", yaml.safe_dump({"groups": shortened.shortened(self.groups)}))
        beside = {**self.targets, "job_name": "stand-in", "honor_labels": True, "metrics_path": "/metrics",
                  "static_configs": [{"targets": [f"127.0.0.1:{stand_in}"]}]}
        return {
            "global": {
                "evaluation_interval": shortened.shorter(EVALUATION),
                "external_labels": {"prometheus": "monitoring/prometheus", "prometheus_replica": "prometheus-0"}},
            "rule_files": [rules], "scrape_configs": [self.targets, beside],
            "alerting": {
                "alert_relabel_configs": [{"action": "labeldrop", "regex": "prometheus_replica"}],
                "alertmanagers": [{"static_configs": [{"targets": [f"127.0.0.1:{self.ports['alertmanager']}"]}]}]}}

    def start(self, program, config, *words):
        path = self.write(f"{program}.yml", yaml.safe_dump(config))
        with open(f"{self.scratch}/{program}.log", "wb") as log:
            self.processes.append(subprocess.Popen(
                [program, f"--config.file={path}", "--log.level=warn", *words], cwd=self.scratch, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log))

    @contextlib.contextmanager
    def running(self):
        try:
            stand_in = self.pods.start()
            self.start("prometheus-alertmanager", self.redirected(), f"--storage.path={self.scratch}/notifications",
                       f"--web.listen-address=127.0.0.1:{self.ports['alertmanager']}", "--cluster.listen-address=")
            self.start("prometheus", self.prometheus(stand_in), f"--storage.tsdb.path={self.scratch}/figures",
                       f"--web.listen-address=127.0.0.1:{self.ports['prometheus']}",
                       f"--rules.alert.resend-delay={shortened.shorter(RESEND)}",
                       f"--query.lookback-delta={shortened.shorter(LOOKBACK)}")
            self.wait(lambda: self.query("up"), 30)
            threading.Thread(target=self.keep_looking, daemon=True).start()
            yield self
        finally:
            self.over.set()
            for process in self.processes + [pod.process for pod in self.pods.all if pod.process]:
                process.kill()
                process.wait()

    def ask(self, path, **given):
        url = f"http://127.0.0.1:{self.ports['prometheus']}/api/v1/{path}?{urllib.parse.urlencode(given)}"
        with urllib.request.urlopen(url, timeout=10) as answer:
            return json.load(answer)["data"]

    def query(self, expression):
        return self.ask("query", query=expression)["result"]

    def asked(self):
        """What the dashboard asks, with shorter ranges."""
        with open(self.dashboard, encoding="utf-8") as file:
            panels = json.load(file)["panels"]
        return [shortened.expression(target["expr"]) for panel in panels for target in panel["targets"]]

    def firing(self):
        return {one["labels"]["alertname"] for one in self.ask("alerts")["alerts"] if one["state"] == "firing"}

    def keep_looking(self):
        while not self.over.wait(0.1):
            with contextlib.suppress(OSError):
                self.seen |= self.firing()

    def wait(self, holds, seconds, missing=lambda: ""):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                if holds():
                    return
            time.sleep(0.1)
        told = "\n".join(str(one) for one in self.sinks.told)
        raise SystemExit(f"not in {seconds} seconds: {missing()}\nbegun: {self.seen}\ntold:\n{told}")


def targets(monitor, service, pods):
    """What the operator makes of a ServiceMonitor: where it asks, and the labels that it gives each pod."""
    spec, wanted = monitor["spec"], monitor["spec"]["selector"]["matchLabels"]
    (endpoint,) = spec["endpoints"]
    names = [port["name"] for port in service["spec"]["ports"]]
    if endpoint["port"] not in names or not wanted.items() <= service["metadata"]["labels"].items():
        raise SystemExit(f"the ServiceMonitor finds no Service: {endpoint} {wanted}")
    name, namespace = service["metadata"]["name"], service["metadata"]["namespace"]
    given = {"job": name, "namespace": namespace, "service": name, "container": pods.container, "endpoint": endpoint["port"]}
    return {
        "job_name": f"serviceMonitor/{namespace}/{monitor['metadata']['name']}/0",
        "metrics_path": endpoint["path"], "scrape_interval": shortened.shorter(endpoint["interval"]),
        "scrape_timeout": shortened.shorter(endpoint["scrapeTimeout"]),
        "static_configs": [{"targets": [f"127.0.0.1:{pod.port}"], "labels": {**given, "pod": pod.name}} for pod in pods.all]}
