"""Counts the instructions of one request, with and without the middleware, by callgrind.

    python3 instructions.py PREDICTOR PEERS     (two release binaries; valgrind must be installed)

A count does not depend on how busy the machine is. The difference of a long and a short run leaves out
start and stop. Exits 1 if the middleware costs more than its budget.
"""

import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

BUDGET = 5_000
REQUEST = b"GET /predict HTTP/1.1\r\nhost: localhost\r\n\r\n"
SHORT, LONG = 1_000, 6_000


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def connect(port):
    for _ in range(600):
        try:
            return socket.create_connection(("127.0.0.1", port))
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start under callgrind")


def interruptible():
    """A shell starts its background jobs deaf to interrupts, and what they start is deaf too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def instructions(command, requests):
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", *command, "--port", str(port)],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, preexec_fn=interruptible)
        with connect(port) as client:
            for _ in range(requests):
                client.sendall(REQUEST)
                if not client.recv(4096).startswith(b"HTTP/1.1 200"):
                    raise SystemExit("the server did not answer 200")
        server.send_signal(signal.SIGINT)
        return int(re.search(r"Collected : (\d+)", server.communicate(timeout=60)[1])[1])


def per_request(command):
    return (instructions(command, LONG) - instructions(command, SHORT)) / (LONG - SHORT)


def main(predictor, peers):
    served = [predictor, "--host", "127.0.0.1", "--workers", "1", "--log-format", "json", "--log-level"]
    hyper = per_request([peers, "hyper"])
    axum = per_request([peers, "axum"])
    quiet = per_request([*served, "warn"])
    logged = per_request([*served, "info"])
    print(f"instructions per request: bare hyper {hyper:,.0f}, bare axum {axum:,.0f}, "
          f"all protections {quiet:,.0f}, with a log line {logged:,.0f}")
    for name, cost in (("the middleware", quiet - axum), ("the middleware with a log line", logged - axum)):
        print(f"{name} costs {cost:,.0f} of {BUDGET:,}")
        if cost >= BUDGET:
            sys.exit(f"error: {name} is over its budget")


main(*sys.argv[1:])
