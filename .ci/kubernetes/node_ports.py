"""Plays what answers for the node ports of Services on each machine: it leads to one ready pod after the other."""
import contextlib
import itertools
import socket
import socketserver
import threading
import time


class NodePorts:
    """Listens on each machine for each port, as long as there is a Service with it."""

    def __init__(self, api, programs, machines):
        self.api, self.programs = api, programs
        self.addresses = {machine.name: programs.of_machine(number) for number, machine in enumerate(machines)}
        # The pods that a port leads to; who listens to it.
        self.ready, self.listening, self.turn = {}, {}, itertools.count()

    def start(self):
        threading.Thread(target=self.follow, daemon=True).start()

    def follow(self):
        while True:
            # The API server may be busy, or gone at the end.
            with contextlib.suppress(OSError, ValueError):
                self.look()
            time.sleep(0.2)

    def look(self):
        ready = {}
        endpoints = {key(it): it for it in self.api.items("/api/v1/endpoints")}
        for service in self.api.items("/api/v1/services"):
            for port in service["spec"].get("ports") or []:
                if "nodePort" in port:
                    ready[port["nodePort"]] = list(leads_to(endpoints.get(key(service), {}), port))
        self.ready = ready
        for port in ready.keys() - self.listening.keys():
            self.listening[port] = [listen((address, port), self.backend(port)) for address in self.addresses.values()]
        for port in self.listening.keys() - ready.keys():
            for server in self.listening.pop(port):
                server.shutdown()
                server.server_close()

    def backend(self, port):
        """How the next connection gets to a pod."""
        def connect():
            pods = self.ready.get(port) or []
            if not pods:
                raise OSError("no pod is ready")
            address, number = pods[next(self.turn) % len(pods)]
            return socket.create_connection((self.programs.loopback(address), number), timeout=5)
        return connect


def key(it):
    return it["metadata"]["namespace"], it["metadata"]["name"]


def leads_to(endpoints, port):
    for subset in endpoints.get("subsets") or []:
        numbers = [one["port"] for one in subset.get("ports") or [] if one.get("name") == port.get("name")]
        for address in subset.get("addresses") or []:
            yield from ((address["ip"], number) for number in numbers)


class Server(socketserver.ThreadingTCPServer):
    """Takes connections, each in a thread that ends with the program."""

    allow_reuse_address = daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_):
        """Whoever asked sees that it is closed."""


def listen(where, connect):
    class Handler(socketserver.BaseRequestHandler):
        """Leads one connection to a pod and back."""

        def handle(self):
            with connect() as pod:
                pod.settimeout(None)
                back = threading.Thread(target=pump, args=[pod, self.request], daemon=True)
                back.start()
                pump(self.request, pod)
                back.join()

    server = Server(where, Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    return server


def pump(source, target):
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)
