//! Checks of other programs that are right in general and wrong here. They stand in the objects, where checkov reads them
//! and whoever runs Trivy can, and in the README of the system.

use std::collections::BTreeMap;

use super::Place;
use crate::manifest::{Bundle, Metadata};
use crate::model::Reaches;
use crate::permissions::Rule;

/// Whose check it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checker {
    /// A rule of synth's own.
    Synth,
    /// A level of Pod Security, of a namespace that enforces another than the strictest.
    PodSecurity,
    /// A check of checkov.
    Checkov,
    /// A check of Trivy, which reads no notes in manifests itself (Trivy, "Filtering", "By Inline Comments").
    Trivy,
}

/// How checkov is told of a check; a number follows, since it reads one at a time.
const SKIP: &str = "checkov.io/skip";

/// Who reads other annotations, whose keys begin so.
const ALLOW: [(Checker, &str); 3] = [
    (Checker::Synth, "allow.synth/"),
    (Checker::PodSecurity, "allow.pod-security/"),
    (Checker::Trivy, "allow.trivy/"),
];

impl Checker {
    /// What people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Synth => "synth",
            Self::PodSecurity => "pod-security",
            Self::Checkov => "checkov",
            Self::Trivy => "trivy",
        }
    }

    /// What stands in an object, where `skipped` checks of checkov stand before.
    fn annotation(self, rule: &str, reason: &str, skipped: &mut usize) -> (String, String) {
        let own = ALLOW.into_iter().find(|(checker, _)| *checker == self);
        if let Some((_, prefix)) = own {
            return (format!("{prefix}{rule}"), reason.to_owned());
        }
        *skipped += 1;
        (format!("{SKIP}{skipped}"), format!("{rule}={reason}"))
    }

    /// Whose check an annotation waives, which one, and why; nothing for any other annotation.
    pub(crate) fn read<'a>(key: &'a str, value: &'a str) -> Option<(Self, &'a str, &'a str)> {
        if key.starts_with(SKIP) {
            let (rule, reason) = value.split_once('=')?;
            return Some((Self::Checkov, rule, reason));
        }
        let mut own = ALLOW.into_iter();
        own.find_map(|(checker, prefix)| Some((checker, key.strip_prefix(prefix)?, value)))
    }
}

/// Checks of one program that do not apply to an object, and why.
pub(crate) type Waived<'a> = (Checker, &'a [&'a str], &'a str);

/// The same object, which says what does not apply to it.
pub(crate) fn waived(mut own: Metadata, waivers: &[Waived<'_>]) -> Metadata {
    let mut skipped = 0;
    for (checker, rules, reason) in waivers {
        for rule in *rules {
            let (key, value) = checker.annotation(rule, reason, &mut skipped);
            own = own.annotated(&key, value);
        }
    }
    own
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

/// Why a pod is who it is.
pub(super) const USER: &str = "The image is made for the user 1000, who has no rights outside the pod";
/// Why a port stands where Trivy looks for secrets.
pub(super) const NUMBER: &str = "The port that the service listens on is no secret";
/// Why a role may change objects.
pub(crate) const RELEASE: &str = "A release is such a change; the rule names the objects of this system, and no other";

/// Checks that forbid a role to change a kind of object, with the kinds as rights name them.
pub(crate) const CHANGES: [(&str, &[&str]); 3] = [
    ("KSV-0048", &["deployments"]),
    ("KSV-0049", &["configmaps"]),
    ("KSV-0056", &["services", "ingresses", "networkpolicies"]),
];

/// The waivers of the pods and of their settings.
pub(super) fn of_pods(place: Place<'_>) -> Vec<Waiver> {
    use Checker::{Checkov, Trivy};
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
    let pods = pods.map(|check| waiver("Deployment", check, USER));
    let number = waiver("ConfigMap", number, NUMBER);
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
                reason: RELEASE,
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
        let skipped = skipped.entry(object).or_default();
        let (key, value) = waiver.checker.annotation(waiver.rule, waiver.reason, skipped);
        bundle.annotate(object, &key, value);
    }
}
