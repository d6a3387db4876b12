//! Templates and manifests of one call, held against each other.
//!
//! Manifests are for the templates whose folders are nearest to theirs: those of `prod/k8s/` for the ones of `prod/`, and
//! not for the ones of `dev/`.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::inputs::Input;
use super::judged::{Judged, MOST_TOGETHER, place};
use crate::checks::show::{Quoted, quoted};
use crate::checks::{Options, across};
use crate::read::{self, Document};

/// Judges the templates and manifests that are near to each other, and gives each file what was found in it.
pub(super) fn together(
    inputs: &[Input],
    judged: &mut [Judged],
    manifests: Vec<Document>,
    options: &Options,
    quoting: bool,
) {
    if manifests.is_empty() || !across::RULES.iter().any(|rule| options.wants(rule.name)) {
        return;
    }
    let mut found = Vec::new();
    for (templates, mut documents) in groups(inputs, judged, manifests) {
        documents.extend(templates.into_iter().filter_map(|number| reread(&inputs[number])));
        // If this fails, what was found in each language alone stands.
        let findings = catch_unwind(AssertUnwindSafe(|| across::judge(&documents, options)));
        found.extend(quoted(
            findings.unwrap_or_default(),
            if quoting { &documents } else { &[] },
        ));
    }
    let numbers = inputs.iter().zip(0..).map(|(input, at)| (input.name.as_str(), at));
    let numbers: BTreeMap<&str, usize> = numbers.collect();
    for told in found {
        let number = numbers.get(told.finding.file.as_str()).copied();
        if let Some(judged) = number.and_then(|number| judged.get_mut(number)) {
            add(judged, told);
        }
    }
}

fn add(judged: &mut Judged, told: Quoted) {
    if let Judged::Template { findings, .. } | Judged::Manifest { findings, .. } = judged {
        findings.push(told);
        findings.sort_by(|a, b| place(&a.finding).cmp(&place(&b.finding)));
    }
}

/// A template was dropped when it had been judged.
fn reread(input: &Input) -> Option<Document> {
    read::document(&input.name, &input.text().ok()?).ok()
}

/// The numbers of templates, each with the manifests that they are nearest to.
fn groups(inputs: &[Input], judged: &[Judged], manifests: Vec<Document>) -> BTreeMap<Vec<usize>, Vec<Document>> {
    let templates = inputs.iter().zip(judged).enumerate();
    let templates: Vec<(usize, &str, usize)> = templates
        .filter_map(|(number, (input, judged))| match judged {
            Judged::Template { bytes, .. } => Some((number, folder(&input.name), *bytes)),
            _ => None,
        })
        .collect();
    let mut nearest: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut groups: BTreeMap<Vec<usize>, Vec<Document>> = BTreeMap::new();
    for manifest in manifests {
        let home = folder(&manifest.file);
        let near = nearest.entry(home.to_owned()).or_insert_with(|| {
            let most = templates.iter().map(|(_, other, _)| shared(home, other)).max();
            let near = templates
                .iter()
                .filter(|(_, other, _)| Some(shared(home, other)) == most);
            let bytes: usize = near.clone().map(|(.., bytes)| bytes).sum();
            near.filter(|_| bytes <= MOST_TOGETHER)
                .map(|(number, ..)| *number)
                .collect()
        });
        groups.entry(near.clone()).or_default().push(manifest);
    }
    groups.retain(|templates, _| !templates.is_empty());
    groups
}

fn folder(file: &str) -> &str {
    file.rfind(['/', '\\']).map_or("", |end| &file[..end])
}

/// How many folders two have in common.
fn shared(one: &str, other: &str) -> usize {
    let steps = |path: &'_ str| path.split(['/', '\\']).map(str::to_owned).collect::<Vec<_>>();
    let (one, other) = (steps(one), steps(other));
    one.iter().zip(&other).take_while(|(one, other)| one == other).count()
}
