use crate::checks::manifest::shape::Violation;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::Object;
use crate::schema::kubernetes::{self, Version};

pub(super) const RULE: Rule = Rule {
    name: "unknown-kind",
    why: "The API server refuses a kind that its version does not have: one that is gone, one that is not \
          there yet, or one that is called otherwise.",
    link: "https://kubernetes.io/docs/reference/using-api/deprecation-guide/",
    level: Level::Error,
    family: Family::Schema,
    example: r"
apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
",
    instead: r"
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (violation, _) in set.manifests.violations() {
        if let Violation::Kind(object) = violation {
            tell(object, set.manifests.version_of(object), report);
        }
    }
}

fn tell<'a>(object: &Object<'a>, version: Version, report: &mut Report<'a>) {
    let (api, kind) = (object.api_version(), object.kind);
    let at = object.dig(&["apiVersion"]).unwrap_or(object.node);
    if let Some(removed) = kubernetes::removed(api, kind) {
        let draft = report.value(
            at,
            format!("{kind} of {api} is gone since Kubernetes {}", removed.since),
        );
        match removed.instead {
            Some(instead) => draft.help(format!(
                "write `apiVersion: {instead}`, and see what its fields are called"
            )),
            None => draft.help("nothing takes its place; remove it"),
        }
        return;
    }
    let known = kubernetes::versions_of(object.group, kind);
    let mut newest = known.iter().rev();
    let now = newest
        .find(|(_, versions)| versions.contains(&version))
        .map(|(api, _)| *api);
    if let Some(versions) = known.get(api) {
        return of_another_version(object, at, versions, (version, now), report);
    }
    if let Some(now) = now.or_else(|| elsewhere(kind, version)) {
        report
            .value(at, format!("{api} has no {kind}"))
            .help(format!("write `apiVersion: {now}`"));
        return;
    }
    let at = object.dig(&["kind"]).unwrap_or(object.node);
    let draft = report.value(at, format!("Kubernetes {version} has no kind `{kind}` of {api}"));
    match kubernetes::nearest_kind(version, kind) {
        Some(near) => draft.help(format!("did you mean `{near}`?")),
        None => draft.help("see `kubectl api-resources`"),
    }
}

/// A kind that some versions have, but not this one.
fn of_another_version<'a>(
    object: &Object<'a>,
    at: &'a Node,
    versions: &[Version],
    (version, now): (Version, Option<&str>),
    report: &mut Report<'a>,
) {
    let says = match (versions.first(), versions.last()) {
        (Some(first), _) if *first > version => format!("comes with Kubernetes {first}; this is {version}"),
        (_, Some(last)) => format!("was there until Kubernetes {last}; this is {version}"),
        _ => format!("is not in Kubernetes {version}"),
    };
    let draft = report.value(at, format!("{} of {} {says}", object.kind, object.api_version()));
    match now {
        Some(now) => draft.help(format!("write `apiVersion: {now}`")),
        None => draft.help("apply it to another version, or leave it out"),
    }
}

/// The api version of a kind in another group.
fn elsewhere(kind: &str, version: Version) -> Option<&'static str> {
    kubernetes::kinds(version)
        .find(|(_, name)| *name == kind)
        .map(|(api, _)| api)
}
