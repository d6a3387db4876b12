"""Judges custom resources by the shapes of their definitions: unknown, missing and wrongly typed fields, and closed sets.

usage: custom.py SHAPES.json MANIFEST...

SHAPES.json is what shapes.py writes. What EKS defines in its clusters is published nowhere, so such objects are only told.
"""
import json
import sys

from objects import of_files

UNPUBLISHED = "eks.amazonaws.com"
PLAIN = {"string": (str,), "boolean": (bool,), "integer": (int,), "number": (int, float), "either": (int, str)}


def is_plain(value, kinds):
    return isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))


def errors(value, kind, types, where):
    """What is wrong with a value."""
    if value is None or kind == "any":
        return
    if isinstance(kind, dict):
        (container, inner), = kind.items()
        wanted = list if container == "list" else dict
        if not isinstance(value, wanted):
            yield f"{where}: a {container} expected, not {value!r}"
            return
        for key, one in enumerate(value) if wanted is list else value.items():
            yield from errors(one, inner, types, f"{where}[{key!r}]")
    elif kind in PLAIN:
        if not is_plain(value, PLAIN[kind]):
            yield f"{where}: {kind} expected, not {value!r}"
    elif "values" in types.get(kind, {}):
        if value not in types[kind]["values"]:
            yield f"{where}: {value!r} is not one of {types[kind]['values']}"
    elif kind in types:
        yield from of_object(value, types[kind]["fields"], types, where)


def of_object(value, fields, types, where):
    if not isinstance(value, dict):
        yield f"{where}: an object expected, not {value!r}"
        return
    for name, one in value.items():
        if name in fields:
            yield from errors(one, fields[name][1], types, f"{where}.{name}")
        elif "*" not in fields:
            yield f"{where} has no field {name}"
    for name, (required, _) in fields.items():
        if required and name not in value:
            yield f"{where} needs the field {name}"


def of_resource(it, shape):
    metadata = it.get("metadata") or {}
    if shape["namespaced"] == ("namespace" not in metadata):
        yield "the namespace is missing" if shape["namespaced"] else "it belongs to no namespace"
    yield from errors(it.get("spec", {}), shape["spec"], shape["types"], "spec")


def main(shapes, paths):
    with open(shapes, encoding="utf-8") as file:
        known = json.load(file)
    groups, judged, told, found = {key.split("/")[0] for key in known}, 0, [], []
    for path, it in of_files(paths):
        key = f"{it['apiVersion']}/{it['kind']}"
        group, what = key.split("/")[0], f"{path}: {it['kind']} {it['metadata']['name']}"
        if key in known:
            judged += 1
            found += [f"{what}: {one}" for one in of_resource(it, known[key])]
        elif group in groups:
            found.append(f"{what}: {it['apiVersion']} has no such kind")
        elif group == UNPUBLISHED:
            told.append(f"{what}: not judged, {group} publishes no shape")
        elif "." in group and not group.endswith(".k8s.io"):
            found.append(f"{what}: the shape of {key} is not among those that are installed")
    print("\n".join([*told, *found, f"{judged} custom resources, {len(found)} errors"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
