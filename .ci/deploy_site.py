"""A folder of rendered systems: their stacks, and the commands that their DEPLOYMENT.md print."""
import dataclasses
import json
import os
import re
import shlex
import sys

import without

PARAMETER_OF_IMAGE = "ImageDigest"
# What a release of pods tells the alarms about the load balancer that their cluster has made.
OF_ENTRY = {"LoadBalancerFullName": "app/entry/0123456789abcdef", "TargetGroupFullName": "targetgroup/pods/0123456789abcdef"}


@dataclasses.dataclass(frozen=True)
class Stack:
    """A stack with the command that deploys it."""

    system: str
    environment: str
    name: str
    template: str
    words: tuple
    account: str
    region: str

    def read(self):
        with open(self.template, encoding="utf-8") as file:
            return json.load(file)

    def takes_image(self):
        return PARAMETER_OF_IMAGE in self.read().get("Parameters", {})

    def with_image(self, digest):
        """The command with the image that a release gives."""
        return self.with_parameters({PARAMETER_OF_IMAGE: digest})

    def watches_pods(self):
        """Whether its alarms wait for a load balancer."""
        return not OF_ENTRY.keys() - self.read().get("Parameters", {}).keys()

    def with_entry(self):
        """The command with the load balancer that a release tells."""
        return self.with_parameters(OF_ENTRY)

    def with_parameters(self, given):
        words, parameters = list(self.words), [f"{name}={value}" for name, value in given.items()]
        if "--parameter-overrides" not in words:
            return [*words, "--parameter-overrides", *parameters]
        at = words.index("--parameter-overrides") + 1
        return [*words[:at], *parameters, *words[at:]]


class Site:
    """The stacks of all systems in the order of deployment."""

    def __init__(self, folder):
        self.folder = folder
        with open(f"{folder}/stacks.json", encoding="utf-8") as file:
            entries = json.load(file)
        self.pages = {}
        for entry in entries:
            if entry["system"] not in self.pages:
                with open(f"{folder}/out/{entry['system']}/DEPLOYMENT.md", encoding="utf-8") as file:
                    self.pages[entry["system"]] = file.read()
        accounts = {}
        for entry in entries:
            found = re.search(r"arn:[a-z-]+:iam::(\d{12}):role/", shlex.join(self.command(entry)))
            if found:
                accounts[entry["system"], entry["environment"]] = found.group(1)
        self.stacks = [self.stack(entry, accounts) for entry in entries]

    def stack(self, entry, accounts):
        words, place = self.command(entry), (entry["system"], entry["environment"])
        return Stack(
            *place, entry["stack_name"], f"{self.folder}/{entry['template']}", tuple(words), accounts[place],
            words[words.index("--region") + 1])

    def command(self, entry):
        """The command of DEPLOYMENT.md, which must say what the list says."""
        name, found = entry["stack_name"], None
        for line in self.pages[entry["system"]].replace("\\\n", " ").splitlines():
            words = shlex.split(line) if line.strip().startswith("aws cloudformation deploy ") else []
            if name in words:
                found = words[1:]
                break
        if found is None:
            sys.exit(f"DEPLOYMENT.md of {entry['system']} does not deploy {name}")
        agreed = found[found.index("--capabilities") + 1 :][:1] if "--capabilities" in found else []
        if agreed != entry["capabilities"]:
            sys.exit(f"{name}: DEPLOYMENT.md agrees to {agreed}, the list to {entry['capabilities']}")
        if entry["template"] not in found:
            sys.exit(f"{name}: DEPLOYMENT.md does not take {entry['template']}")
        return found

    def environments(self):
        """One stack of each environment, in the order of deployment."""
        return list({(it.system, it.environment): it for it in reversed(self.stacks)}.values())[::-1]

    def manifests(self, system, environment):
        """The texts of what is applied to a cluster, by their files; a system of one environment has them beside its pages."""
        own, texts = f"{self.folder}/out/{system}", {}
        for folder in (f"{own}/{environment}/k8s", f"{own}/k8s"):
            for name in os.listdir(folder) if os.path.isdir(folder) else ():
                with open(f"{folder}/{name}", encoding="utf-8") as file:
                    texts[f"{folder.removeprefix(own)}/{name}"] = file.read()
        return texts

    def make_fit(self, target):
        """Takes out of the templates what the target does not make; what that is."""
        gone = set()
        for path, _, names in os.walk(f"{self.folder}/out"):
            for name in names:
                if name.endswith(".template.json"):
                    gone.update(without.write(target, f"{path}/{name}", f"{path}/{name}"))
        return sorted(gone)

    def deletion(self, system, environment):
        """The commands of its chapter on deleting, for one environment."""
        text = self.pages[system]
        chapter = text[text.index("\n## Delete them\n") + 1 :].split("\n## ")[0]
        parts = re.split(r"^([a-z0-9-]+)(?:, signed in to [0-9]{12})?:$", chapter, flags=re.MULTILINE)
        if environment not in parts[1::2]:
            sys.exit(f"DEPLOYMENT.md of {system} does not tell how to delete {environment}")
        part = parts[parts.index(environment) + 1]
        return "\n".join(re.findall(r"^```sh\n(.*?)^```$", part, flags=re.MULTILINE | re.DOTALL))
