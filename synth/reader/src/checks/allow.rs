//! Rules that a template silences, with a reason.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::renamed::former;
use crate::read::{Document, Map, Node, Step};

/// Drops the findings that the metadata of their resource, or of the template, allows.
///
/// An allowance without a reason allows nothing.
pub(super) fn silence(documents: &[Document], findings: &mut Vec<Finding>) {
    let by_file: BTreeMap<&str, &Document> = documents
        .iter()
        .map(|document| (document.file.as_str(), document))
        .collect();
    findings.retain(|finding| {
        by_file
            .get(finding.file.as_str())
            .is_none_or(|document| !allowed(document, finding))
    });
}

/// Whether the metadata of a document allows a finding in it.
pub(super) fn allowed(document: &Document, finding: &Finding) -> bool {
    allows(document, &finding.path, finding.rule)
}

/// Whether the metadata of a document allows a rule at a place of it.
pub(super) fn allows(document: &Document, path: &[Step], rule: &'static str) -> bool {
    let resource = match path {
        [Step::Key(section), Step::Key(id), ..] if section == "Resources" => document.root.dig(&["Resources", id]),
        _ => None,
    };
    [resource, Some(&document.root)]
        .into_iter()
        .flatten()
        .any(|node| reason(node, rule).is_some())
}

fn reason<'a>(node: &'a Node, rule: &'static str) -> Option<&'a str> {
    let reasons: &Map = node.dig(&["Metadata", "synth", "allow"])?.map()?;
    let names = std::iter::once(rule).chain(former(rule));
    let mut texts = names.filter_map(|name| reasons.get(name)?.text());
    texts.find(|reason| !reason.trim().is_empty())
}
