"""Measures the cars service against its Flask twin, side by side, on one MariaDB server.

    python3 app/cars/bench/run.py [--rounds 3] [--seconds 4]

Needs Rust, python3 with venv, wrk and mariadb-server; it makes its own venv under .checkers/ and its own
database on loopback, and prints a table. The server has processor 0, the load and the database have
processor 1, and the peers take turns, so that a busy machine is busy for all. Requests per second of the
service's processor time decide; the database's own time is not counted for either.
"""

import argparse
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
VENV = ROOT / ".checkers/py/bench-cars"
RELEASE = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "dist"
PORT, DATABASE_PORT = 18091, 18092
TICKS = os.sysconf("SC_CLK_TCK")
URL = f"http://127.0.0.1:{PORT}/cars"
SERVICE = [RELEASE / "cars", "--host", "127.0.0.1", "--port", PORT, "--workers", 1, "--log-format", "json",
           "--drain-delay", 0, "--database-url", f"mysql://app@127.0.0.1:{DATABASE_PORT}/cars"]
GUNICORN = [VENV / "bin/gunicorn", "--chdir", HERE, "--bind", f"127.0.0.1:{PORT}", "--keep-alive", 60,
            "--log-level", "error", "flask_twin:app"]
PEERS = {
    "Flask, gunicorn, 1 worker of 8 threads": [*GUNICORN, "--worker-class", "gthread", "--threads", 8],
    "Flask, gunicorn, 4 workers": [*GUNICORN, "--workers", 4],
    "cars, no log line": [*SERVICE, "--log-level", "warn"],
    "cars, a log line each": [*SERVICE, "--log-level", "info"],
}
WORK = {"`GET /cars` (20 cars)": "", "`GET /cars?limit=1`": "?limit=1", "`GET /cars?limit=100`": "?limit=100", "`POST /cars`": None}
POST = """
wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
wrk.body = '{"brand":"Volkswagen","model":"Golf","year":2018}'
"""


def prepare():
    if not (VENV / "bin/gunicorn").exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    subprocess.run([VENV / "bin/pip", "install", "-q", "--disable-pip-version-check", "-r", HERE / "requirements.txt"], check=True)
    subprocess.run(["cargo", "build", "--locked", "--profile", "dist", "--package", "cars"], check=True, cwd=ROOT)


class Database:
    def __init__(self, folder):
        user = subprocess.run(["id", "-un"], check=True, capture_output=True, text=True).stdout.strip()
        self.socket = f"{folder}/socket"
        common = ["--no-defaults", f"--user={user}", f"--datadir={folder}/data"]
        subprocess.run(["mariadb-install-db", *common, "--auth-root-authentication-method=normal"], check=True, capture_output=True)
        self.process = subprocess.Popen(["taskset", "-c", "1", "mariadbd", *common, f"--socket={self.socket}",
                                         "--bind-address=127.0.0.1", f"--port={DATABASE_PORT}", f"--pid-file={folder}/pid",
                                         f"--log-error={folder}/log.err", "--skip-name-resolve"], stderr=subprocess.DEVNULL)
        while not pathlib.Path(f"{folder}/pid").exists():
            if self.process.poll() is not None:
                sys.exit(pathlib.Path(f"{folder}/log.err").read_text())
            time.sleep(0.05)
        self.sql("CREATE DATABASE cars; CREATE USER app@'%' IDENTIFIED BY 'app'; GRANT ALL ON cars.* TO app@'%'")

    def sql(self, statements):
        subprocess.run(["mariadb", "--no-defaults", f"--socket={self.socket}", "-uroot", f"--execute={statements}"], check=True)

    def stop(self):
        self.process.terminate()
        self.process.wait()


def answers():
    try:
        with socket.create_connection(("127.0.0.1", PORT), timeout=5) as client:
            client.sendall(b"GET /cars HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
            return client.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def processes(pid):
    """A process and all that descend from it."""
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in processes(int(child)))]


class Server:
    def __init__(self, command, log):
        self.process = subprocess.Popen(["taskset", "-c", "0", *map(str, command)], stdout=log, stderr=log)
        begun = time.monotonic()
        while not answers():
            if self.process.poll() is not None or time.monotonic() - begun > 30:
                sys.exit(f"{command[0]} did not start")
            time.sleep(0.05)

    def processor(self):
        total = 0
        for pid in processes(self.process.pid):
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += (int(fields[11]) + int(fields[12])) / TICKS
        return total

    def resident(self):
        total = 0
        for pid in processes(self.process.pid):
            total += int(pathlib.Path(f"/proc/{pid}/status").read_text().split("VmRSS:")[1].split()[0])
        return total / 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def load(seconds, query, script):
    extra = ["-s", script] if script else []
    out = subprocess.run(["taskset", "-c", "1", "wrk", "-t1", "-c8", f"-d{seconds}s", *extra, URL + query],
                         check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        sys.exit(out)
    return int(out.split(" requests in")[0].split()[-1])


def measure(command, seconds, folder, database):
    """Requests per second of processor time, for each kind of request."""
    database.sql("TRUNCATE cars.cars; INSERT INTO cars.cars (brand, model, year) "
                 "SELECT 'Volkswagen', 'Golf', 2018 FROM cars.hundred")
    with tempfile.TemporaryFile() as log:
        server = Server(command, log)
        result = {}
        for name, query in WORK.items():
            script = f"{folder}/post.lua" if query is None else None
            load(1, query or "", script)
            before = server.processor()
            requests = load(seconds, query or "", script)
            result[name] = requests / (server.processor() - before)
        result["resident"] = server.resident()
        server.stop()
        return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=4)
    arguments = parser.parse_args()
    prepare()
    os.environ.update(DATABASE_PORT=str(DATABASE_PORT), DATABASE_PASSWORD="app")
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "post.lua").write_text(POST)
        database = Database(folder)
        try:
            subprocess.run([*map(str, SERVICE), "migrate"], check=True, stdout=subprocess.DEVNULL)
            database.sql("USE cars; CREATE TABLE hundred AS SELECT seq FROM seq_1_to_100")
            rounds = {name: [] for name in PEERS}
            for _ in range(arguments.rounds):
                for name, command in PEERS.items():
                    rounds[name].append(measure(command, arguments.seconds, folder, database))
        finally:
            database.stop()
    medians = {name: {key: statistics.median(one[key] for one in runs) for key in runs[0]} for name, runs in rounds.items()}
    best = {key: max(m[key] for name, m in medians.items() if name.startswith("Flask")) for key in WORK}
    print("| Requests per CPU second, and how many times the better Flask's | " + " | ".join(WORK) + " | resident |")
    print("| --- |" + " --: |" * (len(WORK) + 1))
    for name, m in medians.items():
        figures = " | ".join(f"{m[key]:,.0f}, {m[key] / best[key]:.1f}" for key in WORK)
        print(f"| {name} | {figures} | {m['resident']:.0f} MB |")



main()
