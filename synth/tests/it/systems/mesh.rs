//! A mesh in a cluster: S3's.

use serde_json::{Value as Json, json};
use synth::model::{Kubernetes, Machine, Mesh, NodeGroup, Platform, System};
use synth::systems::predictor;

use super::guards::with;
use super::machines::six;
use super::{ON_MACHINES, S1, S3, alone, items};

pub(super) const GATEWAYS: &str = "istio-ingress";
const SERVICE: &str = "healthcare-prediction-api";

/// An object, by its kind, namespace and name.
pub(super) fn object(kind: &str, namespace: &str, name: &str) -> Json {
    let all = S3.objects("production").into_iter().map(|(_, object)| object);
    let mut found = all.filter(|it| {
        let metadata = &it["metadata"];
        it["kind"] == kind && metadata["namespace"] == namespace && metadata["name"] == name
    });
    found
        .next()
        .unwrap_or_else(|| panic!("no {kind} {name} in {namespace}"))
}

#[test]
fn s3_15_the_load_balancer_asks_the_gateway_which_leads_to_the_service() {
    let ingress = object("Ingress", GATEWAYS, SERVICE);
    let backend = &ingress["spec"]["rules"][0]["http"]["paths"][1]["backend"]["service"];
    assert_eq!(backend, &json!({ "name": "gateway", "port": { "name": "http" } }));
    let given = &ingress["metadata"]["annotations"];
    let told = ["healthcheck-port", "healthcheck-path"].map(|key| &given[&format!("alb.ingress.kubernetes.io/{key}")]);
    assert_eq!(told, ["15021", "/healthz/ready"]);
    // What the chart makes has these ports, and the controller looks there.
    let ports = items(&S3.values("gateway")["service"]["ports"]).to_vec();
    let ports: Vec<_> = ports.iter().map(|port| (&port["name"], &port["targetPort"])).collect();
    assert_eq!(
        ports,
        [(&json!("http"), &json!(8080)), (&json!("status-port"), &json!(15021))]
    );
    assert_eq!(S3.values("aws-load-balancer-controller")["watchNamespace"], GATEWAYS);
    // The gateway takes that port for that name, and hands on to the Service.
    let gateway = object("Gateway", GATEWAYS, SERVICE);
    let server = &gateway["spec"]["servers"][0];
    assert_eq!(
        (&server["port"]["number"], &server["hosts"]),
        (&json!(8080), &json!(["healthcare.example.com"]))
    );
    let route = object("VirtualService", GATEWAYS, SERVICE);
    assert_eq!(route["spec"]["hosts"], server["hosts"]);
    assert_eq!(route["spec"]["gateways"], json!([SERVICE]));
    let to = &route["spec"]["http"][1]["route"][0]["destination"];
    assert_eq!(to["host"], "healthcare-prediction-api.healthcare-api.svc.cluster.local");
    assert_eq!(
        to["port"]["number"],
        object("Service", "healthcare-api", SERVICE)["spec"]["ports"][0]["port"]
    );
}

#[test]
fn s3_15_security_groups_open_the_ports_of_the_gateway_and_not_that_of_the_service() {
    let group = |id: &str, rules: &str| -> Vec<u64> {
        let rules = items(S3.at("production/network", id, rules)).iter();
        rules.map(|rule| rule["FromPort"].as_u64().unwrap()).collect()
    };
    assert_eq!(group("ServiceSecurityGroup", "/SecurityGroupIngress"), [8080, 15021]);
    assert_eq!(
        group("LoadBalancerSecurityGroup", "/SecurityGroupEgress"),
        [8080, 15021]
    );
}

#[test]
fn what_is_for_inside_is_hidden_by_the_gateway_before_it_leads_anywhere() {
    let http = object("VirtualService", GATEWAYS, SERVICE)["spec"]["http"].take();
    assert_eq!(
        http[0],
        json!({ "directResponse": { "status": 404 }, "match": [{ "uri": { "exact": "/metrics" } }] })
    );
    // A request may change something, so that only one that reached nobody is sent again.
    assert_eq!(
        http[1]["retries"],
        json!({ "attempts": 1, "retryOn": "connect-failure,refused-stream" })
    );
    assert_eq!(http[1]["timeout"], "25s");
}

#[test]
fn s3_59_pods_are_reached_through_the_mesh_and_by_their_own_machine_only() {
    let policy = object("NetworkPolicy", "healthcare-api", SERVICE)["spec"].take();
    let rules: Vec<(&Json, &Json)> = items(&policy["ingress"])
        .iter()
        .map(|rule| (&rule["from"][0], &rule["ports"]))
        .collect();
    let tcp = |port: u16| json!([{ "port": port, "protocol": "TCP" }]);
    let pods = |namespace: &str, key: &str, name: &str| {
        json!({
            "namespaceSelector": { "matchLabels": { "kubernetes.io/metadata.name": namespace } },
            "podSelector": { "matchLabels": { key: name } },
        })
    };
    assert_eq!(
        rules,
        [
            (&pods(GATEWAYS, "istio", "gateway"), &tcp(15008)),
            (&pods("monitoring", "app.kubernetes.io/name", "prometheus"), &tcp(15008)),
            (&json!({ "ipBlock": { "cidr": "169.254.7.127/32" } }), &tcp(8000)),
        ]
    );
}

