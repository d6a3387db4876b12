"""Measures the predictor with no more of a processor than its pod has, and fails where it misses what it is for.

usage: targets.py DEPLOYMENT.yaml PREDICTOR   (with the Python of the environment `manifests`)

The limit is what is rendered, and is kept by the kernel as it is for a container: by the quota of a control group, of version 2
or 1. Where none can be made, what is counted is the processor time of a request, and what a pod can do follows from it.
"""
import contextlib
import os
import selectors
import socket
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path += [os.path.join(HERE, "kubernetes"), os.path.join(HERE, "monitoring")]

from load import BODY, HEAD  # noqa: E402
from local_cluster import free_port  # noqa: E402
from nodes import amount  # noqa: E402
from objects import of_files  # noqa: E402

# S3.78, in milliseconds: 99 of 100 answers are faster. S3.79, in requests a second.
HEALTH, PREDICTION, RATE = 100, 500, 1000
SECONDS, CLIENTS = 6, 32
PERIOD = 100_000
GROUP = "predictor-targets"
ROOT = [] if os.geteuid() == 0 else ["sudo", "-n"]
TICKS = os.sysconf("SC_CLK_TCK")
ASKS = {"health": b"GET /health HTTP/1.1\r\nhost: pod\r\n\r\n", "prediction": HEAD + BODY}


def as_root(text):
    return subprocess.run([*ROOT, "sh", "-c", text], capture_output=True, check=False).returncode == 0


@contextlib.contextmanager
def limited(share):
    """A control group that gets so much of one processor: where its processes are written, and what it is."""
    quota = int(share * PERIOD)
    one, two = f"/sys/fs/cgroup/cpu/{GROUP}", f"/sys/fs/cgroup/{GROUP}"
    if os.path.exists("/sys/fs/cgroup/cgroup.controllers") and as_root(
            f"echo +cpu >/sys/fs/cgroup/cgroup.subtree_control; mkdir -p {two} && echo {quota} {PERIOD} >{two}/cpu.max"):
        folder, what = two, "a control group of version 2"
    elif as_root(f"mkdir -p {one} && echo {PERIOD} >{one}/cpu.cfs_period_us && echo {quota} >{one}/cpu.cfs_quota_us"):
        folder, what = one, "a control group of version 1"
    else:
        folder, what = None, "nothing: what a pod can do is computed from the time of a request"
    try:
        yield f"{folder}/cgroup.procs" if folder else None, what
    finally:
        if folder:
            as_root(f"rmdir {folder}")


def running(procs):
    """The process of the group, if there is one."""
    if procs:
        with open(procs, encoding="utf-8") as file:
            return file.read().strip()
    return ""


@contextlib.contextmanager
def serving(predictor, settings, procs):
    """The service, inside of the group from its first moment; its port and its process."""
    port = free_port()
    given = [f"{key}={value}" for key, value in {**settings, "HOST": "127.0.0.1", "PORT": port}.items()]
    words = ["env", *given, predictor]
    if procs:
        words = [*ROOT, "sh", "-c", 'echo $$ >"$0" && exec "$@"', procs, *words]
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.05)
        yield port, running(procs) or process.pid
    finally:
        if procs:
            as_root(f"kill -9 {running(procs)}")
        else:
            process.kill()
        process.wait()
        # It is gone from the group a moment later.
        time.sleep(0.2)


def processor(pid):
    """The seconds that a process has computed."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def is_whole(answer):
    head, found, body = answer.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return bool(found) and len(body) >= int(lengths[0].split(b":")[1])


class Client:
    """A connection that asks again when it is answered, or when it is time to."""

    def __init__(self, port, asks, times):
        self.socket, self.asks, self.times = socket.create_connection(("127.0.0.1", port)), asks, times
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.answer, self.asked = b"", 0.0

    def ask(self):
        self.answer, self.asked = b"", time.perf_counter()
        self.socket.sendall(self.asks)

    def take(self):
        """Whether it is answered now."""
        got = self.socket.recv(65536)
        self.answer += got
        if not got or not self.answer.startswith(b"HTTP/1.1 200 "):
            raise SystemExit(f"it answers {self.answer[:300]}")
        if not is_whole(self.answer):
            return False
        self.times.append((time.perf_counter() - self.asked) * 1000)
        return True


def load(port, clients, rate=None):
    """Milliseconds of each answer, from so many clients of each kind: as many a second as are answered, or as are said."""
    times = {kind: [] for kind in clients}
    with selectors.DefaultSelector() as selector:
        idle = [Client(port, ASKS[kind], times[kind]) for kind, count in clients.items() for _ in range(count)]
        for client in idle:
            selector.register(client.socket, selectors.EVENT_READ, client)
        began, sent = time.perf_counter(), 0
        while (now := time.perf_counter() - began) < SECONDS:
            while idle and (rate is None or sent < now * rate):
                idle.pop(0).ask()
                sent += 1
            for key, _ in selector.select(0.001 if rate else 0.1):
                if key.data.take():
                    idle.append(key.data)
        for key in list(selector.get_map().values()):
            key.data.socket.close()
    return times


def told(times):
    times = sorted(times)
    half, most = times[len(times) // 2], times[len(times) * 99 // 100]
    return most, f"{half:.1f} ms, 99 of 100 below {most:.1f}, the slowest {times[-1]:.1f}"


def main(deployment, predictor):
    objects = {it["kind"]: it for _, it in of_files([deployment])}
    (one,) = objects["Deployment"]["spec"]["template"]["spec"]["containers"]
    share = amount(one["resources"]["limits"]["cpu"])
    with limited(share) as (procs, what), serving(predictor, objects["ConfigMap"]["data"], procs) as (port, pid):
        print(f"targets: {share:g} of a processor, kept by {what}")
        before = processor(pid)
        steady = load(port, {"health": 2, "prediction": 30}, RATE)
        spent = (processor(pid) - before) / SECONDS
        health, said_of_health = told(steady["health"])
        prediction, said_of_prediction = told(steady["prediction"])
        answered = sum(map(len, steady.values())) / SECONDS
        print(f"targets: {answered:.0f} requests a second take {spent:.2f} of a processor; health in {said_of_health}; "
              f"a prediction in {said_of_prediction}")
        before = processor(pid)
        count = len(load(port, {"prediction": CLIENTS})["prediction"])
        can = count / (processor(pid) - before) * share
        print(f"targets: at full load {count / SECONDS:.0f} predictions a second came from one client that computes beside it; "
              f"{can:.0f} follow from the processor time of one")
    missed = [name for name, found, most in (("health", health, HEALTH), ("prediction", prediction, PREDICTION)) if found >= most]
    if answered < 0.95 * RATE or can <= RATE or (procs and count / SECONDS <= RATE):
        missed.append("requests a second")
    if missed:
        raise SystemExit(f"missed: {', '.join(missed)}")
    print(f"targets: health checks below {HEALTH} ms, predictions below {PREDICTION} ms, more than {RATE} requests a second")


main(*sys.argv[1:])
