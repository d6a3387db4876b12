//! The facts of Kubernetes.

use std::collections::BTreeSet;

use super::all;
use synth_reader::schema::kubernetes::{self, Kind, Node, Type, Version};

fn kind(version: Version, api_version: &str, name: &str) -> Kind {
    kubernetes::kind(version, api_version, name).expect("this version has this kind")
}

fn deployment(path: &str) -> Node {
    let root = kind(Version::V1_36, "apps/v1", "Deployment").root();
    root.find(path).unwrap_or_else(|| panic!("no {path}"))
}

const CONTAINER: &str = "spec/template/spec/containers/0";

#[test]
fn every_kind_of_every_version_can_be_decoded_to_its_leaves() {
    for version in Version::ALL {
        let mut seen = BTreeSet::new();
        let mut left: Vec<Node> = Vec::new();
        for (api_version, name) in kubernetes::kinds(version) {
            let root = kind(version, api_version, name).root();
            assert_eq!(root.kind(), Type::Object, "{api_version} {name}");
            left.push(root);
        }
        assert!(left.len() > 130, "{version}: {}", left.len());
        while let Some(node) = left.pop() {
            if node.definition().is_some_and(|name| !seen.insert(name)) {
                continue;
            }
            let names: BTreeSet<_> = node.fields().map(|(name, _)| name).collect();
            assert!(
                node.required().all(|name| names.contains(name)),
                "{:?}",
                node.definition()
            );
            assert!(
                node.kind() != Type::Array || node.items().is_some(),
                "{:?}",
                node.definition()
            );
            left.extend(
                node.fields()
                    .map(|(_, node)| node)
                    .chain(node.items())
                    .chain(node.values()),
            );
        }
    }
}

#[test]
fn a_place_says_what_may_stand_there() {
    let of = |path: &str| deployment(path).kind();
    assert_eq!(of("spec"), Type::Object);
    assert_eq!(of("metadata/labels"), Type::Map);
    assert_eq!(of("metadata/labels/app"), Type::String);
    assert_eq!(of(CONTAINER), Type::Object);
    assert_eq!(of("spec/replicas"), Type::Integer);
    assert_eq!(of("spec/paused"), Type::Boolean);
    assert_eq!(of("spec/strategy/rollingUpdate/maxSurge"), Type::IntOrString);
    assert_eq!(of(&format!("{CONTAINER}/resources/limits/cpu")), Type::Quantity);
    assert_eq!(deployment("metadata/creationTimestamp").format(), Some("date-time"));
    let controller = kind(Version::NEWEST, "apps/v1", "ControllerRevision").root();
    assert_eq!(
        controller
            .field("data")
            .map(|node| (node.kind(), node.values().is_none())),
        Some((Type::Map, true))
    );
}

#[test]
fn a_place_says_what_is_required_and_which_values_it_takes() {
    assert_eq!(
        deployment("spec").required().collect::<Vec<_>>(),
        ["selector", "template"]
    );
    let strategy = deployment("spec/strategy/type");
    assert_eq!(strategy.allowed().collect::<Vec<_>>(), ["RollingUpdate", "Recreate"]);
    let port = deployment(&format!("{CONTAINER}/ports/0/containerPort"));
    assert_eq!((port.minimum(), port.maximum()), (Some(1), Some(65535)));
    let ports = deployment(&format!("{CONTAINER}/ports"));
    assert_eq!(ports.keys().collect::<Vec<_>>(), ["containerPort", "protocol"]);
    assert_eq!(ports.merge_key(), Some("containerPort"));
    assert_eq!(
        deployment(CONTAINER).nearest_field("imagepullpolicy"),
        Some("imagePullPolicy")
    );
}

#[test]
fn a_value_or_a_field_that_came_later_is_not_known_before() {
    let restart = |version| {
        let root = kind(version, "v1", "Pod").root();
        root.find("spec/initContainers/0/restartPolicy")
            .unwrap()
            .allowed()
            .count()
    };
    assert_eq!((restart(Version::V1_33), restart(Version::V1_34)), (1, 3));
    let tolerance = |version| {
        let root = kind(version, "autoscaling/v2", "HorizontalPodAutoscaler").root();
        root.find("spec/behavior/scaleUp/tolerance").is_some()
    };
    assert!(!tolerance(Version::V1_30) && tolerance(Version::NEWEST));
}

