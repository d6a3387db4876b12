//! What makes a mesh, and the gateway that requests come to it by.

use serde_json::{Value as Json, json};

use super::mesh::{GATEWAYS, object};
use super::{S3, items};

#[test]
fn the_gateway_stands_in_a_restricted_namespace_of_its_own_where_it_waits_for_the_load_balancer() {
    let made = S3.documents("out/healthcare-api/operators/namespaces.yaml").into_iter();
    let mut made = made.filter(|namespace| namespace["metadata"]["name"] == GATEWAYS);
    let labels = made.next().unwrap()["metadata"]["labels"].clone();
    assert_eq!(labels["pod-security.kubernetes.io/enforce"], "restricted");
    assert_eq!(labels["elbv2.k8s.aws/pod-readiness-gate-inject"], "enabled");
    // Its pods have a proxy of their own; the service's wait for no load balancer.
    assert_eq!(labels.get("istio.io/dataplane-mode"), None);
    let own = S3.object("production", "Namespace", "healthcare-api")["metadata"]["labels"].clone();
    assert_eq!(own.get("elbv2.k8s.aws/pod-readiness-gate-inject"), None);
    let values = S3.values("gateway");
    assert_eq!(values["securityContext"]["seccompProfile"]["type"], "RuntimeDefault");
    let container = &values["containerSecurityContext"];
    assert_eq!(container["capabilities"], json!({ "drop": ["ALL"] }));
    assert_eq!(
        (&container["allowPrivilegeEscalation"], &container["runAsNonRoot"]),
        (&json!(false), &json!(true))
    );
    // The quota lets as many come as there may be, and a quarter more.
    let most = values["autoscaling"]["maxReplicas"].as_u64().unwrap();
    assert_eq!(
        (
            most,
            object("ResourceQuota", GATEWAYS, "gateway")["spec"]["hard"]["pods"].clone()
        ),
        (6, json!("8"))
    );
}

#[test]
fn what_makes_the_mesh_is_of_one_version_and_installed_in_its_order() {
    let lock: Json = serde_json::from_str(&S3.rendered.files["out/healthcare-api/operators/lock.json"]).unwrap();
    let all: Vec<_> = items(&lock)
        .iter()
        .map(|one| {
            format!(
                "{} {} {}",
                one["namespace"].as_str().unwrap(),
                one["name"].as_str().unwrap(),
                one["version"].as_str().unwrap()
            )
        })
        .collect();
    insta::assert_snapshot!(all.join("\n"), @r"
    kube-system aws-load-balancer-controller 3.5.0
    istio-system base 1.31.1
    istio-system istiod 1.31.1
    istio-system cni 1.31.1
    istio-system ztunnel 1.31.1
    istio-ingress gateway 1.31.1
    sealed-secrets sealed-secrets 2.20.0
    external-secrets external-secrets 2.9.0
    gatekeeper-system gatekeeper 3.23.0
    kyverno kyverno 3.8.2
    monitoring kube-prometheus-stack 88.5.3
    falco falco 9.1.0
    ");
    for (name, image) in [("istiod", "pilot"), ("cni", "install-cni"), ("ztunnel", "ztunnel")] {
        let runs = S3.values(name)["image"].as_str().unwrap().to_owned();
        let digest = format!("${{digest:docker.io/istio/{image}}}");
        assert_eq!(runs, format!("docker.io/istio/{image}:1.31.1-distroless@{digest}"));
    }
    let proxy = S3.values("gateway")["podAnnotations"]["sidecar.istio.io/proxyImage"].clone();
    assert_eq!(
        proxy,
        "docker.io/istio/proxyv2:1.31.1-distroless@${digest:docker.io/istio/proxyv2}"
    );
    for name in ["base", "istiod", "cni", "ztunnel"] {
        assert_eq!(S3.values(name)["profile"], "ambient", "{name}");
    }
}

#[test]
fn the_pipeline_follows_the_way_in_and_cannot_open_the_mesh() {
    for step in ["Tell the alarms which load balancer it is", "Ask the service"] {
        let text = S3.workflow("deploy").split(&format!("name: {step}\n")).nth(1).unwrap();
        let text = text.split("run: |").next().unwrap();
        assert!(text.contains("NAMESPACE: istio-ingress\n"), "{step}: {text}");
    }
    let script = &S3.rendered.files["out/healthcare-api/deploy.sh"];
    assert!(script.contains("kubectl --namespace istio-ingress get ingress \"$service\""));
    let role = object("Role", GATEWAYS, "healthcare-api-deployers");
    let may = |resource: &str| {
        let mut rules = items(&role["rules"])
            .iter()
            .filter(|rule| rule["resources"][0] == resource);
        rules.next().map(|rule| rule["verbs"].clone())
    };
    for resource in ["ingresses", "gateways", "virtualservices"] {
        assert_eq!(may(resource), Some(json!(["create", "get", "patch"])), "{resource}");
    }
    // Of the roles of that name it is the one whose rights a check objects to.
    let allowed = |namespace: &str| {
        let role = object("Role", namespace, "healthcare-api-deployers");
        role["metadata"]["annotations"]["allow.trivy/KSV-0056"].is_string()
    };
    assert!(allowed(GATEWAYS) && !allowed("external-secrets"));
    let rights = S3
        .objects("production")
        .into_iter()
        .filter(|(_, it)| it["kind"] == "Role");
    assert!(
        !rights
            .map(|(_, role)| role.to_string())
            .any(|role| role.contains("peerauthentications"))
    );
}

#[test]
fn what_runs_on_each_machine_is_looked_at_as_what_it_is() {
    let lines = S3.workflow("drift");
    for line in [
        "kube-system deployments/aws-load-balancer-controller public.ecr.aws/",
        "istio-system deployments/istiod docker.io/istio/pilot:",
        "istio-system daemonsets/istio-cni-node docker.io/istio/install-cni:",
        "istio-system daemonsets/ztunnel docker.io/istio/ztunnel:",
        "istio-ingress deployments/gateway docker.io/istio/proxyv2:",
    ] {
        assert!(lines.contains(line), "{line}");
    }
}
