//! Manifests: what gets wider.

use insta::assert_snapshot;

use super::object;

/// What gets wider by a change of an object `x`.
fn changed(api_version: &str, kind: &str, old: &str, new: &str) -> String {
    let of = |lines: &str| {
        format!("apiVersion: {api_version}\nkind: {kind}\nmetadata: {{name: x, namespace: shop}}\n{lines}\n")
    };
    wider(&of(old), &of(new))
}

/// What gets wider by a change of a file.
fn wider(old: &str, new: &str) -> String {
    let told = object(old, new);
    let lines = told.lines().filter(|line| line.starts_with("wider"));
    lines.collect::<Vec<_>>().join("\n")
}

fn role(old: &str, new: &str) -> String {
    changed("rbac.authorization.k8s.io/v1", "Role", old, new)
}

fn pod(old: &str, new: &str) -> String {
    let of = |lines: &str| {
        format!(
            "spec: {{selector: {{matchLabels: {{a: b}}}}, template: {{metadata: {{labels: {{a: b}}}}, spec: {{{lines}}}}}}}"
        )
    };
    changed("apps/v1", "Deployment", &of(old), &of(new))
}

fn container(old: &str, new: &str) -> String {
    let of = |lines: &str| format!("containers: [{{name: a, image: 'a:1', {lines}}}]");
    pod(&of(old), &of(new))
}

const READ: &str = "rules: [{apiGroups: [''], resources: [pods], verbs: [get, list]}]";

