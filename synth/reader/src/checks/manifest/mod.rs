//! Rules over the manifests of Kubernetes, by family, and what they share.

mod admitted;
mod graph;
mod kustomization;
mod objects;
pub(super) mod port;
mod practice;
mod schema;
mod shape;
mod standard;
pub(super) mod traffic;

use super::{Family, Finding, Level, Options, Report, Rule, Set};
use crate::read::manifest::{Object, Objects, is_built_in, is_manifest};
use crate::read::{Document, Node, Step};
use crate::schema::kubernetes::{self, Version};
pub use kustomization::judge_rendering;
pub use objects::Manifests;

/// Every rule about manifests, by family and name.
pub const RULES: &[&Rule] = &super::joined::<{ schema::RULES.len() + graph::RULES.len() + practice::RULES.len() }>(&[
    schema::RULES,
    graph::RULES,
    practice::RULES,
]);

/// What a file breaks that was meant to be a manifest and cannot be read; nothing allows it.
pub const UNREADABLE: Rule = Rule {
    name: "unreadable-manifest",
    why: "What cannot be read cannot be applied, and nothing else can be said about it.",
    link: "https://kubernetes.io/docs/concepts/overview/working-with-objects/",
    level: Level::Error,
    family: Family::Schema,
    example: r"
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
 data: {COLOR: blue}
",
    instead: r"
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data: {COLOR: blue}
",
    check: |_, _| {},
};

/// The annotation of an object that allows a rule ends with the name of the rule.
const ALLOW: &str = "allow.synth/";

/// Looks at manifests that are applied together, by the rules that the options leave.
///
/// An object silences a rule with a reason: `metadata: {annotations: {allow.synth/<rule>: "<reason>"}}`.
#[must_use]
pub fn judge(documents: &[Document], options: &Options) -> Vec<Finding> {
    let set = Set::of_manifests(documents, options);
    let mut report = Report::new(documents);
    for rule in RULES.iter().filter(|rule| options.wants(rule.name)) {
        rule.run(&set, &mut report);
    }
    let allowed = |number: usize, path: &[Step], rule: &'static str| is_allowed(&documents[number].root, path, rule);
    let mut findings = report.finish_but(&allowed);
    options.raise(&mut findings);
    findings
}

/// Whether the object that a place is in allows a rule.
pub(super) fn is_allowed(root: &Node, path: &[Step], rule: &str) -> bool {
    // A list holds objects, which hold the rest of the way.
    let inside = match path {
        [Step::Key(key), Step::Index(_), ..] if key == "items" => root.at_path(&path[..2]),
        _ => None,
    };
    let object = inside.filter(|node| is_manifest(node)).unwrap_or(root);
    let annotations = object.dig(&["metadata", "annotations"]);
    let reason = annotations.and_then(|all| all.get(&format!("{ALLOW}{rule}"))?.text());
    reason.is_some_and(|reason| !reason.trim().is_empty())
}

/// The kinds of objects of which nothing is known but what all objects have.
#[must_use]
pub fn foreign(documents: &[Document]) -> Vec<String> {
    let objects = Objects::new(documents);
    let has = |object: &Object<'_>, version| kubernetes::kind(version, object.api_version(), object.kind).is_some();
    let known = |object: &&Object<'_>| match object.group {
        kubernetes::KUBEADM => Version::ALL.into_iter().any(|version| has(object, version)),
        _ => has(object, Version::NEWEST),
    };
    let foreign = objects
        .all()
        .iter()
        .filter(|object| !is_built_in(object.group) && !known(object));
    foreign.map(|object| object.kind.to_owned()).collect()
}
