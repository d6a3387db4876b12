"""The admission of pods by the standard that their namespace enforces, which Kubernetes has since 1.23."""
from nodes import serve
from objects import at
from pod_security import LABEL, violations


def start(api, port, certificate, default, exempt):
    """Answers the API server whether it may take a pod."""

    def answer(_, review):
        request = review["request"]
        namespace = api.get(f"/api/v1/namespaces/{request['namespace']}")
        level = (at(namespace, "metadata", "labels") or {}).get(LABEL, default)
        if request["namespace"] in exempt:
            level = "privileged"
        found = violations(level, request["object"])
        status = {"code": 403, "message": f'violates PodSecurity "{level}": {", ".join(found)}'}
        response = {"uid": request["uid"], "allowed": not found, "status": status}
        return {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response": response}

    serve(port, certificate, answer)


def webhook(port, authority):
    """What makes the API server ask."""
    return {
        "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
        "metadata": {"name": "pod-security"},
        "webhooks": [{
            "name": "pod-security.local.test", "admissionReviewVersions": ["v1"], "sideEffects": "None", "failurePolicy": "Fail",
            "clientConfig": {"url": f"https://127.0.0.1:{port}/", "caBundle": authority},
            "rules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"], "resources": ["pods"]}]}]}
