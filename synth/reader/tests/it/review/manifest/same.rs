//! What is no change, and which object is which.

use insta::assert_snapshot;

use super::super::{object, objects, told};
use super::{container, deployment, service};

#[test]
fn what_the_server_would_write_changes_nothing() {
    assert_snapshot!(object(
        &deployment("", "", "ports: [{containerPort: 80}], resources: {limits: {cpu: 500m, memory: 1Gi}}"),
        &deployment(
            "replicas: 1, strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 25%}}, \
             revisionHistoryLimit: 10,",
            "restartPolicy: Always, terminationGracePeriodSeconds: 30, dnsPolicy: ClusterFirst,",
            "imagePullPolicy: IfNotPresent, ports: [{containerPort: 80, protocol: TCP}], env: [], \
             resources: {limits: {cpu: 0.5, memory: 1024Mi}}",
        ),
    ), @"");
}

#[test]
fn lists_with_keys_in_another_order_change_nothing() {
    assert_snapshot!(container(
        "env: [{name: A, value: a}, {name: B, value: b}], ports: [{containerPort: 80}, {containerPort: 81}]",
        "env: [{name: B, value: b}, {name: A, value: a}], ports: [{containerPort: 81}, {containerPort: 80}]",
    ), @"");
}

#[test]
fn what_the_server_wrote_counts_for_nothing() {
    let old = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: b}\n";
    let new = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, uid: b, resourceVersion: '1', creationTimestamp: null, \
               annotations: {kubectl.kubernetes.io/last-applied-configuration: c}}\ndata: {a: b}\n";
    assert_snapshot!(object(old, new), @"");
}

#[test]
fn an_object_that_moves_to_another_file_is_no_change() {
    let one = service("a: b");
    assert_snapshot!(told(&objects(&[("k8s/a.yaml", &one)], &[("k8s/b.yaml", &one)])), @"");
    assert_snapshot!(told(&objects(&[("old/a.yaml", &one)], &[("new/a.yaml", &one)])), @"
    Service shop/x: nothing changes
      note: moved from `old/a.yaml`
    ");
}

#[test]
fn objects_of_one_name_in_several_files_are_matched_by_file() {
    let (one, two) = (service("a: b"), service("a: c"));
    assert_snapshot!(told(&objects(&[("dev/a.yaml", &one), ("prod/a.yaml", &two)], &[("dev/a.yaml", &one), ("prod/a.yaml", &two)])), @"");
}

#[test]
fn a_name_that_kustomize_makes_is_a_new_name() {
    let map = |name: &str, value: &str| {
        format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}}}\ndata: {{a: {value}}}\n")
    };
    assert_snapshot!(object(&map("a-2g9h7k8m4t", "b"), &map("a-5t6b7c8d9f", "c")), @"
    ConfigMap a-2g9h7k8m4t: removed
      note: its content is in its name; what names the new one no longer reads it
    ConfigMap a-5t6b7c8d9f from a-2g9h7k8m4t: created
    ");
}

#[test]
fn a_list_is_read_as_its_items() {
    let list = |value: &str| {
        format!(
            "apiVersion: v1\nkind: List\nitems: [{{apiVersion: v1, kind: ConfigMap, metadata: {{name: a}}, data: {{a: {value}}}}}]\n"
        )
    };
    assert_snapshot!(object(&list("b"), &list("c")), @"
    ConfigMap a: updated in place
      data.a: b → c
    ");
}

#[test]
fn another_version_of_the_api_is_the_same_object() {
    let of = |version: &str, backend: &str| {
        format!(
            "apiVersion: {version}\nkind: Ingress\nmetadata: {{name: x}}\nspec: {{defaultBackend: {{{backend}}}}}\n"
        )
    };
    let old = of("networking.k8s.io/v1beta1", "serviceName: a");
    assert_snapshot!(object(&old, &of("networking.k8s.io/v1", "service: {name: a}")), @"
    Ingress x: updated in place
      apiVersion: networking.k8s.io/v1beta1 → networking.k8s.io/v1; the same object by another version of the API, of which the fields are not compared
    ");
}

#[test]
fn a_namespace_that_one_side_does_not_say_is_the_same() {
    let one = service("a: b");
    assert_snapshot!(object(&one, &one.replace(", namespace: shop", "")), @"");
}

#[test]
fn amounts_are_compared_by_their_size() {
    let memory = |amount: &str| deployment("", "", &format!("resources: {{requests: {{memory: {amount}}}}}"));
    for (one, other) in [
        ("1Gi", "1073741824"),
        ("0.5Gi", "512Mi"),
        ("1e3", "1k"),
        ("1000m", "1"),
        ("1.5G", "1500M"),
    ] {
        assert_eq!(object(&memory(one), &memory(other)), "", "{one} {other}");
    }
    for (one, other) in [("1G", "1Gi"), ("1", "1k"), ("1m", "1"), ("100M", "100m")] {
        assert_ne!(object(&memory(one), &memory(other)), "", "{one} {other}");
    }
}
