//! What guards others: what is admitted, and who gets a token.

use serde_json::Value as Json;

use super::super::object::{ENFORCE, Object};
use super::{Case, wider};
use crate::review::wider::{What, Wider};
use crate::schema::kubernetes::POD_SECURITY_LEVELS;

/// The annotation by which a pod's account has a role of AWS's.
const ROLE: &str = "eks.amazonaws.com/role-arn";

/// What admits objects; the end of one is told.
const ADMITTING: &[&str] = &[
    "ValidatingWebhookConfiguration",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
];

pub(super) fn object(case: &mut Case<'_>) {
    let Some(old) = case.old else { return };
    if case.new.group == "security.istio.io" && is_strict(old) && !is_strict(case.new) {
        case.tell(What::Encryption, "spec.mtls.mode", "plain text is let in");
    }
    if !case.new.group.is_empty() {
        return;
    }
    match case.new.kind.as_str() {
        "Namespace" => level(case, old),
        "ServiceAccount" => account(case, old),
        "ValidatingWebhookConfiguration" | "MutatingWebhookConfiguration" => webhooks(case, old),
        "ValidatingAdmissionPolicy" => {
            let ignores = |object: &Object| ignores(object.value.get("spec"));
            if ignores(case.new) && !ignores(old) {
                case.tell(What::Hardening, "spec.failurePolicy", "what it cannot judge is let in");
            }
        }
        "ValidatingAdmissionPolicyBinding" => {
            let denies = |object: &Object| {
                object
                    .list(&["spec", "validationActions"])
                    .contains(&Json::from("Deny"))
            };
            if denies(old) && !denies(case.new) {
                case.tell(
                    What::Hardening,
                    "spec.validationActions",
                    "what it objects to is let in",
                );
            }
        }
        _ => {}
    }
}

fn is_strict(object: &Object) -> bool {
    object.kind == "PeerAuthentication" && object.text(&["spec", "mtls", "mode"]) == Some("STRICT")
}

fn account(case: &mut Case<'_>, old: &Object) {
    let new = case.new;
    let off = |object: &Object| object.value.get("automountServiceAccountToken") == Some(&Json::Bool(false));
    if off(old) && !off(new) {
        let text = "pods that run as it get a token for the API";
        case.tell(What::Permission, "automountServiceAccountToken", text);
    }
    let role = new.annotation(ROLE).filter(|role| Some(*role) != old.annotation(ROLE));
    if let Some(role) = role {
        case.tell(
            What::Permission,
            "metadata.annotations",
            format!("pods that run as it are {role}"),
        );
    }
}

fn ignores(holder: Option<&Json>) -> bool {
    let policy = holder.and_then(|holder| holder.get("failurePolicy"));
    policy.and_then(Json::as_str) == Some("Ignore")
}

/// A level of pod security that goes down.
fn level(case: &mut Case<'_>, old: &Object) {
    if let (Some(was), Some(is)) = (old.pod_security(), case.new.pod_security())
        && is < was
    {
        let now = case.new.label(ENFORCE).unwrap_or("not set");
        let text = format!("{ENFORCE}: {} → {now}", POD_SECURITY_LEVELS[was]);
        case.tell(What::Hardening, "metadata.labels", text);
    }
}

fn webhooks(case: &mut Case<'_>, old: &Object) {
    for webhook in case.new.list(&["webhooks"]) {
        let name = webhook.get("name").and_then(Json::as_str).unwrap_or_default();
        let before = old.list(&["webhooks"]).iter();
        let mut before = before.filter(|one| one.get("name").and_then(Json::as_str) == Some(name));
        let was = before.next();
        if was.is_some() && ignores(Some(webhook)) && !ignores(was) {
            let text = format!("{name}: what it cannot judge is let in");
            case.tell(What::Hardening, "webhooks", text);
        }
    }
}

/// A guard that is removed.
pub(super) fn gone(old: &Object, is_renamed: bool, told: &mut Vec<Wider>) {
    if old.is(ADMITTING) && !is_renamed {
        told.push(wider(old, What::Hardening, "", "removed", None));
    }
    if is_strict(old) && !is_renamed {
        told.push(wider(old, What::Encryption, "", "removed", None));
    }
}