#[test]
fn verbs_resources_and_names_that_widen_are_told() {
    assert_snapshot!(role(READ, "rules: [{apiGroups: [''], resources: [pods, secrets], verbs: [get, list, delete]}]"), @"
    wider shop/x (permission): + delete on pods
    wider shop/x (permission): + delete, get, list on secrets
    ");
    assert_snapshot!(role(READ, "rules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]"), @"wider shop/x (permission): + * on *.*");
    assert_snapshot!(role("rules: [{apiGroups: [''], resources: [secrets], resourceNames: [a], verbs: [get]}]", "rules: [{apiGroups: [''], resources: [secrets], verbs: [get]}]"), @"wider shop/x (permission): + get on secrets");
    assert_snapshot!(role("rules: []", "rules: [{nonResourceURLs: [/metrics], verbs: [get]}]"), @"wider shop/x (permission): + get on /metrics");
}

#[test]
fn rules_that_say_less_or_the_same_in_another_way_are_silent() {
    assert_snapshot!(role(READ, "rules: [{apiGroups: [''], resources: [pods], verbs: [list]}, {apiGroups: [''], resources: [pods], verbs: [get]}]"), @"");
    assert_snapshot!(role("rules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]", "rules: [{apiGroups: [apps], resources: [deployments/scale], verbs: [update]}]"), @"");
    assert_snapshot!(role("rules: [{apiGroups: [''], resources: ['*/log'], verbs: [get]}]", "rules: [{apiGroups: [''], resources: [pods/log], resourceNames: [a], verbs: [get]}]"), @"");
    assert_snapshot!(role("rules: [{nonResourceURLs: [/a/*], verbs: [get]}]", "rules: [{nonResourceURLs: [/a/b], verbs: [get]}]"), @"");
}

#[test]
fn a_role_that_is_added_to_view_is_told() {
    let of = |labels: &str| {
        format!(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {{name: x, labels: {{{labels}}}}}\n{READ}\n"
        )
    };
    assert_snapshot!(wider(&of(""), &of("rbac.authorization.k8s.io/aggregate-to-view: 'true'")), @"wider x (permission): its rules are added to ClusterRole view, for whoever has that");
}

fn binding(subjects: &str) -> String {
    format!("subjects: [{subjects}]\nroleRef: {{kind: Role, name: reader}}")
}

fn bound(old: &str, new: &str) -> String {
    changed(
        "rbac.authorization.k8s.io/v1",
        "RoleBinding",
        &binding(old),
        &binding(new),
    )
}

const ONE: &str = "{kind: ServiceAccount, name: a, namespace: shop}";

#[test]
fn a_new_subject_is_told() {
    assert_snapshot!(bound(ONE, &format!("{ONE}, {{kind: User, name: jo}}")), @"wider shop/x (permission): User jo gets Role reader");
    assert_snapshot!(bound(ONE, "{kind: Group, name: 'system:authenticated'}"), @"wider shop/x (public exposure): Group system:authenticated gets Role reader");
}

#[test]
fn subjects_that_go_or_change_their_order_are_silent() {
    let two = "{kind: User, name: jo}";
    assert_snapshot!(bound(&format!("{ONE}, {two}"), &format!("{two}, {ONE}")), @"");
    assert_snapshot!(bound(&format!("{ONE}, {two}"), ONE), @"");
}

#[test]
fn a_new_binding_is_told_and_one_of_another_name_is_not() {
    let of = |name: &str| {
        format!(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {{name: {name}, namespace: shop}}\n{}\n",
            binding(ONE)
        )
    };
    assert_snapshot!(wider("", &of("a")), @"wider shop/a (permission): ServiceAccount shop/a gets Role reader");
    assert_snapshot!(wider(&of("a"), &of("b")), @"");
}

const BOUND: &str = "securityContext: {privileged: false, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}, capabilities: {drop: [ALL]}}";

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
fn a_token_that_a_pod_gets_is_told() {
    assert_snapshot!(pod("automountServiceAccountToken: false, containers: []", "containers: []"), @"wider shop/x (permission): its pods get a token for the API");
    assert_snapshot!(changed("v1", "ServiceAccount", "automountServiceAccountToken: false", "automountServiceAccountToken: true"), @"wider shop/x (permission): pods that run as it get a token for the API");
    assert_snapshot!(changed("v1", "ServiceAccount", "", "automountServiceAccountToken: false"), @"");
}

#[test]
fn a_digest_that_becomes_a_tag_is_told() {
    let digest = format!("a@sha256:{}", "0".repeat(64));
    let of = |image: &str| format!("containers: [{{name: a, image: '{image}'}}]");
    assert_snapshot!(pod(&of(&digest), &of("a:2")), @"wider shop/x (hardening): container a: from a digest to a tag, which can move");
    assert_snapshot!(pod(&of(&digest), &of("${image}")), @"");
}

fn policy(name: &str, spec: &str) -> String {
    format!(
        "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: {name}, namespace: shop}}\nspec: {{{spec}}}\n"
    )
}

const CLOSED: &str = "podSelector: {}, policyTypes: [Ingress, Egress]";

#[test]
fn a_peer_or_port_more_is_told() {
    let old = policy(
        "a",
        "podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/16}}], ports: [{port: 80}]}]",
    );
    assert_snapshot!(wider(&old, &old.replace("10.0.0.0/16", "0.0.0.0/0")), @"wider shop/a (network): ingress + from 0.0.0.0/0 on port 80");
    assert_snapshot!(wider(&old, &old.replace("ports: [{port: 80}]", "ports: [{port: 80}, {port: 81}]")), @"wider shop/a (network): ingress + from 10.0.0.0/16 on port 81");
    assert_snapshot!(wider(&old, &old.replace("ingress: [", "ingress: [{}, ")), @"wider shop/a (network): ingress + from anywhere on every port");
}

#[test]
fn a_peer_or_port_less_is_silent() {
    let old = policy(
        "a",
        "podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/16}}, {podSelector: {}}], ports: [{port: 80}]}]",
    );
    assert_snapshot!(wider(&old, &old.replace("10.0.0.0/16", "10.0.1.0/24")), @"");
    assert_snapshot!(wider(&old, &old.replace("ports: [{port: 80}]", "ports: [{protocol: TCP, port: 80}]")), @"");
    assert_snapshot!(wider(&old, &old.replace("podSelector: {}}]", "podSelector: {matchLabels: {a: b}}}]")), @"");
}

#[test]
fn the_last_policy_of_a_direction_is_told() {
    assert_snapshot!(wider(&policy("a", CLOSED), ""), @"
    wider shop/a (network): no policy closes ingress of these pods any more
    wider shop/a (network): no policy closes egress of these pods any more
    ");
    assert_snapshot!(wider(&(policy("a", CLOSED) + &policy("b", "podSelector: {matchLabels: {a: b}}")), &policy("a", CLOSED)), @"");
}

#[test]
fn the_first_policy_is_silent_and_a_hole_in_a_closed_one_is_told() {
    let hole = policy(
        "b",
        "podSelector: {matchLabels: {a: b}}, ingress: [{from: [{podSelector: {}}]}]",
    );
    assert_snapshot!(wider("", &hole), @"");
    assert_snapshot!(wider(&policy("a", CLOSED), &(policy("a", CLOSED) + &hole)), @"wider shop/b (network): ingress + from {podSelector: {}} on every port");
}

#[test]
fn a_service_that_reaches_further_is_told() {
    let told = |old: &str, new: &str| {
        changed(
            "v1",
            "Service",
            &format!("spec: {{{old}ports: [{{port: 80}}]}}"),
            &format!("spec: {{{new}ports: [{{port: 80}}]}}"),
        )
    };
    assert_snapshot!(told("", "type: LoadBalancer, "), @"wider shop/x (public exposure): it has a balancer that the internet reaches");
    assert_snapshot!(told("", "type: NodePort, "), @"wider shop/x (network): it has a port of every node");
    assert_snapshot!(told("type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8], ", "type: LoadBalancer, "), @"wider shop/x (public exposure): every address may come in");
    assert_snapshot!(told("type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8], ", "type: LoadBalancer, loadBalancerSourceRanges: [10.1.0.0/16], "), @"");
    assert_snapshot!(told("type: LoadBalancer, ", "type: ClusterIP, "), @"");
}

#[test]
fn a_host_or_path_more_is_told() {
    let told = |old: &str, new: &str| {
        let of = |paths: &str| format!("spec: {{rules: [{paths}]}}");
        changed("networking.k8s.io/v1", "Ingress", &of(old), &of(new))
    };
    let one = "{host: a.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: a, port: {number: 80}}}}]}}";
    assert_snapshot!(told(one, &one.replace("a.example", "'*.example'")), @"wider shop/x (public exposure): it serves *.example/, whatever the host is");
    assert_snapshot!(told(one, &one.replace("host: a.example, ", "")), @"wider shop/x (public exposure): it serves */, whatever the host is");
    assert_snapshot!(told(one, &one.replace("number: 80", "number: 81")), @"");
}

#[test]
fn annotations_that_closed_an_ingress_are_told() {
    let of = |annotations: &str| {
        format!(
            "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: x, annotations: {{{annotations}}}}}\nspec: {{}}\n"
        )
    };
    assert_snapshot!(wider(&of("alb.ingress.kubernetes.io/scheme: internal, alb.ingress.kubernetes.io/wafv2-acl-arn: a"), &of("alb.ingress.kubernetes.io/scheme: internet-facing")), @"
    wider x (public exposure): its balancer is reached from the internet
    wider x (hardening): alb.ingress.kubernetes.io/wafv2-acl-arn is gone: no firewall looks at requests any more
    ");
    assert_snapshot!(wider(&of("alb.ingress.kubernetes.io/scheme: internet-facing"), &of("alb.ingress.kubernetes.io/scheme: internal")), @"");
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
fn a_webhook_that_lets_in_what_it_cannot_judge_is_told() {
    let told = |old: &str, new: &str| {
        let of = |policy: &str| format!("webhooks: [{{name: a.example, {policy}}}]");
        changed(
            "admissionregistration.k8s.io/v1",
            "ValidatingWebhookConfiguration",
            &of(old),
            &of(new),
        )
    };
    assert_snapshot!(told("", "failurePolicy: Ignore"), @"wider x (hardening): a.example: what it cannot judge is let in");
    assert_snapshot!(told("", "failurePolicy: Fail"), @"");
}

#[test]
fn traffic_in_plain_text_is_told() {
    let told = |old: &str, new: &str| {
        let of = |mode: &str| format!("spec: {{mtls: {{mode: {mode}}}}}");
        changed("security.istio.io/v1", "PeerAuthentication", &of(old), &of(new))
    };
    assert_snapshot!(told("STRICT", "PERMISSIVE"), @"wider shop/x (encryption): plain text is let in");
    assert_snapshot!(told("PERMISSIVE", "STRICT"), @"");
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
fn a_balancer_that_is_inside_is_not_public() {
    let of = |lines: &str| {
        format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: x, annotations: {{service.beta.kubernetes.io/aws-load-balancer-scheme: {lines}, ports: [{{port: 80}}]}}\n"
        )
    };
    assert_snapshot!(wider("", &of("internal}}\nspec: {type: LoadBalancer")), @"wider x (network): it has a balancer inside of the network");
    assert_snapshot!(wider("", &of("internet-facing}}\nspec: {type: LoadBalancer, loadBalancerClass: eks.amazonaws.com/nlb")), @"wider x (public exposure): it has a balancer that the internet reaches");
    assert_snapshot!(wider("", &of("''}}\nspec: {type: LoadBalancer, loadBalancerClass: eks.amazonaws.com/nlb")), @"wider x (network): it has a balancer inside of the network");
}
