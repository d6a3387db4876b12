//! Rights of the API.

use insta::assert_snapshot;

use super::{ONE, READ, binding, bound, changed, pod, role, wider};

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

#[test]
fn a_token_that_a_pod_gets_is_told() {
    assert_snapshot!(pod("automountServiceAccountToken: false, containers: []", "containers: []"), @"wider shop/x (permission): its pods get a token for the API");
    assert_snapshot!(changed("v1", "ServiceAccount", "automountServiceAccountToken: false", "automountServiceAccountToken: true"), @"wider shop/x (permission): pods that run as it get a token for the API");
    assert_snapshot!(changed("v1", "ServiceAccount", "", "automountServiceAccountToken: false"), @"");
}

#[test]
fn a_role_of_aws_that_an_account_gets_is_told() {
    let of = |role: &str| {
        format!(
            "apiVersion: v1\nkind: ServiceAccount\nmetadata: {{name: x, annotations: {{eks.amazonaws.com/role-arn: {role}}}}}\n"
        )
    };
    assert_snapshot!(wider(&of("a"), &of("b")), @"wider x (permission): pods that run as it are b");
    assert_snapshot!(wider(&of("a"), &of("a")), @"");
}
