"""Writes what is counted of a service, while it is bad for a time, as Prometheus takes it in tests of rules."""

STEP = 15
# When it gets bad, when it is good again, and when it ends; in seconds.
BEGIN, END, LAST = 300, 1500, 5400
# What a rate looks back over.
WINDOW = 120


def counter(at):
    """What has been counted, where `at` is how much a second."""
    total, values = 0.0, []
    for time in range(0, LAST, STEP):
        values.append(total)
        total += at(time) * STEP
    return values


def gauge(at):
    return [at(time) for time in range(0, LAST, STEP)]


def times(bad, good):
    """One value while it is bad, another before and after."""
    return lambda time: bad if BEGIN <= time < END else good


class Served:
    """What is counted of a service, by its namespace and name."""

    def __init__(self, namespace, name):
        self.namespace, self.name = namespace, name
        self.pod = f'namespace="{namespace}",container="{name}",pod="a"'
        self.requests = f'namespace="{namespace}",service="{name}",pod="a",http_route="/predict"'

    def cpu(self, used):
        return {
            f"container_cpu_usage_seconds_total{{{self.pod}}}": counter(times(used, 0.1)),
            f'kube_pod_container_resource_limits{{{self.pod},resource="cpu"}}': gauge(lambda _: 1),
        }

    def memory(self, used):
        return {
            f"container_memory_working_set_bytes{{{self.pod}}}": gauge(times(used, 100)),
            f'kube_pod_container_resource_limits{{{self.pod},resource="memory"}}': gauge(lambda _: 1000),
        }

    def pods(self, ready, phase="Running"):
        return {
            f"kube_pod_container_status_ready{{{self.pod}}}": gauge(times(ready, 1)),
            f'kube_pod_status_phase{{namespace="{self.namespace}",pod="a",phase="{phase}"}}': gauge(lambda _: 1),
        }

    def answers(self, failed):
        """Of ten requests a second; those of machines all fail, and do not count."""
        name = "http_server_request_duration_seconds_count"
        probe = self.requests.replace("/predict", "/health")
        return {
            f'{name}{{{self.requests},http_response_status_code="200"}}': counter(times(10 - failed, 10)),
            f'{name}{{{self.requests},http_response_status_code="503"}}': counter(times(failed, 0)),
            f'{name}{{{probe},http_response_status_code="503"}}': counter(lambda _: 100),
        }

    def slow(self, seconds):
        """Of ten requests a second as many below a second, that 95 of 100 take no longer than so long; the others take up to 2.5."""
        name = "http_server_request_duration_seconds_bucket"
        share = (seconds - 1) / 1.5
        buckets = {"1": times((9.5 - 10 * share) / (1 - share), 10), "2.5": lambda _: 10, "+Inf": lambda _: 10}
        return {f'{name}{{{self.requests},le="{bound}"}}': counter(at) for bound, at in buckets.items()}

    def replicas(self, available, wanted):
        names = f'namespace="{self.namespace}",deployment="{self.name}"'
        return {
            f"kube_deployment_status_replicas_available{{{names}}}": gauge(times(available, wanted)),
            f"kube_deployment_spec_replicas{{{names}}}": gauge(lambda _: wanted),
        }

    def restarts(self, count):
        once = lambda time: count if time >= BEGIN else 0
        return {f"kube_pod_container_status_restarts_total{{{self.pod}}}": gauge(once)}


NOTHING = "_"


def denials(pod, at):
    """What a pod of Gatekeeper has counted, whose counter is there from its first denial on; Prometheus begins with all."""
    counted = f'gatekeeper_validation_request_count{{admission_status="deny",pod="{pod}"}}'
    return {'up{job="another"}': gauge(lambda _: 1), counted: gauge(at)}


def appearing(count):
    return denials("a", lambda time: count if time >= BEGIN else NOTHING)


def allowed(count):
    return {name.replace("deny", "allow"): values for name, values in appearing(count).items()}


def growing(before, after):
    return denials("a", lambda time: after if time >= BEGIN else before)


def unasked(count):
    """One that nobody asked for half an hour, and which is only just known again."""
    again = LAST - 300
    return denials("a", lambda time: NOTHING if again - 1800 <= time < again else count)


def known(count):
    return denials("b", lambda _: count)