#[test]
fn s3_59_the_gateway_is_asked_by_the_load_balancer_and_calls_three() {
    let policy = object("NetworkPolicy", GATEWAYS, "gateway")["spec"].take();
    let subnets: Vec<&Json> = items(&policy["ingress"][0]["from"])
        .iter()
        .map(|peer| &peer["ipBlock"]["cidr"])
        .collect();
    assert_eq!(subnets, ["10.70.0.0/24", "10.70.1.0/24", "10.70.2.0/24"]);
    let ports = |rule: &Json| -> Vec<u64> {
        items(&rule["ports"])
            .iter()
            .map(|one| one["port"].as_u64().unwrap())
            .collect()
    };
    assert_eq!(ports(&policy["ingress"][0]), [8080, 15021]);
    let out: Vec<_> = items(&policy["egress"])
        .iter()
        .map(|rule| {
            let namespace = &rule["to"][0]["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"];
            (namespace.as_str().unwrap(), ports(rule))
        })
        .collect();
    assert_eq!(
        out,
        [
            ("healthcare-api", vec![15008]),
            ("kube-system", vec![53, 53]),
            ("istio-system", vec![15012])
        ]
    );
    let nothing = object("NetworkPolicy", GATEWAYS, "gateway-default-deny")["spec"].take();
    assert_eq!(
        nothing,
        json!({ "podSelector": {}, "policyTypes": ["Ingress", "Egress"] })
    );
}

#[test]
fn s3_60_pods_take_only_calls_that_are_encrypted_by_somebody_who_is_named() {
    let labels = S3.object("production", "Namespace", "healthcare-api")["metadata"]["labels"].clone();
    assert_eq!(labels["istio.io/dataplane-mode"], "ambient");
    let strict = object("PeerAuthentication", "healthcare-api", "default");
    assert_eq!(strict["spec"], json!({ "mtls": { "mode": "STRICT" } }));
    let nobody = object("AuthorizationPolicy", "healthcare-api", "default-deny");
    assert_eq!(nobody["spec"], json!({}));
    let callers = object("AuthorizationPolicy", "healthcare-api", SERVICE)["spec"].take();
    assert_eq!(callers["action"], "ALLOW");
    let pods = &object("Deployment", "healthcare-api", SERVICE)["spec"]["selector"]["matchLabels"];
    assert_eq!(&callers["selector"]["matchLabels"], pods);
    let [rule] = items(&callers["rules"]) else {
        panic!("one rule");
    };
    let from: Vec<&Json> = items(&rule["from"])
        .iter()
        .map(|from| &from["source"]["principals"][0])
        .collect();
    assert_eq!(
        from,
        [
            "cluster.local/ns/istio-ingress/sa/gateway",
            "cluster.local/ns/monitoring/sa/kube-prometheus-stack-prometheus"
        ]
    );
    // Who is to be let in is of the mesh, too.
    let prometheus = &S3.values("kube-prometheus-stack")["prometheus"]["prometheusSpec"];
    assert_eq!(
        prometheus["podMetadata"],
        json!({ "labels": { "istio.io/dataplane-mode": "ambient" } })
    );
    assert_eq!(rule["to"], json!([{ "operation": { "ports": ["8000"] } }]));
}

#[test]
fn auto_mode_lets_nobody_change_the_network_of_pods() {
    let kubernetes = Kubernetes {
        mesh: Mesh::Ambient,
        ..Kubernetes::eks()
    };
    let platform = Platform::Kubernetes(kubernetes);
    insta::assert_snapshot!(alone::verdict(System { platform, ..predictor() }), @"Kubernetes.mesh: `Ambient` changes the network of pods on their machines, which Auto Mode lets nobody do; put it on machines of a group with Kubernetes::on, or use Mesh::None");
}

#[test]
fn a_mesh_takes_room_on_each_machine() {
    let group = NodeGroup::of(Machine::M7iXlarge, synth::machines!(3, 4, 8));
    let system = with(|kubernetes| *kubernetes = kubernetes.clone().on(group, []));
    insta::assert_snapshot!(alone::verdict(system), @"NodeGroup.count: `4 machines with room for 16 pods` are too few for the pods of this environment and the one more that a new version starts; make room for 21 pods with more or larger machines: nothing adds one by itself");
}

#[test]
fn any_cluster_on_machines_has_a_mesh_by_one_value() {
    let group = NodeGroup::of(Machine::M7iXlarge, six().count);
    let kubernetes = Kubernetes {
        mesh: Mesh::Ambient,
        ..Kubernetes::eks().on(group, [])
    };
    let platform = Platform::Kubernetes(kubernetes);
    let out = super::out(&System {
        platform,
        ..predictor()
    });
    assert_eq!(out.rendered.findings, Vec::new());
    // Nobody measures whom nobody asked to measure.
    let callers = out.object("prod", "AuthorizationPolicy", "predictor").to_string();
    assert!(
        callers.contains("sa/gateway") && !callers.contains("ns/monitoring"),
        "{callers}"
    );
    let route = out.object("prod", "VirtualService", "predictor");
    assert_eq!(
        route["spec"]["http"][1]["route"][0]["destination"]["host"],
        "predictor.predictor.svc.cluster.local"
    );
    // An environment without a name takes requests for any.
    let gateway = out.object("dev", "Gateway", "predictor");
    assert_eq!(gateway["spec"]["servers"][0]["hosts"], json!(["*"]));
}

#[test]
fn without_it_there_is_nothing_of_it() {
    for out in [&S1, &ON_MACHINES] {
        let files = out.rendered.files.iter();
        let found: Vec<_> = files
            .filter(|(_, text)| text.contains("istio-ingress") || text.contains("ambient"))
            .map(|(path, _)| path)
            .collect();
        assert_eq!(found, Vec::<&String>::new());
    }
}
