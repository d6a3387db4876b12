//! Kustomizations: each that no other one of the call is built on is judged by itself, and what it reads is a part of
//! it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::inputs::Input;
use super::judged::{Judged, unread};
use super::parallel;
use crate::checks::show::{Quoted, quoted};
use crate::checks::{Options, manifest};
use crate::read::kustomize::{self, Files, Rendering};
use crate::read::{self, MAX_BYTES, Span};

/// The files of the machine.
struct Disk;

impl Files for Disk {
    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        let file = File::open(path).ok()?;
        // Whoever opens a device reads for ever.
        if !file.metadata().ok()?.is_file() {
            return None;
        }
        let mut bytes = Vec::new();
        file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    fn is_folder(&self, path: &str) -> bool {
        Path::new(path).is_dir()
    }
}

/// Reads a file that is a kustomization; nothing if it is none.
pub(super) fn read(input: &Input, text: &str) -> Option<Judged> {
    let named = kustomize::NAMES.iter().any(|name| input.name.ends_with(name));
    if !(named || text.contains("kustomize.config.k8s.io/")) {
        return None;
    }
    match read::documents(&input.name, text) {
        Ok(documents) => {
            let first = documents
                .first()
                .filter(|first| kustomize::is_one(&input.name, &first.root))?;
            Some(Judged::Kustomization {
                findings: Vec::new(),
                component: kustomize::is_component(&first.root),
            })
        }
        Err(error) if named => {
            let finding = manifest::UNREADABLE.unreadable(&input.name, error.at, error.message);
            Some(unread(finding, text))
        }
        Err(_) => None,
    }
}

/// Judges each kustomization by itself, and takes the files that they read out of what is judged alone.
pub(super) fn each(inputs: &[Input], judged: &mut [Judged], options: &Options, quoting: bool) {
    let whole = |number: &usize| matches!(judged[*number], Judged::Kustomization { component: false, .. });
    let numbers: Vec<usize> = (0..inputs.len()).filter(whole).collect();
    if numbers.is_empty() {
        return parts(inputs, judged, &BTreeSet::new());
    }
    let render = |at: usize| rendered(&inputs[numbers[at]].name);
    let renderings = parallel::each(numbers.len(), &render, &mut |_| {});
    let bases: BTreeSet<&String> = renderings
        .iter()
        .flatten()
        .flat_map(|rendering| &rendering.bases)
        .collect();
    let outermost = |at: &usize| !bases.contains(&kustomize::path(&inputs[numbers[*at]].name));
    let judge = |at: usize| match &renderings[at] {
        Some(rendering) if outermost(&at) => told(rendering, options, quoting),
        Some(_) => Some(Vec::new()),
        None => None,
    };
    let all = parallel::each(numbers.len(), &judge, &mut |_| {});
    settle(inputs, judged, &numbers, all);
    let read: BTreeSet<&String> = renderings
        .iter()
        .flatten()
        .flat_map(|rendering| &rendering.read)
        .collect();
    parts(inputs, judged, &read);
}

/// Gives each what was found in it; what several are built on is told once.
fn settle(inputs: &[Input], judged: &mut [Judged], numbers: &[usize], all: Vec<Option<Vec<Quoted>>>) {
    let mut seen = BTreeMap::new();
    for (number, found) in numbers.iter().zip(all) {
        let Some(mut found) = found else {
            let why = "synth failed inside of itself on this kustomization; please report it with its files";
            let finding = manifest::UNREADABLE.unreadable(&inputs[*number].name, Span::START, why.to_owned());
            judged[*number] = unread(finding, "");
            continue;
        };
        found.retain(|told| {
            let finding = &told.finding;
            let place = (finding.rule, finding.file.clone(), finding.line, finding.column);
            *seen.entry(place).or_insert(*number) == *number
        });
        if let Judged::Kustomization { findings, .. } = &mut judged[*number] {
            *findings = found;
        }
    }
}

fn parts(inputs: &[Input], judged: &mut [Judged], read: &BTreeSet<&String>) {
    for (input, judged) in inputs.iter().zip(judged) {
        let is_part = read.contains(&kustomize::path(&input.name));
        if is_part && !matches!(judged, Judged::Kustomization { .. }) {
            *judged = Judged::Part;
        }
    }
}

fn rendered(name: &str) -> Option<Rendering> {
    catch_unwind(AssertUnwindSafe(|| kustomize::render(&kustomize::path(name), &Disk))).ok()
}

fn told(rendering: &Rendering, options: &Options, quoting: bool) -> Option<Vec<Quoted>> {
    let findings = catch_unwind(AssertUnwindSafe(|| manifest::judge_rendering(rendering, options))).ok()?;
    let sources = rendering.sources.as_ref().filter(|_| quoting);
    Some(quoted(findings, sources.map_or(&[], std::slice::from_ref)))
}
