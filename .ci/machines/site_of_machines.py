"""A rendered repository as Kubernetes 1.20 takes it: what that does not know is taken out and told, and times are shortened."""
import glob
import os
import re
import shutil

import yaml

from objects import of_text
from older import older

SHORTENED = {"minReadySeconds: 10": "minReadySeconds: 1", "progressDeadlineSeconds: 300": "progressDeadlineSeconds: 8"}
# What is played: the metrics of pods.
PLAYED = ("APIService", "v1beta1.metrics.k8s.io")


class Site:
    """A copy of the repository, and the folder of one system in it."""

    def __init__(self, rendered, folder, system):
        self.root, self.system, self.said = folder, f"{folder}/out/{system}", set()
        for part in (f"out/{system}", ".github"):
            shutil.copytree(f"{rendered}/{part}", f"{folder}/{part}")
        for path in glob.glob(f"{self.system}/k8s/**/*.yaml", recursive=True) + glob.glob(f"{self.system}/infra/cluster/*.yaml"):
            if os.path.basename(path) != "kustomization.yaml":
                self.make_older(path)

    def make_older(self, path):
        with open(path, encoding="utf-8") as file:
            found = [it for it in of_text(file.read()) if (it["kind"], it["metadata"]["name"]) != PLAYED]
        objects, said = zip(*(older(it) for it in found))
        self.said.update(line for lines in said for line in lines)
        text = yaml.safe_dump_all(objects, sort_keys=False)
        for long, short in SHORTENED.items():
            text = text.replace(long, short)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def sums(self, path):
        """What `setup.sh sums` would print: one digest for each image of others."""
        with open(f"{self.system}/infra/setup.sh", encoding="utf-8") as file:
            images = re.findall(r"^  ([a-z0-9.]+/\S+:\S+)$", file.read(), re.MULTILINE)
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(f"image {image} sha256:{number:064x}\n" for number, image in enumerate(images, 1))
        return path
