"""The cluster of the machines that are ordered, with what its pods run and what answers under the ports of its Services."""
import contextlib
import os

import hardware
import images
from local_cluster import Cluster
from node_ports import NodePorts
from programs import Programs

OURS, PROMETHEUS = "docker.io/prasannasn/fastapi-devops", "quay.io/prometheus/prometheus"


class Played:
    """The control plane is real; each pod of an image that is known runs its program on loopback."""

    def __init__(self, infra, control_plane, scratch, programs, binary):
        """The machine of the control plane is a folder with its files; `binary` is what the image of the system has."""
        for folder in ("run", "pods"):
            os.makedirs(f"{scratch}/{folder}")
        self.control_plane, self.machines = os.path.basename(control_plane), hardware.machines(infra, control_plane)
        self.cluster = Cluster(f"{scratch}/run", programs, self.machines)
        self.pods = Programs(self.cluster.api, f"{scratch}/pods", {})
        self.pods.known.update({OURS: images.predictor(binary, self.pods), PROMETHEUS: images.prometheus(self.cluster, self.pods)})
        self.cluster.of_pods, (self.cluster.enforced, self.cluster.exempt) = self.pods, hardware.enforced(control_plane)
        self.node_ports = NodePorts(self.cluster.api, self.pods, self.machines)
        # Where each address that the world knows is here.
        self.outside = {address: self.node_ports.addresses[name] for name, address in hardware.outside(infra).items()}

    @contextlib.contextmanager
    def running(self):
        try:
            with self.cluster.running():
                self.node_ports.start()
                yield self.cluster
        finally:
            self.pods.end_all()
