//! Modules of `OpenTofu`: the files of one folder are judged together, as they are applied together.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::inputs::Input;
use super::judged::{Judged, unread};
use crate::checks::show::{Quoted, quoted};
use crate::checks::{Finding, Options, tofu};
use crate::read::tofu::{ENDING, folder};
use crate::read::{self, Document, MAX_BYTES};

/// Reads a file that is part of a module; nothing if its name says that it is none.
pub(super) fn read(input: &Input, text: &str) -> Option<Judged> {
    if !input.name.ends_with(ENDING) || (text.len() > MAX_BYTES && !input.named) {
        return None;
    }
    Some(match read::strict(&input.name, text) {
        Ok(document) => Judged::Module {
            foreign: tofu::foreign(std::slice::from_ref(&document)),
            findings: Vec::new(),
            document: Some(document),
        },
        Err(error) => unread(tofu::UNREADABLE.unreadable(&input.name, error.at, error.message), text),
    })
}

/// Judges the files of each folder together, and gives each file what was found in it.
pub(super) fn together(inputs: &[Input], judged: &mut [Judged], options: &Options, quoting: bool) {
    let mut folders: BTreeMap<String, Vec<Document>> = BTreeMap::new();
    for file in judged.iter_mut() {
        if let Judged::Module { document, .. } = file
            && let Some(document) = document.take()
        {
            folders
                .entry(folder(&document.file).to_owned())
                .or_default()
                .push(document);
        }
    }
    let numbers = inputs.iter().zip(0..).map(|(input, at)| (input.name.as_str(), at));
    let numbers: BTreeMap<&str, usize> = numbers.collect();
    for (folder, documents) in folders {
        let options = Options {
            partial: options.partial || !is_whole(&folder, &documents),
            ..options.clone()
        };
        let found = catch_unwind(AssertUnwindSafe(|| tofu::judge(&documents, &options)));
        let found = found.unwrap_or_else(|_| failed(&documents));
        for told in quoted(found, if quoting { &documents } else { &[] }) {
            let number = numbers.get(told.finding.file.as_str());
            if let Some(Judged::Module { findings, .. }) = number.and_then(|number| judged.get_mut(*number)) {
                push(findings, told);
            }
        }
    }
}

fn push(findings: &mut Vec<Quoted>, told: Quoted) {
    if findings.last() != Some(&told) {
        findings.push(told);
    }
}

/// Whether all files of a folder that `OpenTofu` reads are among those that are judged: what others declare, nobody
/// misses here.
fn is_whole(folder: &str, documents: &[Document]) -> bool {
    let Ok(entries) = fs::read_dir(if folder.is_empty() {
        Path::new(".")
    } else {
        Path::new(folder)
    }) else {
        return true;
    };
    let name = |file: &str| file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let known: BTreeSet<String> = documents.iter().map(|document| name(&document.file)).collect();
    let mut names = entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()));
    !names.any(|name| {
        let native = [".tf", ".tofu"].iter().any(|end| name.ends_with(end));
        native || [ENDING, ".tofu.json"].iter().any(|end| name.ends_with(end)) && !known.contains(&name)
    })
}

/// A mistake of ours in one module must not silence the others.
fn failed(documents: &[Document]) -> Vec<Finding> {
    let why = "synth failed inside of itself on this module; please report it with its files";
    let told = |document: &Document| tofu::UNREADABLE.unreadable(&document.file, document.root.at, why.to_owned());
    documents.iter().map(told).collect()
}
