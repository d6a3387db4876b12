//! `synth validate --fix`: what has one right answer, shown and then written.
//!
//! What a file becomes is judged before it is shown: a fix after which there is an error that was not there before is
//! none.

mod edit;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::super::Error;
use super::super::output::Output;
use super::super::report::count;
use super::inputs::{Input, Source};
use super::judge;
use super::judged::Judged;
use super::write;
use crate::checks::show::Quoted;
use crate::checks::{Finding, Level, Options};
use crate::files::Change;
use edit::Edit;

/// A file and what becomes of it.
struct Fixed {
    path: PathBuf,
    old: String,
    new: String,
    edits: usize,
}

/// Shows what can be fixed, and writes it if it is to; the number of fixes.
pub(super) fn run(
    (inputs, judged): (&[Input], &[Judged]),
    options: &Options,
    writing: bool,
    output: &mut Output<'_>,
) -> Result<usize, Error> {
    let fixed = all(inputs, judged, options);
    for fixed in &fixed {
        let change = Change {
            path: fixed.path.clone(),
            old: Some(fixed.old.clone().into_bytes()),
            new: Some(fixed.new.clone()),
            ours: true,
        };
        output.diff(&change.diff())?;
    }
    let number: usize = fixed.iter().map(|fixed| fixed.edits).sum();
    if writing {
        for fixed in &fixed {
            let cannot = |error| Error::Usage(format!("cannot write {}: {error}", fixed.path.display()));
            write::replace(&fixed.path, &fixed.new).map_err(cannot)?;
        }
    }
    let what = if number == 1 {
        "1 fix".to_owned()
    } else {
        format!("{number} fixes")
    };
    let files = count(fixed.len(), "file");
    match (number, writing) {
        (0, _) => {}
        (_, true) => output.note(&format!("{what} written into {files}")),
        (_, false) => output.note(&format!("{what} in {files}; write with --fix")),
    }
    Ok(number)
}

/// The files of which something can be fixed.
fn all(inputs: &[Input], judged: &[Judged], options: &Options) -> Vec<Fixed> {
    let mut by_file: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for told in judged.iter().filter_map(Judged::seen).flatten() {
        by_file.entry(&told.finding.file).or_default().push(&told.finding);
    }
    let of = |input: &Input| {
        let Source::File(path) = &input.source else { return None };
        file(&input.name, path, by_file.get(input.name.as_str())?, options)
    };
    inputs.iter().filter_map(of).collect()
}

fn file(name: &str, path: &Path, findings: &[&Finding], options: &Options) -> Option<Fixed> {
    let old = fs::read_to_string(path).ok()?;
    let mut edits: Vec<Edit> = findings.iter().filter_map(|finding| edit::of(finding, &old)).collect();
    edits.sort_by_key(|edit| (edit.at.start, edit.at.end));
    edits.dedup();
    let mut end = 0;
    edits.retain(|edit| {
        let free = edit.at.start >= end;
        end = if free { edit.at.end } else { end };
        free
    });
    // Alone, as it is among others: only what comes is looked at.
    let known = errors(name, &old, options)?;
    let good = |edits: &[Edit]| {
        let now = errors(name, &edited(&old, edits), options);
        now.is_some_and(|now| now.is_subset(&known))
    };
    if !good(&edits) {
        // One of them shows what was hidden before; the others need not wait for it.
        let mut kept: Vec<Edit> = Vec::new();
        for edit in edits.drain(..).take(MOST) {
            kept.push(edit);
            if !good(&kept) {
                kept.pop();
            }
        }
        edits = kept;
    }
    (!edits.is_empty()).then(|| Fixed {
        path: PathBuf::from(name),
        new: edited(&old, &edits),
        old,
        edits: edits.len(),
    })
}

/// Each of so many is looked at by itself.
const MOST: usize = 100;

/// A text with its edits, which stand in order.
fn edited(old: &str, edits: &[Edit]) -> String {
    let mut new = old.to_owned();
    for edit in edits.iter().rev() {
        new.replace_range(edit.at.clone(), &edit.text);
    }
    new
}

/// The errors of a text, wherever they stand; nothing if it cannot be read.
fn errors(name: &str, text: &str, options: &Options) -> Option<BTreeSet<(&'static str, String)>> {
    let judged = judge::all(&[Input::written(name, text, true)], options, false, &mut |_| {});
    let found: Option<Vec<&Vec<Quoted>>> = judged.iter().map(Judged::seen).collect();
    let is_error = |told: &&Quoted| told.finding.level == Level::Error;
    let one = |told: &Quoted| (told.finding.rule, told.finding.message.clone());
    Some(found?.into_iter().flatten().filter(is_error).map(one).collect())
}
