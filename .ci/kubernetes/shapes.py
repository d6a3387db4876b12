"""Reads the shapes of custom resources out of crates that are generated from their definitions.

usage: shapes.py VENDORED_CRATES OUT.json

OUT is a map from "group/version/Kind" to {"namespaced", "spec", "types"}. A type is {"values": [...]} or
{"fields": {name: [required, type]}}; a type in a field is "string", "integer", "number", "boolean", "either" (an integer
or a string), "any", the name of another type, {"list": type} or {"map": type}.
"""
import json
import os
import re
import sys

KIND = re.compile(r'#\[kube\(group = "([^"]+)", version = "([^"]+)", kind = "([^"]+)"')
PLAIN = {
    "String": "string", "bool": "boolean", "IntOrString": "either", "f32": "number", "f64": "number",
    **dict.fromkeys(["i32", "i64", "u32", "u64"], "integer"),
}


def arguments(text):
    """The generic arguments of a type."""
    found, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += (char == "<") - (char == ">")
        if char == "," and depth == 0:
            found.append(text[start:at])
            start = at + 1
    return [*found, text[start:]]


def type_of(text):
    text = text.strip()
    generic = re.fullmatch(r"(?:[a-z_]+::)*(\w+)<(.*)>", text, re.S)
    if generic is None:
        return PLAIN.get(text) or (text if re.fullmatch(r"[A-Z]\w*", text) else "any")
    name, inner = generic[1], arguments(generic[2])
    if name in ("Option", "Box"):
        return type_of(inner[0])
    if name == "Vec":
        return {"list": type_of(inner[0])}
    return {"map": type_of(inner[1])} if name in ("BTreeMap", "HashMap") else "any"


def attributed(body):
    """The lines of a type, each with the attributes before it."""
    attributes = ""
    for line in map(str.strip, body.split("\n")):
        if line.startswith("#["):
            attributes += line
        elif line and not line.startswith("///"):
            yield line, attributes
            attributes = ""


def renamed(name, attributes):
    other = re.search(r'rename = "([^"]*)"', attributes)
    return other[1] if other else name


def values(body):
    lines = ((line.rstrip(","), attributes) for line, attributes in attributed(body))
    return {"values": [renamed(name, attributes) for name, attributes in lines if re.fullmatch(r"\w+", name)]}


def fields(body):
    found = {}
    for line, attributes in attributed(body):
        field = re.match(r"pub (?:r#)?(\w+): (.*?),?$", line)
        if field and "flatten" in attributes:
            found["*"] = [False, "any"]
        elif field:
            required = not field[2].startswith("Option<") and "default" not in attributes
            found[renamed(field[1], attributes)] = [required, type_of(field[2])]
    return {"fields": found}


def shape(text, kind):
    declared = re.findall(r"pub (struct|enum) (\w+) \{\n(.*?)\n\}", text, re.S)
    return {
        "namespaced": "#[kube(namespaced)]" in text,
        "spec": re.search(r"pub struct (\w+)", text[kind.end():])[1],
        "types": {name: values(body) if what == "enum" else fields(body) for what, name, body in declared},
    }


shapes = {}
for folder, _, files in sorted(os.walk(sys.argv[1])):
    for file in files if "/kcr_" in folder else ():
        with open(os.path.join(folder, file), encoding="utf-8", errors="replace") as source:
            code = source.read()
        found_kind = KIND.search(code) if file.endswith(".rs") else None
        if found_kind:
            shapes["/".join(found_kind.groups())] = shape(code, found_kind)
if not shapes:
    sys.exit("there is no custom resource in these crates")
with open(sys.argv[2], "w", encoding="utf-8") as out:
    json.dump(shapes, out, indent=1)
print(f"{len(shapes)} kinds")
