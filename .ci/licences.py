"""Checks the licences and the sources of all dependencies against .deny.toml, offline.

Advisories are not checked here: their database is a git repository, which needs a network that CI may not have.
"""

import json
import re
import subprocess
import sys
import tomllib

with open(".deny.toml", "rb") as file:
    allowed = set(tomllib.load(file)["licenses"]["allow"])

metadata = subprocess.run(
    ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", "x86_64-unknown-linux-gnu"],
    check=True, capture_output=True, text=True)
metadata = json.loads(metadata.stdout)
used = {node["id"] for node in metadata["resolve"]["nodes"]}


def holds(expression):
    """Whether an SPDX expression is met by allowed licences; the old `/` means OR."""
    tokens = re.findall(r"[()]|[^\s()]+", expression.replace("/", " OR "))
    terms = " ".join(tokens)
    terms = re.sub(r"([\w.+-]+(?: WITH [\w.-]+)?)",
                   lambda m: m[0] if m[0] in ("AND", "OR") else str(m[0] in allowed), terms)
    return eval(terms.replace("AND", "and").replace("OR", "or"), {"__builtins__": {}})


wrong = []
for package in metadata["packages"]:
    if package["id"] not in used:
        continue
    name = f'{package["name"]} {package["version"]}'
    if not package["license"] or not holds(package["license"]):
        wrong.append(f'{name}: licence {package["license"]} is not allowed by .deny.toml')
    if package["source"] not in (None, "registry+https://github.com/rust-lang/crates.io-index"):
        wrong.append(f'{name}: comes from {package["source"]}, not from crates.io')
print("\n".join(wrong) or f"{len(used)} packages have allowed licences and sources; advisories were not checked")
sys.exit(bool(wrong))