#[test]
fn a_kind_says_whether_it_stands_in_a_namespace() {
    let of = |api_version, name| kind(Version::NEWEST, api_version, name).namespaced();
    assert!(of("v1", "ConfigMap") && of("networking.k8s.io/v1", "Ingress"));
    assert!(!of("v1", "Namespace") && !of("networking.k8s.io/v1", "IngressClass"));
}

#[test]
fn a_kind_that_is_gone_or_not_there_yet_says_so() {
    assert!(kubernetes::kind(Version::V1_30, "flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema").is_some());
    assert!(kubernetes::kind(Version::V1_32, "flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema").is_none());
    let gone = kubernetes::removed("policy/v1beta1", "PodDisruptionBudget").unwrap();
    assert_eq!((gone.since, gone.instead), ("1.25", Some("policy/v1")));
    let cidr = kubernetes::versions_of("networking.k8s.io", "ServiceCIDR");
    assert_eq!(cidr["networking.k8s.io/v1"].first(), Some(&Version::V1_33));
    assert_eq!(
        kubernetes::nearest_kind(Version::NEWEST, "Deploymnet"),
        Some("Deployment")
    );
}

#[test]
fn what_is_gone_is_in_no_version_and_what_stands_instead_is_in_the_newest() {
    for version in Version::ALL {
        for (api_version, name) in kubernetes::kinds(version) {
            assert_eq!(
                kubernetes::removed(api_version, name),
                None,
                "{version}: {api_version} {name}"
            );
        }
    }
    let gone = kubernetes::removed("extensions/v1beta1", "Ingress")
        .unwrap()
        .instead
        .unwrap();
    assert!(kubernetes::kind(Version::NEWEST, gone, "Ingress").is_some());
}

#[test]
fn the_store_says_where_its_facts_come_from() {
    let packages = &kubernetes::source().packages;
    assert_eq!(packages[0], "kubernetes-validate 1.37.0 Apache-2.0");
    assert!(
        packages[1..]
            .iter()
            .all(|name| name.starts_with("kcr_") && name.ends_with(" 0BSD"))
    );
}

#[test]
fn a_custom_resource_is_judged_by_its_definition_and_an_error_never_rests_on_it() {
    let text = "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: a, namespace: b}\nspec:\n  \
                target: {creationPolicy: Own}\n  data: [{secretKey: c}, {secretKey: d, remoteRef: {key: 1}}]\n  refresh: 1h\n";
    let findings = all(text).into_iter();
    let said: Vec<String> = findings
        .map(|it| format!("{} {}", it.level.name(), it.message))
        .collect();
    assert_eq!(
        said,
        [
            "warning `Own` is none of Owner, Orphan, Merge, None",
            "warning `remoteRef` is missing here",
            "warning a string belongs here, this is a number",
            "warning there is no field `refresh`",
        ]
    );
    // Of a version that is not known here nothing is said, nor of a kind.
    for text in [
        "apiVersion: external-secrets.io/v9\nkind: ExternalSecret\nmetadata: {name: a}\nspec: {x: 1}\n",
        "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\nspec: {x: 1}\n",
    ] {
        assert_eq!(all(text), []);
    }
}

#[test]
fn what_a_definition_leaves_open_is_taken() {
    let text = "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: a, namespace: b}\nspec:\n  \
                selector: {matchLabels: {app: a}}\n  mtls: {mode: STRICT}\n  portLevelMtls: {8000: {mode: PERMISSIVE}}\n\
                ---\napiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: a, namespace: b}\nspec:\n  \
                groups: [{name: a, rules: [{alert: B, expr: 'up == 0', for: 5m, labels: {severity: page}}, {record: c, expr: 1}]}]\n";
    assert_eq!(all(text), []);
    let of = |api_version: &str, kind: &str| {
        kubernetes::kind(Version::NEWEST, api_version, kind)
            .unwrap()
            .namespaced()
    };
    assert!(of("external-secrets.io/v1", "SecretStore") && !of("external-secrets.io/v1", "ClusterSecretStore"));
}
