"""Measures the predictor against its FastAPI twin, bare hyper and its own bare router, side by side.

    python3 app/predictor/bench/run.py [--rounds 3] [--seconds 4]

Needs Rust, python3 with venv, wrk and hey; it makes its own venv under .checkers/ and prints a table. The
server has processor 0, the load processor 1, and the peers take turns, so that a busy machine is busy for
all. Requests per second of processor time decide: they depend least on who else uses the machine.
"""

import argparse
import csv
import os
import pathlib
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent.resolve()
ROOT = HERE.parents[2]
VENV = ROOT / ".checkers/py/bench"
RELEASE = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "dist"
PORT = 18090
TICKS = os.sysconf("SC_CLK_TCK")
PREDICTOR = [RELEASE / "predictor", "--host", "127.0.0.1", "--port", PORT, "--workers", 1, "--log-format", "json"]
UVICORN = [VENV / "bin/uvicorn", "--app-dir", HERE, "--port", PORT, "--log-level", "warning"]
PEERS = {
    "FastAPI, least": [*UVICORN, "--no-access-log", "fastapi_twin:least"],
    "FastAPI, plain `def`": [*UVICORN, "--no-access-log", "fastapi_twin:plain"],
    "FastAPI, id and metrics": [*UVICORN, "--no-access-log", "fastapi_twin:observed"],
    "bare hyper": [RELEASE / "examples/peers", "hyper", "--port", PORT],
    "bare router": [RELEASE / "examples/peers", "axum", "--port", PORT],
    "predictor, no log line": [*PREDICTOR, "--log-level", "warn"],
    "predictor, a log line each": [*PREDICTOR, "--log-level", "info"],
}


def prepare():
    if not (VENV / "bin/uvicorn").exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    subprocess.run([VENV / "bin/pip", "install", "-q", "--disable-pip-version-check", "-r", HERE / "requirements.txt"], check=True)
    subprocess.run(["cargo", "build", "--locked", "--profile", "dist", "--package", "predictor", "--bin", "predictor",
                    "--example", "peers"], check=True, cwd=ROOT)


def answers():
    try:
        with socket.create_connection(("127.0.0.1", PORT), timeout=1) as client:
            client.sendall(b"GET /predict HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
            return client.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


class Server:
    def __init__(self, command, log):
        begun = time.perf_counter()
        self.process = subprocess.Popen(["taskset", "-c", "0", *map(str, command)], stdout=log, stderr=log)
        while not answers():
            if self.process.poll() is not None or time.perf_counter() - begun > 30:
                sys.exit(f"{command[0]} did not start")
            time.sleep(0.0005)
        self.ready = time.perf_counter() - begun

    def processor(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return int(fields[11]) / TICKS, int(fields[12]) / TICKS

    def resident(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait()


def full_load(seconds):
    out = subprocess.run(["taskset", "-c", "1", "wrk", "-t1", "-c32", f"-d{seconds}s", f"http://127.0.0.1:{PORT}/predict"],
                         check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        sys.exit(out)
    return int(out.split(" requests in")[0].split()[-1])


def equal_rate(seconds):
    """1000 requests per second: milliseconds of each."""
    out = subprocess.run(["taskset", "-c", "1", "hey", "-z", f"{seconds}s", "-c", "20", "-q", "50", "-o", "csv",
                          f"http://127.0.0.1:{PORT}/predict"], check=True, capture_output=True, text=True).stdout
    return sorted(float(row["response-time"]) * 1000 for row in csv.DictReader(out.splitlines()))


def spent(before, after):
    return after[0] - before[0], after[1] - before[1]


def measure(command, seconds):
    with tempfile.TemporaryFile() as log:
        server = Server(command, log)
        result = {"ready": server.ready * 1000, "idle": server.resident()}
        before = server.processor()
        times = equal_rate(seconds)
        result["core"] = sum(spent(before, server.processor())) / (len(times) / 1000) * 100
        result["p50"], result["p99"] = times[len(times) // 2], times[len(times) * 99 // 100]
        before = server.processor()
        requests = full_load(seconds)
        user, kernel = spent(before, server.processor())
        result["rate"], result["kernel"] = requests / (user + kernel), 100 * kernel / (user + kernel)
        result["loaded"] = server.resident()
        server.stop()
        return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=4)
    arguments = parser.parse_args()
    prepare()
    rounds = {name: [] for name in PEERS}
    for _ in range(arguments.rounds):
        for name, command in PEERS.items():
            rounds[name].append(measure(command, arguments.seconds))
    medians = {name: {key: statistics.median(one[key] for one in runs) for key in runs[0]} for name, runs in rounds.items()}
    twin, hyper = (medians[name]["rate"] for name in ("FastAPI, least", "bare hyper"))
    print("| `GET /predict` | per CPU second | of which kernel | to FastAPI | to hyper | p50, p99 at 1000/s | core at 1000/s | idle, loaded | first 200 |")
    print("| --- | --: | --: | --: | --: | --: | --: | --: | --: |")
    for name, m in medians.items():
        print(f"| {name} | {m['rate']:,.0f} | {m['kernel']:.0f} % | {m['rate'] / twin:.1f} | {m['rate'] / hyper:.2f} "
              f"| {m['p50']:.2f}, {m['p99']:.2f} ms | {m['core']:.1f} % | {m['idle']:.1f}, {m['loaded']:.1f} MB "
              f"| {m['ready']:.0f} ms |")
    print("\nOne row scored, in microseconds:")
    subprocess.run([RELEASE / "examples/peers", "score"], check=True)
    print(f"binary: {(RELEASE / 'predictor').stat().st_size:,} bytes")


main()
