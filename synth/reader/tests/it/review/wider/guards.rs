//! What guards others.

use insta::assert_snapshot;

use super::changed;

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
