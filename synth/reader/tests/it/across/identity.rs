//! Roles that templates give, and the accounts of the pods that want them.

use super::{validated, with};

const IDLE: &str = "idle-identity";

#[test]
fn an_association_of_an_account_that_is_not_there_is_told() {
    insta::assert_snapshot!(with(IDLE, &[("ServiceAccount: orders", "ServiceAccount: payments")]), @"identity.yaml:7 error: no manifest makes the ServiceAccount `payments` of namespace `shop`");
}

#[test]
fn an_association_of_an_account_in_another_namespace_is_told_at_the_namespace() {
    insta::assert_snapshot!(with(IDLE, &[("Namespace: shop", "Namespace: shopping")]), @"identity.yaml:6 error: no manifest makes the ServiceAccount `orders` of namespace `shopping`");
}

#[test]
fn an_association_for_a_namespace_of_somebody_else_is_silent() {
    let elsewhere = [
        ("Namespace: shop", "Namespace: kube-system"),
        ("ServiceAccount: orders", "ServiceAccount: controller"),
    ];
    assert_eq!(with(IDLE, &elsewhere), "");
}

#[test]
fn an_association_beside_pods_that_have_their_roles_is_silent() {
    let more = "      RoleArn: !ImportValue orders-role\n  More:\n    Type: AWS::EKS::PodIdentityAssociation\n    Properties: \
                {ClusterName: shop, Namespace: shop, ServiceAccount: of-a-chart, RoleArn: !ImportValue more}\n";
    assert_eq!(with(IDLE, &[("      RoleArn: !ImportValue orders-role\n", more)]), "");
}

#[test]
fn an_association_whose_account_only_the_deployment_knows_is_silent() {
    assert_eq!(
        with(
            IDLE,
            &[("ServiceAccount: orders", "ServiceAccount: !ImportValue account")]
        ),
        ""
    );
}

#[test]
fn an_association_by_a_default_is_a_warning() {
    let parameter = [
        (
            "Resources:\n",
            "Parameters: {Account: {Type: String, Default: order}}\nResources:\n",
        ),
        ("ServiceAccount: orders", "ServiceAccount: !Ref Account"),
    ];
    insta::assert_snapshot!(with(IDLE, &parameter), @"identity.yaml:8 warning: no manifest makes the ServiceAccount `order` of namespace `shop`");
}

#[test]
fn an_account_whose_name_is_filled_in_later_may_be_any() {
    let later = [
        (
            "{name: orders, namespace: shop}",
            "{name: '${account}', namespace: shop}",
        ),
        ("ServiceAccount: orders", "ServiceAccount: order"),
    ];
    assert_eq!(with(IDLE, &later), "");
}

#[test]
fn an_object_or_a_resource_allows_a_rule_with_a_reason() {
    let metadata = "    Metadata: {synth: {allow: {idle-identity: a chart makes it}}}\n    Properties:\n";
    let changes = [
        ("ServiceAccount: orders", "ServiceAccount: order"),
        ("    Properties:\n", metadata),
    ];
    assert_eq!(with(IDLE, &changes), "");
}

const MISSING: &str = "missing-identity";

#[test]
fn pods_that_name_a_bucket_by_a_config_map_without_a_role_are_told() {
    let changes = [
        ("ServiceAccount: orders", "ServiceAccount: others"),
        (
            "AWS::SecretsManager::Secret, Properties: {Name: shop-orders}",
            "AWS::S3::Bucket, Properties: {BucketName: shop-orders}",
        ),
        (
            "env: [{name: SECRET, value: shop-orders}]",
            "envFrom: [{configMapRef: {name: orders}}]",
        ),
        (
            "kind: ServiceAccount\nmetadata: {name: orders, namespace: shop}\n",
            "kind: ConfigMap\nmetadata: {name: orders, namespace: shop}\ndata: {BUCKET: shop-orders}\n",
        ),
    ];
    insta::assert_snapshot!(with(MISSING, &changes), @"orders.yaml:4 warning: Pod `orders` names the bucket `shop-orders`, and its ServiceAccount `orders` has no role on AWS");
}

