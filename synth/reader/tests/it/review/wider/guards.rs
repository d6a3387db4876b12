//! What guards others.

use insta::assert_snapshot;

use super::{changed, wider};

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
fn an_admission_policy_that_denies_no_more_is_told() {
    let policy =
        |old: &str, new: &str| changed("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", old, new);
    assert_snapshot!(policy("spec: {failurePolicy: Fail}", "spec: {failurePolicy: Ignore}"), @"wider x (hardening): what it cannot judge is let in");
    assert_snapshot!(policy("spec: {failurePolicy: Ignore}", "spec: {failurePolicy: Fail}"), @"");
    let binding = |old: &str, new: &str| {
        changed(
            "admissionregistration.k8s.io/v1",
            "ValidatingAdmissionPolicyBinding",
            old,
            new,
        )
    };
    assert_snapshot!(binding("spec: {validationActions: [Deny]}", "spec: {validationActions: [Warn]}"), @"wider x (hardening): what it objects to is let in");
    assert_snapshot!(binding("spec: {validationActions: [Warn]}", "spec: {validationActions: [Deny]}"), @"");
}

#[test]
fn a_guard_that_goes_is_told() {
    let guard =
        "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: x}\n";
    let strict = "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: x}\nspec: {mtls: {mode: STRICT}}\n";
    assert_snapshot!(wider(guard, ""), @"wider x (hardening): removed");
    assert_snapshot!(wider(strict, ""), @"wider x (encryption): removed");
    assert_snapshot!(wider("", guard), @"");
}
