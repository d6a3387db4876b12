//! Files one by one, then those that refer to each other, then all of them.
//!
//! No more than a few files are in memory at once: of each only what was found is kept, and what it exports and
//! imports.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::inputs::{Input, NoText};
use super::judged::{Judged, MOST_TOGETHER, place, unread};
use super::{across, kustomizations, manifests, modules, parallel, queries};
use crate::checks::links::{self, Links};
use crate::checks::show::{Quoted, quoted};
use crate::checks::{self, Finding, Options, UNREADABLE};
use crate::read::{self, Document, MAX_BYTES, Map, Node, Span};

/// Judges every input; `told` hears how many are done.
pub(super) fn all(inputs: &[Input], options: &Options, quoting: bool, told: &mut dyn FnMut(usize)) -> Vec<Judged> {
    let judge = Judge { options, quoting };
    let work = |number: usize| guarded(&inputs[number], || judge.one(&inputs[number]));
    let mut judged = parallel::each(inputs.len(), &work, told);
    let files: Vec<(String, Links)> = inputs
        .iter()
        .zip(&mut judged)
        .map(|(input, judged)| match judged {
            Judged::Template { links, .. } => (input.name.clone(), std::mem::take(links)),
            _ => (input.name.clone(), Links::default()),
        })
        .collect();
    judge.groups(inputs, &files, &mut judged);
    for (number, found) in links::across(&files, options) {
        if let Judged::Template { findings, .. } = &mut judged[number] {
            findings.push(found);
            findings.sort_by(|a, b| place(&a.finding).cmp(&place(&b.finding)));
        }
    }
    kustomizations::each(inputs, &mut judged, options, quoting);
    let manifests = manifests::together(inputs, &mut judged, options, quoting);
    let manifests = queries::together(inputs, &mut judged, manifests, options, quoting);
    across::together(inputs, &mut judged, manifests, options, quoting);
    modules::together(inputs, &mut judged, options, quoting);
    judged
}

struct Judge<'a> {
    options: &'a Options,
    /// Whether somebody will see the lines.
    quoting: bool,
}

impl Judge<'_> {
    /// Judges templates that refer to each other anew, together.
    fn groups(&self, inputs: &[Input], files: &[(String, Links)], judged: &mut [Judged]) {
        let mut groups = links::groups(files);
        let bytes = |number: &usize| match &judged[*number] {
            Judged::Template { bytes, .. } => *bytes,
            _ => 0,
        };
        groups.retain(|group| group.iter().map(bytes).sum::<usize>() <= MOST_TOGETHER);
        let together = |number: usize| self.together(&groups[number], inputs);
        let found = parallel::each(groups.len(), &together, &mut |_| {});
        for (number, now) in found.into_iter().flatten().flatten() {
            if let Judged::Template { findings, .. } = &mut judged[number] {
                *findings = now;
            }
        }
    }

    fn one(&self, input: &Input) -> Judged {
        let text = match input.text() {
            Ok(text) => text,
            // Not every file of a repository is a template, nor text; who named it wants to know.
            Err(NoText::NotUtf8 { lossy, .. }) if !input.named && !lossy.contains("AWS::") => return Judged::Skipped,
            Err(why) => return unreadable(&input.name, Span::START, why.to_string(), ""),
        };
        let read = modules::read(input, &text)
            .or_else(|| kustomizations::read(input, &text))
            .or_else(|| manifests::read(input, &text))
            .or_else(|| queries::read(input, &text));
        if let Some(judged) = read {
            return judged;
        }
        // CloudFormation takes a fraction of what is read.
        if !input.named && (text.len() > MAX_BYTES || !mentions_resources(&text)) {
            return Judged::Skipped;
        }
        let document = match read::document(&input.name, &text) {
            Ok(document) => document,
            // Much YAML is not for CloudFormation, and some that is nearly YAML is for other tools.
            Err(_) if !input.named && !text.contains("AWS::") => return Judged::Skipped,
            Err(error) => return unreadable(&input.name, error.at, error.message, &text),
        };
        drop(text);
        if !input.named && !is_template(&document) {
            return Judged::Skipped;
        }
        let documents = [document];
        let findings = checks::judge(&documents, self.options);
        Judged::Template {
            findings: self.told(findings, &documents),
            links: Links::of(&documents[0]),
            bytes: documents[0].text.len(),
        }
    }

    /// What is found in files that refer to each other, by their numbers.
    fn together(&self, group: &[usize], inputs: &[Input]) -> Option<Vec<(usize, Vec<Quoted>)>> {
        let read = |number: &usize| {
            let input = &inputs[*number];
            read::document(&input.name, &input.text().ok()?).ok()
        };
        let documents: Vec<Document> = group.iter().map(read).collect::<Option<_>>()?;
        // If this fails, what was found in each file alone stands.
        let findings = catch_unwind(AssertUnwindSafe(|| checks::judge(&documents, self.options))).ok()?;
        let mut by_file: BTreeMap<String, Vec<Quoted>> = BTreeMap::new();
        for told in self.told(findings, &documents) {
            by_file.entry(told.finding.file.clone()).or_default().push(told);
        }
        let of = |number: &usize| (*number, by_file.remove(&inputs[*number].name).unwrap_or_default());
        Some(group.iter().map(of).collect())
    }

    fn told(&self, findings: Vec<Finding>, documents: &[Document]) -> Vec<Quoted> {
        quoted(findings, if self.quoting { documents } else { &[] })
    }
}

/// A mistake of ours in one file must not silence the others.
fn guarded(input: &Input, work: impl FnOnce() -> Judged) -> Judged {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let why = "synth failed inside of itself on this file; please report it with the file".to_owned();
        unreadable(&input.name, Span::START, why, "")
    })
}

fn unreadable(file: &str, at: Span, message: String, text: &str) -> Judged {
    unread(UNREADABLE.unreadable(file, at, message), text)
}

/// Most JSON and YAML of a repository is something else; it is not even parsed.
fn mentions_resources(text: &str) -> bool {
    ["Resources", "AWSTemplateFormatVersion"]
        .iter()
        .any(|word| text.contains(word))
}

fn is_template(document: &Document) -> bool {
    let typed = |resources: &Map| {
        resources.iter().any(|entry| {
            let kind = entry.value.get("Type").and_then(Node::text);
            entry.key.starts_with("Fn::") || kind.is_some_and(|kind| kind.contains("::"))
        })
    };
    let resources = document.root.get("Resources").and_then(Node::map);
    document.root.get("AWSTemplateFormatVersion").is_some() || resources.is_some_and(typed)
}
