"""Judges the rules that Falco is given by the library of filters that Falco is made of, as sysdig carries it.

usage: falco.py FOLDER...

In each FOLDER, the values of the chart below `operators/`: they name no other rules than their own and fetch none, each rule
says what a rule must, and each condition, with what it names put in its place, and each field of what it prints compiles.
"""
import functools
import os
import re
import subprocess
import sys

import yaml

KEYS = {"rule", "desc", "condition", "output", "priority", "tags"}
PRIORITIES = {"CRITICAL", "WARNING"}
# Younger than the library, with one of the same kind that it has.
YOUNGER = {"proc.exepath": "proc.exe"}


@functools.cache
def problem(condition):
    """What the library says against a condition."""
    for field, known in YOUNGER.items():
        condition = re.sub(rf"(?<![\w.]){re.escape(field)}(?![\w.])", known, condition)
    said = subprocess.run(["sysdig", "-r", "/dev/null", condition], capture_output=True, text=True, timeout=20, check=False)
    lines = [line for line in (said.stdout + said.stderr).splitlines() if "filter error" in line or "filter_check" in line]
    return lines[0].strip() if lines else None


def whole(condition, macros):
    """A condition without names of others; these name no third."""
    for name, means in macros.items():
        condition = re.sub(rf"(?<![\w.\-/]){name}(?![\w.\-])", f"({means})", condition)
    return condition


def rules(text):
    """The rules of a file, the macros beside them, and what is wrong with either."""
    all_ = yaml.safe_load(text)
    macros = {one["macro"]: one["condition"] for one in all_ if "macro" in one}
    found = [one for one in all_ if "rule" in one]
    needs = [one for one in all_ if "rule" not in one and "macro" not in one]
    assert [list(one) for one in needs] == [["required_engine_version"], ["required_plugin_versions"]], needs
    names = [one["rule"] for one in found]
    assert len(set(names)) == len(names), names
    wrong = [f"{name} is named by no rule" for name in macros if not any(name in one["condition"] for one in found)]
    for one in found:
        if set(one) != KEYS or one["priority"] not in PRIORITIES:
            wrong.append(f"{one['rule']}: {sorted(one)}, {one['priority']}")
        said = problem(whole(one["condition"], macros))
        fields = re.findall(r"%([a-z0-9_.]*[a-z0-9_])", one["output"])
        unknown = [field for field in fields if problem(f"{field} exists")]
        wrong += [f"{one['rule']}: {what}" for what in ([said] if said else []) + unknown]
        if not {"k8s.pod.name", "k8s.ns.name", "container.name"} <= set(fields):
            wrong.append(f"{one['rule']}: where it is, it does not say")
    return found, wrong


def judge(path):
    with open(path, encoding="utf-8") as file:
        values = yaml.safe_load(file)
    assert values["driver"]["kind"] == "modern_ebpf" and values["driver"]["modernEbpf"]["leastPrivileged"], values["driver"]
    assert values["falco"]["rules_files"] == ["/etc/falco/rules.d"], values["falco"]["rules_files"]
    assert not any(part["enabled"] for part in values["falcoctl"]["artifact"].values()), values["falcoctl"]
    judged, wrong = [], []
    for text in values["customRules"].values():
        found, errors = rules(text)
        judged, wrong = judged + found, wrong + errors
    print("\n".join([*wrong, f"{path}: {len(judged)} rules, {len(wrong)} errors"]))
    return bool(wrong)


def main():
    # Whoever compiles everything judges nothing.
    assert problem("evt.tipe = open") and problem("evt.type = open and (") and not problem("evt.type = open")
    paths = [f"{folder}/{name}" for one in sys.argv[1:] for folder, _, names in sorted(os.walk(one))
             for name in names if name == "falco-values.yaml"]
    if not paths:
        sys.exit("nobody is told what containers may do")
    sys.exit(any([judge(path) for path in paths]))


main()
