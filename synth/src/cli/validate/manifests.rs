//! Manifests: all files of a call are judged together, as they are applied together.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::inputs::Input;
use super::judged::{Judged, unread};
use crate::checks::show::{Quoted, quoted};
use crate::checks::{Finding, Options, manifest};
use crate::read::manifest::{is_chart, is_manifest};
use crate::read::{self, Document, MAX_BYTES, Node, Span};
use crate::schema::kubernetes::KUBEADM;

/// Reads a file that may hold manifests; nothing if it plainly holds none.
pub(super) fn read(input: &Input, text: &str) -> Option<Judged> {
    let mentions = ["apiVersion", "kind"].iter().all(|word| text.contains(word));
    if !mentions || (text.len() > MAX_BYTES && !input.named) {
        return None;
    }
    if text.starts_with("#cloud-config") {
        return of_cloud_init(input, text);
    }
    match read::documents(&input.name, text) {
        Ok(documents) if documents.iter().any(|document| is_manifest(&document.root)) => {
            if documents.iter().any(|document| is_chart(&document.root)) {
                return Some(of_chart(input));
            }
            let manifests = documents.into_iter().filter(|document| is_manifest(&document.root));
            Some(Judged::manifest(manifests.collect()))
        }
        Ok(_) => None,
        Err(_) if !says_kind(text) => None,
        Err(_) if text.contains("{{") => Some(of_chart(input)),
        Err(error) => {
            let finding = manifest::UNREADABLE.unreadable(&input.name, error.at, error.message);
            Some(unread(finding, text))
        }
    }
}

/// What kubeadm is told by a file that cloud-init writes to a machine; nothing if there is none.
fn of_cloud_init(input: &Input, text: &str) -> Option<Judged> {
    let document = read::document(&input.name, text).ok()?;
    let written = document
        .root
        .get("write_files")
        .and_then(Node::list)
        .unwrap_or_default();
    let contents = written.iter().filter_map(|file| file.get("content"));
    let told = contents.filter(|content| content.text().is_some_and(|text| text.contains(KUBEADM)));
    let inside = told.filter_map(|content| read::inside(&document, content)).flatten();
    let manifests: Vec<Document> = inside.filter(|inner| is_manifest(&inner.root)).collect();
    (!manifests.is_empty()).then(|| Judged::manifest(manifests))
}

/// Whether the lines of a text say what a manifest says first.
fn says_kind(text: &str) -> bool {
    let begins = |word: &str| text.lines().any(|line| line.starts_with(word));
    begins("apiVersion:") && begins("kind:")
}

/// A template of a chart: whoever names it is told what to judge in its place.
fn of_chart(input: &Input) -> Judged {
    if !input.named {
        return Judged::Chart;
    }
    let message = "this is a template of a Helm chart, not yet a manifest";
    let mut finding = manifest::UNREADABLE.unreadable(&input.name, Span::START, message.to_owned());
    finding.help = Some("judge what it makes: helm template CHART | synth validate -".to_owned());
    unread(finding, "")
}

/// Judges the manifests of all files together, gives each file what was found in it, and hands back what was judged.
pub(super) fn together(inputs: &[Input], judged: &mut [Judged], options: &Options, quoting: bool) -> Vec<Document> {
    let mut documents: Vec<Document> = Vec::new();
    for file in judged.iter_mut() {
        if let Judged::Manifest {
            documents: its,
            foreign,
            ..
        } = file
        {
            *foreign = manifest::foreign(its);
            documents.append(its);
        }
    }
    if documents.is_empty() {
        return documents;
    }
    let found = catch_unwind(AssertUnwindSafe(|| manifest::judge(&documents, options)));
    let found = found.unwrap_or_else(|_| alone(&documents, options));
    let numbers: BTreeMap<&str, usize> = inputs
        .iter()
        .zip(0..)
        .map(|(input, at)| (input.name.as_str(), at))
        .collect();
    for told in quoted(found, if quoting { &documents } else { &[] }) {
        let number = numbers.get(told.finding.file.as_str());
        if let Some(Judged::Manifest { findings, .. }) = number.and_then(|number| judged.get_mut(*number)) {
            push(findings, told);
        }
    }
    documents
}

fn push(findings: &mut Vec<Quoted>, told: Quoted) {
    if findings.last() != Some(&told) {
        findings.push(told);
    }
}

/// A mistake of ours in one document must not silence the others.
fn alone(documents: &[Document], options: &Options) -> Vec<Finding> {
    let judge = |document: &Document| {
        let one = std::slice::from_ref(document);
        catch_unwind(AssertUnwindSafe(|| manifest::judge(one, options))).unwrap_or_else(|_| {
            let why = "synth failed inside of itself on this document; please report it with the file";
            vec![manifest::UNREADABLE.unreadable(&document.file, document.root.at, why.to_owned())]
        })
    };
    documents.iter().flat_map(judge).collect()
}