#[test]
fn pods_with_a_role_of_their_own_kind_are_silent() {
    let annotated =
        "{name: orders, namespace: shop, annotations: {eks.amazonaws.com/role-arn: 'arn:aws:iam::1:role/x'}}\n---";
    let changes = [
        ("ServiceAccount: orders", "ServiceAccount: others"),
        ("{name: orders, namespace: shop}\n---", annotated),
    ];
    assert_eq!(with(MISSING, &changes), "");
}

#[test]
fn pods_of_a_cluster_where_nobody_has_a_role_by_pod_identity_are_silent() {
    assert_eq!(
        with(
            MISSING,
            &[("AWS::EKS::PodIdentityAssociation", "AWS::EKS::FargateProfile")]
        ),
        ""
    );
}

#[test]
fn a_role_that_is_made_by_hand_is_silent_and_a_slip_is_not() {
    let role = |name: &str| with("dangling-role", &[("role/shop-orders", &format!("role/{name}"))]);
    assert_eq!(role("made-by-hand"), "");
    assert_eq!(role("${role}"), "");
    insta::assert_snapshot!(role("path/shop-oders"), @"orders.yaml:5 error: no template makes the role `shop-oders`");
}

#[test]
fn a_role_is_no_slip_for_that_of_another_environment() {
    let changes = [
        ("RoleName: shop-orders", "RoleName: shop-dev"),
        ("role/shop-orders", "role/shop-stg"),
    ];
    assert_eq!(with("dangling-role", &changes), "");
}

const TRUST: &str = "untrusted-account";

#[test]
fn a_role_that_trusts_a_pattern_or_everybody_is_silent() {
    let pattern = [
        ("StringEquals", "StringLike"),
        ("system:serviceaccount:shop:orders", "system:serviceaccount:sh*:*"),
    ];
    assert_eq!(with(TRUST, &pattern), "");
    assert_eq!(
        with(
            TRUST,
            &[
                (":sub'", ":aud'"),
                ("system:serviceaccount:shop:orders", "sts.amazonaws.com")
            ]
        ),
        ""
    );
}

#[test]
fn a_role_that_trusts_another_account_is_told() {
    let other = [(
        "system:serviceaccount:shop:orders",
        "[system:serviceaccount:shop:order, system:serviceaccount:shop:o?]",
    )];
    let other = [
        (other[0].0, other[0].1),
        ("'[", "['"),
        ("]'", "']"),
        ("order, ", "order', '"),
    ];
    insta::assert_snapshot!(with(TRUST, &other), @"orders.yaml:6 error: the role `shop-orders` does not trust `system:serviceaccount:shop:orders`");
}

#[test]
fn a_role_whose_policy_is_a_text_is_read_too() {
    let statement = "{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRoleWithWebIdentity\",\"Condition\":{\"StringEquals\":\
                     {\"${Issuer}:sub\":\"system:serviceaccount:shop:NAME\"}}}";
    let text = |name: &str| {
        let policy = format!("{{\"Statement\":[{}]}}", statement.replace("NAME", name));
        let document =
            format!("      AssumeRolePolicyDocument: {{'Fn::Sub': ['{policy}', {{Issuer: here}}]}}\n      Other:\n");
        with(TRUST, &[("      AssumeRolePolicyDocument:\n", document.as_str())])
    };
    assert_eq!(text("orders"), "");
    assert_eq!(text("${Account}"), "");
    insta::assert_snapshot!(text("order"), @"orders.yaml:6 error: the role `shop-orders` does not trust `system:serviceaccount:shop:orders`");
}

#[test]
fn what_is_wrong_is_a_warning_for_whoever_validates() {
    insta::assert_snapshot!(validated(IDLE, &[("ServiceAccount: orders", "ServiceAccount: order")]), @"identity.yaml:7 warning: no manifest makes the ServiceAccount `order` of namespace `shop`");
}

#[test]
fn a_pattern_with_many_stars_takes_no_time() {
    let pattern = "system:serviceaccount:".to_owned() + &"*o".repeat(400);
    let changes = [
        ("StringEquals", "StringLike"),
        ("system:serviceaccount:shop:orders", pattern.as_str()),
    ];
    assert!(with(TRUST, &changes).contains("does not trust"));
    let pattern = "system:*:sh?p:*".to_owned();
    let changes = [
        ("StringEquals", "StringLike"),
        ("system:serviceaccount:shop:orders", pattern.as_str()),
    ];
    assert_eq!(with(TRUST, &changes), "");
}
