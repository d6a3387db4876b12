"""Writes what stands in cloud-init's texts into folders, one for each machine, as the machine has it.

usage: embedded.py FOLDER CLOUD-INIT...
"""
import os
import sys

import yaml


def unpack(path, folder):
    """The files of one machine below a folder of its own; the name of that."""
    host = os.path.splitext(os.path.basename(path))[0]
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if not text.startswith("#cloud-config\n"):
        raise SystemExit(f"{path}: cloud-init would not take it for its own")
    for entry in yaml.safe_load(text)["write_files"]:
        target = os.path.join(folder, host, entry["path"].lstrip("/"))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w", encoding="utf-8") as file:
            file.write(entry["content"])
        os.chmod(target, int(entry["permissions"], 8))
    return os.path.join(folder, host)


if __name__ == "__main__":
    for one in sys.argv[2:]:
        print(unpack(one, sys.argv[1]))
