"""Requests of clients: as many a second as said, slow ones that hold places, and many at once.

Nobody's request goes to a pod that is not ready, as no Service sends one there.
"""
import contextlib
import csv
import itertools
import json
import os
import socket
import threading
import time

ASKED = b"GET /predict HTTP/1.1\r\nhost: pod\r\n\r\n"
ANSWERED = b"HTTP/1.1 200"
DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../app/predictor/model/dataset.csv")
with open(DATA, encoding="utf-8") as file:
    NAMES, FIRST = itertools.islice(csv.reader(file), 2)
BODY = json.dumps({"features": {name: float(value) for name, value in zip(NAMES[:30], FIRST)}}).encode()
HEAD = b"POST /predict HTTP/1.1\r\nhost: pod\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(BODY)
BATCH = 100


def connect(pod):
    return socket.create_connection(("127.0.0.1", pod.port), timeout=1)


class Load:
    """A request after the other, to each pod in turn."""

    def __init__(self, pods, rate):
        self.pods, self.rate, self.sent = pods, rate, 0
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        for turn in itertools.count():
            time.sleep(1 / self.rate)
            ready = self.pods.ready()
            # A pod may be killed while it is asked.
            with contextlib.suppress(OSError):
                if ready:
                    with connect(ready[turn % len(ready)]) as client:
                        client.sendall(ASKED)
                        self.sent += bool(client.recv(65536))


class Slow:
    """Clients whose bodies take so many seconds to arrive. As long as one does, it has a place among those of the pod."""

    def __init__(self, pods, count, seconds):
        self.pods, self.done = pods, threading.Event()
        for number in range(count):
            # They do not all end at the same time.
            lasts = itertools.chain([seconds * (number + 1) / count], itertools.repeat(seconds))
            threading.Thread(target=self.run, args=[number, lasts], daemon=True).start()

    def run(self, number, lasts):
        for turn, seconds in enumerate(lasts, number):
            if self.done.wait(0.02):
                return
            with contextlib.suppress(OSError, IndexError, ZeroDivisionError):
                ready = self.pods.ready()
                with connect(ready[turn % len(ready)]) as client:
                    client.sendall(HEAD + BODY[:10])
                    if not self.done.wait(seconds):
                        client.sendall(BODY[10:])
                        client.recv(65536)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.done.set()


def at_once(pod, count):
    """So many requests as fast as the pod answers; all must be answered well."""
    with connect(pod) as client:
        for _ in range(count // BATCH):
            client.sendall(ASKED * BATCH)
            answered, tail = 0, b""
            while answered < BATCH:
                got = client.recv(1 << 20)
                if not got:
                    raise SystemExit("a pod closed the connection")
                text = tail + got
                answered += text.count(ANSWERED)
                # What may be the beginning of the next one, and no whole one.
                tail = text[-len(ANSWERED) + 1:]
