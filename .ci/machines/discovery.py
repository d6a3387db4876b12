"""Finds for Prometheus what it would find by itself, where it is built without that: with the token of its account, by the
names of https://prometheus.io/docs/prometheus/latest/configuration/configuration/#kubernetes_sd_config.
"""
import http.server
import json
import re
import ssl
import threading
import urllib.request

NAME = "__meta_kubernetes_"
REFRESHED = "1s"


class Finder:
    """Asks the API server as an account, and answers with targets."""

    def __init__(self, url, token):
        self.url, self.token = url, token
        finder = self

        class Handler(http.server.BaseHTTPRequestHandler):
            """Answers `/ROLE/NAMESPACE/…` with the targets of a role in namespaces."""

            def do_GET(self):
                role, *namespaces = filter(None, self.path.split("/"))
                text = json.dumps(list(ROLES[role](finder, namespaces))).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_):
                """Says nothing."""

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.handle_error = lambda *_: None
        self.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def items(self, path):
        """What there is; what it may not see ends the request, and Prometheus finds nothing."""
        request = urllib.request.Request(self.url + path, headers={"Authorization": f"Bearer {self.token}"})
        with urllib.request.urlopen(request, context=ssl._create_unverified_context(), timeout=10) as answer:
            return json.load(answer)["items"]

    def takes_over(self, job):
        """The job, which asks here."""
        asked = [f"http://127.0.0.1:{self.port}/" + "/".join([one["role"], *one.get("namespaces", {}).get("names", [])])
                 for one in job.pop("kubernetes_sd_configs", [])]
        if asked:
            job["http_sd_configs"] = [{"url": url, "refresh_interval": REFRESHED} for url in asked]


def label(text):
    return re.sub(r"[^a-zA-Z0-9_]", "_", text)


def of_slices(finder, namespaces):
    for namespace in namespaces:
        services = {it["metadata"]["name"]: it["metadata"].get("labels", {}) for it in finder.items(f"/api/v1/namespaces/{namespace}/services")}
        # It reads the pods, too: who may not list them gets none of their names.
        pods = {it["metadata"]["name"] for it in finder.items(f"/api/v1/namespaces/{namespace}/pods")}
        for it in finder.items(f"/apis/discovery.k8s.io/v1beta1/namespaces/{namespace}/endpointslices"):
            service = it["metadata"]["labels"]["kubernetes.io/service-name"]
            given = {f"{NAME}service_label_{label(key)}": value for key, value in services.get(service, {}).items()}
            for port in it["ports"] or []:
                for one in it["endpoints"]:
                    pod = one.get("targetRef", {}).get("name", "")
                    yield {"targets": [f"{one['addresses'][0]}:{port['port']}"], "labels": {
                        **given, f"{NAME}namespace": namespace, f"{NAME}service_name": service,
                        f"{NAME}endpointslice_port_name": port["name"], f"{NAME}pod_name": pod if pod in pods else ""}}


def of_nodes(finder, _):
    for it in finder.items("/api/v1/nodes"):
        name = it["metadata"]["name"]
        yield {"targets": [f"{name}:10250"], "labels": {f"{NAME}node_name": name}}


def of_pods(finder, namespaces):
    for namespace in namespaces:
        for it in finder.items(f"/api/v1/namespaces/{namespace}/pods"):
            for port in (port for one in it["spec"]["containers"] for port in one.get("ports") or []):
                yield {"targets": [f"{it['status'].get('podIP')}:{port['containerPort']}"], "labels": {
                    f"{NAME}pod_container_port_number": str(port["containerPort"]), f"{NAME}pod_node_name": it["spec"].get("nodeName", "")}}


ROLES = {"endpointslice": of_slices, "node": of_nodes, "pod": of_pods}
