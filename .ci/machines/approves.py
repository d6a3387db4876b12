"""Asks the program that approves certificates of kubelets, with requests as kubelets make them, and as others could.

usage: approves.py FOLDER-OF-THE-MACHINE   (as embedded.py unpacks it)
"""
import base64
import json
import os
import subprocess
import sys
import tempfile

HOST, ADDRESS, OTHER = "devops-instance-2", "10.160.0.4", "devops-instance-3"
USAGES = ["digital signature", "server auth"]


def pem(folder, names=f"DNS:{HOST},IP:{ADDRESS}", subject=f"/O=system:nodes/CN=system:node:{HOST}", more=(), key="ec"):
    """A request, signed by its key."""
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"] if key == "ec" else ["-newkey", "rsa:2048"]
    names = ["-addext", f"subjectAltName={names}"] if names else []
    done = subprocess.run(["openssl", "req", "-new", *kind, "-nodes", "-keyout", f"{folder}/key", "-subj", subject, *names, *more],
                          check=True, capture_output=True, text=True)
    return done.stdout


def forged(text):
    """The same, with another signature."""
    der = bytearray(base64.b64decode("".join(text.split("\n")[1:-2])))
    der[-1] ^= 1
    return "-----BEGIN CERTIFICATE REQUEST-----\n" + base64.encodebytes(bytes(der)).decode() + "-----END CERTIFICATE REQUEST-----\n"


def request(name, text, **spec):
    spec = {"signerName": "kubernetes.io/kubelet-serving", "username": f"system:node:{HOST}", "groups": ["system:nodes", "system:authenticated"],
            "usages": USAGES, "request": base64.b64encode(text.encode()).decode(), **spec}
    return {"metadata": {"name": name}, "spec": spec, "status": spec.pop("status", {})}


def requests(folder):
    """Those that are to be approved, and those that are not."""
    right = [
        request("of-a-kubelet", pem(folder)),
        request("with-rsa", pem(folder, key="rsa"), usages=["key encipherment", *USAGES]),
        request("of-another", pem(folder, f"DNS:{OTHER},IP:10.160.0.5", f"/O=system:nodes/CN=system:node:{OTHER}"), username=f"system:node:{OTHER}"),
    ]
    settings = f"{folder}/hidden.cnf"
    with open(settings, "w", encoding="utf-8") as file:
        # A name that a text shows as what is expected.
        file.write(f"[req]\ndistinguished_name=dn\n[dn]\n[names]\nsubjectAltName=@all\n[all]\nDNS.1={HOST}, IP Address:{ADDRESS}\n")
    wrong = [
        request("one-name-more", pem(folder, f"DNS:{HOST},DNS:kubernetes.default.svc,IP:{ADDRESS}")),
        request("one-address-more", pem(folder, f"DNS:{HOST},IP:{ADDRESS},IP:10.160.0.3")),
        request("no-address", pem(folder, f"DNS:{HOST}")),
        request("no-names", pem(folder, "")),
        request("address-of-another", pem(folder, f"DNS:{HOST},IP:10.160.0.5")),
        request("name-of-another", pem(folder, f"DNS:{OTHER},IP:{ADDRESS}")),
        request("with-mail", pem(folder, f"DNS:{HOST},IP:{ADDRESS},email:a@example.com")),
        request("name-that-looks-so", pem(folder, "", more=["-config", settings, "-reqexts", "names"])),
        request("subject-of-another", pem(folder, subject=f"/O=system:nodes/CN=system:node:{OTHER}")),
        request("group-more", pem(folder, subject=f"/O=system:masters/O=system:nodes/CN=system:node:{HOST}")),
        request("unknown-machine", pem(folder, "DNS:stranger,IP:10.160.0.9", "/O=system:nodes/CN=system:node:stranger"), username="system:node:stranger"),
        request("asked-by-another", pem(folder), username=f"system:node:{OTHER}"),
        request("asked-by-a-person", pem(folder), username="somebody"),
        request("not-a-node", pem(folder), groups=["system:authenticated"]),
        request("for-clients", pem(folder), usages=[*USAGES, "client auth"]),
        request("another-signer", pem(folder), signerName="kubernetes.io/kube-apiserver-client"),
        request("forged", forged(pem(folder))),
        request("nonsense", "nonsense"),
        request("denied", pem(folder), status={"conditions": [{"type": "Denied"}]}),
    ]
    return right, wrong


KUBECTL = """#!/bin/sh
case "$*" in
  "get certificatesigningrequests"*) cat "$HERE/requests.json" ;;
  "certificate approve "*) echo "$3" >>"$HERE/approved" ;;
  *) echo "kubectl $*" >&2; exit 1 ;;
esac
"""


def main(machine):
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/kubectl", "w", encoding="utf-8") as file:
            file.write(KUBECTL)
        os.chmod(f"{folder}/kubectl", 0o755)
        right, wrong = requests(folder)
        with open(f"{folder}/requests.json", "w", encoding="utf-8") as file:
            json.dump({"items": [*wrong, *right]}, file)
        environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "HERE": folder}
        done = subprocess.run(["bash", f"{machine}/usr/local/sbin/approve-certificates"], env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"it ended with {done.returncode}\n{done.stdout}{done.stderr}")
        with open(f"{folder}/approved", encoding="utf-8") as file:
            approved = file.read().split()
        if approved != [one["metadata"]["name"] for one in right]:
            raise SystemExit(f"approved {approved}\n{done.stdout}{done.stderr}")
    print(f"certificates: {len(right)} requests of kubelets are approved, {len(wrong)} others are not")


main(*sys.argv[1:])
