"""Reads the objects of manifests."""
import yaml

WORKLOADS = {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job"}


def of_text(text):
    """Every object, those in lists too."""
    for document in yaml.safe_load_all(text):
        if isinstance(document, dict):
            yield from document["items"] if document.get("kind") == "List" else [document]


def of_files(paths):
    """Every object, with the file that it stands in."""
    for path in paths:
        with open(path, encoding="utf-8") as file:
            yield from ((path, it) for it in of_text(file.read()))


def at(value, *keys):
    """What stands there, or None."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def pod_template(it):
    """The metadata and the specification of the pods that an object is or makes, or None."""
    if it.get("kind") == "Pod":
        return it
    if it.get("kind") == "CronJob":
        return at(it, "spec", "jobTemplate", "spec", "template")
    return at(it, "spec", "template") if it.get("kind") in WORKLOADS else None


def containers(spec):
    """All containers of a pod."""
    return [one for key in ("initContainers", "containers", "ephemeralContainers") for one in spec.get(key) or []]


def put(value, place, new):
    """Changes what stands at a place, such as `spec.replicas`; None takes it away."""
    *way, last = place.split(".")
    for key in way:
        value = value[int(key)] if isinstance(value, list) else value.setdefault(key, {})
    if isinstance(value, list):
        value[int(last)] = new
    elif new is None:
        value.pop(last, None)
    else:
        value[last] = new
