//! What pods may do.

use insta::assert_snapshot;

use super::{BOUND, container, pod, policy, wider};

#[test]
fn a_container_that_is_less_bound_is_told() {
    assert_snapshot!(container(BOUND, "securityContext: {privileged: true}"), @"
    wider shop/x (hardening): container a: its processes may gain rights
    wider shop/x (hardening): container a: no longer without capability ALL
    wider shop/x (hardening): container a: privileged, so that it can do anything on its node
    wider shop/x (hardening): container a: it may write to its own files
    wider shop/x (hardening): container a: it may run as root
    wider shop/x (hardening): container a: it may call the kernel as it likes
    ");
    assert_snapshot!(container("", "securityContext: {runAsUser: 0, capabilities: {add: [CAP_SYS_ADMIN]}, procMount: Unmasked}, ports: [{containerPort: 80, hostPort: 80}]"), @"
    wider shop/x (hardening): container a: it listens on port 80 of its node
    wider shop/x (hardening): container a: + capability SYS_ADMIN
    wider shop/x (hardening): container a: it sees all of /proc
    wider shop/x (hardening): container a: it runs as root
    ");
}

#[test]
fn what_the_pod_says_for_its_containers_is_silent() {
    assert_snapshot!(container(BOUND, &format!("{BOUND}, ports: [{{containerPort: 80}}]")), @"");
    assert_snapshot!(pod(
        "containers: [{name: a, image: a, securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}}]",
        "securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: a}]",
    ), @"");
    assert_snapshot!(container("", "securityContext: {runAsUser: 1000, capabilities: {add: [NET_BIND_SERVICE], drop: [ALL]}}"), @"");
}

#[test]
fn what_a_pod_has_of_its_node_is_told() {
    assert_snapshot!(pod("containers: []", "hostNetwork: true, hostPID: true, volumes: [{name: a, hostPath: {path: /}}], containers: []"), @"
    wider shop/x (hardening): hostNetwork: its pods have the network of its node
    wider shop/x (hardening): hostPID: its pods have the processes of its node
    wider shop/x (hardening): its pods have / of their node
    ");
    assert_snapshot!(pod("hostNetwork: true, volumes: [{name: a, hostPath: {path: /}}], containers: []", "hostNetwork: true, volumes: [{name: b, hostPath: {path: /}}], containers: []"), @"");
}

#[test]
fn a_digest_that_becomes_a_tag_is_told() {
    let digest = format!("a@sha256:{}", "0".repeat(64));
    let of = |image: &str| format!("containers: [{{name: a, image: '{image}'}}]");
    assert_snapshot!(pod(&of(&digest), &of("a:2")), @"wider shop/x (hardening): container a: from a digest to a tag, which can move");
    assert_snapshot!(pod(&of(&digest), &of("${image}")), @"");
}

#[test]
fn a_level_of_pod_security_that_goes_down_is_told() {
    let of =
        |labels: &str| format!("apiVersion: v1\nkind: Namespace\nmetadata: {{name: shop, labels: {{{labels}}}}}\n");
    let level = |level: &str| of(&format!("pod-security.kubernetes.io/enforce: {level}"));
    assert_snapshot!(wider(&level("restricted"), &level("baseline")), @"wider shop (hardening): pod-security.kubernetes.io/enforce: restricted → baseline");
    assert_snapshot!(wider(&level("baseline"), &of("")), @"wider shop (hardening): pod-security.kubernetes.io/enforce: baseline → not set");
    assert_snapshot!(wider(&level("baseline"), &level("restricted")), @"");
    assert_snapshot!(wider(&level("privileged"), &of("")), @"");
}

#[test]
fn a_policy_that_no_longer_finds_its_pods_is_told() {
    let closed = policy("a", "podSelector: {matchLabels: {app: web}}");
    let pods = |label: &str| {
        format!(
            "---\napiVersion: v1\nkind: Pod\nmetadata: {{name: web, namespace: shop, labels: {{app: {label}}}}}\nspec: {{containers: [{{name: a, image: a}}]}}\n"
        )
    };
    assert_snapshot!(wider(&(closed.clone() + &pods("web")), &(closed.clone() + &pods("site"))), @"wider shop/a (network): no pod of these files has the labels that it looks for any more");
    assert_snapshot!(wider(&(closed.clone() + &pods("web")), &(closed + &pods("web"))), @"");
}

#[test]
fn users_of_the_node_and_further_tokens_are_told() {
    assert_snapshot!(pod("hostUsers: false, containers: []", "containers: []"), @"wider shop/x (hardening): root in its pods is root on their node");
    assert_snapshot!(pod("containers: []", "hostUsers: false, containers: []"), @"");
    let token = "volumes: [{name: a, projected: {sources: [{serviceAccountToken: {path: a}}]}}], containers: []";
    assert_snapshot!(pod("containers: []", token), @"wider shop/x (permission): its pods get a further token");
    assert_snapshot!(pod(token, token), @"");
}
