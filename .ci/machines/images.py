"""How the images of the cluster's pods are started on loopback, and where what they ask for is."""
import yaml

from discovery import Finder

REQUEST = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {}}
OFTEN = {"scrape_interval": "1s", "scrape_timeout": "1s"}


def predictor(binary, programs):
    """The image of the system: as its pod says, on the address that stands for the pod's own."""
    def start(pod, one, address):
        return [binary], {**programs.settings(pod, one), "HOST": address, "LOG_LEVEL": "error"}
    return start


def prometheus(cluster, programs):
    """Prometheus: with its own words and file, but for who asks the API server with its account, and where pods are here."""
    def start(pod, one, address):
        (volume,) = [it["configMap"]["name"] for it in pod["spec"]["volumes"] if "configMap" in it]
        given = cluster.api.get(f"/api/v1/namespaces/{pod['metadata']['namespace']}/configmaps/{volume}")["data"]
        folder = f"{programs.scratch}/{pod['metadata']['uid']}"
        with open(f"{folder}.yml", "w", encoding="utf-8") as file:
            yaml.safe_dump(looks_here(given["prometheus.yml"], Finder(cluster.api.url, token(cluster.api, pod)), programs), file)
        places = {"--config.file": f"{folder}.yml", "--storage.tsdb.path": folder}
        words = [f"{name}={places.get(name, value)}" for name, _, value in (word.partition("=") for word in one["args"])]
        return ["prometheus", *words, f"--web.listen-address={address}:{one['ports'][0]['containerPort']}"], {}
    return start


def token(api, pod):
    """The one that a pod gets of its account."""
    path = f"/api/v1/namespaces/{pod['metadata']['namespace']}/serviceaccounts/{pod['spec']['serviceAccountName']}/token"
    return api.ask("POST", path, REQUEST)[1]["status"]["token"]


def looks_here(text, finder, programs):
    """The file of Prometheus with other places of the same things."""
    config = yaml.safe_load(text)
    config["global"].update(OFTEN)
    config["rule_files"] = []
    here = {"source_labels": ["__address__"], "regex": r"10\.\d+\.(.*)", "target_label": "__address__", "replacement": f"127.{programs.second}.$1"}
    for job in config["scrape_configs"]:
        finder.takes_over(job)
        # No kubelet answers here.
        job.pop("authorization", None)
        job.pop("tls_config", None)
        job.setdefault("relabel_configs", []).append(here)
    return config
