"""A real sshd on loopback, with a key that runs one command whatever it is asked."""
import os
import socket
import subprocess
import sys
import time

# What the machine runs whatever it is asked; it knows how to end by the digest.
FORCED = r"""#!/usr/bin/env bash
printf '%s\n' "$1: $SSH_ORIGINAL_COMMAND" >> "$(dirname "$0")/asked"
input=$(cat)
printf '%s\n' "$input" >> "$(dirname "$0")/input"
echo '::error::this is for people'
how=$(< "$(dirname "$0")/how")
case $SSH_ORIGINAL_COMMAND in
status*) cat "$(dirname "$0")/runs" ;;
*) printf '%b\n' "${how#* }"; exit "${how%% *}" ;;
esac
"""


class Machine:
    """A real sshd on loopback, with a key that runs one command."""

    def __init__(self, folder):
        self.folder = folder
        for name in ["host", "key", "stranger"]:
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", f"{folder}/{name}"], check=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.write("deploy", FORCED)
        os.chmod(f"{folder}/deploy", 0o755)
        self.write("authorized", f'restrict,command="{folder}/deploy dev" {self.read("key.pub")}')
        self.write("config", f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile none\nUsePAM no\n"
                   f"AuthorizedKeysFile {folder}/authorized\nStrictModes no\nPasswordAuthentication no\nPermitRootLogin forced-commands-only\n")
        if os.geteuid() == 0:
            # It gives up its rights there.
            os.makedirs("/run/sshd", exist_ok=True)
        self.daemon = subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", f"{folder}/config"], stderr=subprocess.DEVNULL)
        for _ in range(100):
            with socket.socket() as there:
                if there.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        sys.exit("sshd does not start")

    def read(self, name):
        with open(f"{self.folder}/{name}", encoding="utf-8") as file:
            return file.read()

    def write(self, name, text):
        with open(f"{self.folder}/{name}", "w", encoding="utf-8") as file:
            file.write(text)
