//! Checks of other programs that are right in general and wrong here. They stand in the objects, where checkov reads them
//! and whoever runs Trivy can, and in the README of the system.

use std::collections::BTreeMap;

use super::Place;
use crate::manifest::Bundle;
use crate::model::Reaches;
use crate::permissions::Rule;

/// Whose check it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checker {
    /// A check of checkov.
    Checkov,
    /// A check of Trivy, which reads no notes in manifests itself (Trivy, "Filtering", "By Inline Comments").
    Trivy,
}

/// A check that does not apply to one object, with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The object's kind.
    pub kind: &'static str,
    /// The object's namespace; nothing for the system's own.
    pub namespace: String,
    /// The object's name.
    pub name: String,
    /// Whose check it is.
    pub checker: Checker,
    /// The check.
    pub rule: &'static str,
    /// Why it does not apply here.
    pub reason: &'static str,
}

/// Checks that forbid a role to change a kind of object, with the kinds as rights name them.
const CHANGES: [(&str, &[&str]); 3] = [
    ("KSV-0048", &["deployments"]),
    ("KSV-0049", &["configmaps"]),
    ("KSV-0056", &["services", "ingresses", "networkpolicies"]),
];

/// The waivers of the pods and of their settings.
pub(super) fn of_pods(place: Place<'_>) -> Vec<Waiver> {
    use Checker::{Checkov, Trivy};
    let user = "The image is made for the user 1000, who has no rights outside the pod";
    let pods = [(Trivy, "KSV-0020"), (Trivy, "KSV-0021"), (Checkov, "CKV_K8S_40")];
    let number = (Trivy, "KSV-01010");
    let secret = place.system.secrets().next().map(|_| (Trivy, "KSV-0109"));
    let waiver = |kind, (checker, rule), reason| Waiver {
        kind,
        namespace: String::new(),
        name: place.system.workload().to_owned(),
        checker,
        rule,
        reason,
    };
    let pods = pods.map(|check| waiver("Deployment", check, user));
    let number = waiver("ConfigMap", number, "The port that the service listens on is no secret");
    let says = if place.system.secrets_that(Reaches::AsFiles).next().is_some() {
        "It is where a secret is; what is in it stands in no ConfigMap"
    } else {
        "It is a secret's name; what is in it stays in Secrets Manager"
    };
    let secret = secret.map(|check| waiver("ConfigMap", check, says));
    pods.into_iter().chain([number]).chain(secret).collect()
}

/// The waivers of a role that changes objects.
pub(super) fn of_role((namespace, name): (&str, &str), rules: &[&Rule]) -> Vec<Waiver> {
    let changes = |rule: &Rule, kinds: &[&str]| kinds.contains(&rule.resource.as_str()) && rule.verbs.contains("patch");
    let mut waivers = Vec::new();
    for (check, kinds) in CHANGES {
        if rules.iter().any(|rule| changes(rule, kinds)) {
            waivers.push(Waiver {
                kind: "Role",
                namespace: namespace.to_owned(),
                name: name.to_owned(),
                checker: Checker::Trivy,
                rule: check,
                reason: "A release is such a change; the rule names the objects of this system, and no other",
            });
        }
    }
    waivers
}

/// Puts waivers into the objects that they are about.
pub(super) fn note(waivers: &[Waiver], bundle: &mut Bundle) {
    let mut skipped: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for waiver in waivers {
        let object = (waiver.kind, waiver.namespace.as_str(), waiver.name.as_str());
        let (key, value) = match waiver.checker {
            Checker::Checkov => {
                let number = skipped.entry(object).or_default();
                *number += 1;
                (
                    format!("checkov.io/skip{number}"),
                    format!("{}={}", waiver.rule, waiver.reason),
                )
            }
            Checker::Trivy => (format!("allow.trivy/{}", waiver.rule), waiver.reason.to_owned()),
        };
        bundle.annotate(object, &key, value);
    }
}
