//! Kinds of faults, each in small templates of other types: `tests/cases/validate/KIND/NAME.yaml`. A line says what is to
//! be said of it, as `# error RULE` or `# warning RULE` at its end. Nothing else is an error, so that a template without
//! such lines holds a form that is right. A file may hold several templates, as the examples of rules do.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use synth::checks::{self, Level, example};
use synth::read;

/// What is in a folder, in order.
fn within(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

/// What the lines of a case say of themselves.
fn named(files: &[(&str, &str)]) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for (file, text) in files {
        for (line, text) in (1..).zip(text.lines()) {
            let said = text.rsplit_once(" # ").map(|(_, said)| said);
            let said = said.filter(|said| said.starts_with("error ") || said.starts_with("warning "));
            named.extend(said.map(|said| format!("{file}:{line} {said}")));
        }
    }
    named
}

/// All errors, and of what else is found what a line names.
fn said(files: &[(&str, &str)], named: &BTreeSet<String>) -> BTreeSet<String> {
    let documents: Vec<_> = files
        .iter()
        .map(|(file, text)| read::document(file, text).unwrap())
        .collect();
    let mut said = BTreeSet::new();
    for finding in checks::run(&documents) {
        let (line, level) = (finding.line, finding.level);
        let told = format!("{}:{line} {} {}", finding.file, level.name(), finding.rule);
        if level == Level::Error || named.contains(&told) {
            said.insert(told);
        }
    }
    said
}

#[test]
fn every_case_is_judged_as_its_lines_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/validate");
    let cases = within(&folder).into_iter().flat_map(|kind| within(&kind));
    let mut wrong = Vec::new();
    for path in cases {
        let text = std::fs::read_to_string(&path).unwrap();
        let files = example::files(&text);
        let named = named(&files);
        let said = said(&files, &named);
        if said != named {
            let name = path.strip_prefix(&folder).unwrap().display();
            wrong.push(format!("{name}: said {said:?}, should say {named:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
