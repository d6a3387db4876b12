use crate::checks::manifest::standard::{self, Standard};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::{Object, Pods};

pub(super) const RULE: Rule = Rule {
    name: "refused-pod",
    why: "The label `pod-security.kubernetes.io/enforce` of a namespace says by which standard its pods are \
          admitted. A workload whose pods break it is accepted, and none of its pods ever starts. What breaks \
          the standards of the labels `warn` and `audit` is a warning; so is what breaks the baseline where \
          nothing is said and no other rule tells it.",
    link: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    level: Level::Error,
    family: Family::Practice,
    example: r"
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline}}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  hostNetwork: true
  containers: [{name: web, image: 'example/web:1.0'}]
",
    instead: r"
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline}}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers: [{name: web, image: 'example/web:1.0'}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for pods in set.manifests.pods() {
        let namespace = pods.object.namespace().name().unwrap_or_default();
        let said = set
            .manifests
            .of("Namespace")
            .find(|object| object.name() == Some(namespace));
        let label = |mode: &str| {
            let labels = said?.labels();
            Standard::parse(labels.get(&format!("pod-security.kubernetes.io/{mode}"))?)
        };
        let told = [
            ("enforce", Level::Error),
            ("warn", Level::Warning),
            ("audit", Level::Warning),
        ];
        let found = told.into_iter().find_map(|(mode, level)| {
            let standard = label(mode)?;
            let broken = standard::violations(pods, standard, set.manifests.version);
            (!broken.is_empty()).then_some((standard, level, broken))
        });
        match found {
            Some((standard, level, broken)) => {
                for violation in &broken {
                    tell(pods, said, standard, level, violation, report);
                }
            }
            None if said.is_none_or(|object| !has_label(&object)) => unsaid(set, pods, report),
            None => {}
        }
    }
}

fn has_label(namespace: &Object<'_>) -> bool {
    namespace.labels().has("pod-security.kubernetes.io/enforce")
}

/// What breaks the baseline and has no rule of its own.
fn unsaid<'a>(set: &Set<'a>, pods: &Pods<'a>, report: &mut Report<'a>) {
    for violation in &standard::violations(pods, Standard::Baseline, set.manifests.version) {
        if !violation.told {
            tell(pods, None, Standard::Baseline, Level::Warning, violation, report);
        }
    }
}

fn tell<'a>(
    pods: &Pods<'a>,
    namespace: Option<Object<'a>>,
    standard: Standard,
    level: Level,
    violation: &standard::Violation<'a>,
    report: &mut Report<'a>,
) {
    let name = standard.name();
    let message = format!(
        "{} breaks the standard `{name}`: {}",
        pods.object.title(),
        violation.message
    );
    let draft = report.value(violation.at, message);
    let labels = namespace.and_then(|namespace| namespace.entry(&["metadata", "labels"]));
    draft.level(level).also_if(labels, "its namespace says so");
    draft.help(violation.help);
}
