//! Whole templates, as people write them: those that CloudFormation takes have no error, and each of the others has
//! exactly the errors that its own lines name.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use synth::checks::{self, Level};

fn templates(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(folder);
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    found.sort();
    found
}

/// The errors of a template, as the file, the line and the rule.
fn errors(path: &Path) -> BTreeSet<String> {
    let name = path.file_name().unwrap().to_string_lossy();
    let document = synth::read::document(&name, &std::fs::read_to_string(path).unwrap()).unwrap();
    let findings = checks::judge(&[document], &checks::Options::default());
    let errors = findings.iter().filter(|finding| finding.level == Level::Error);
    errors
        .map(|finding| format!("{name}:{} {}", finding.line, finding.rule))
        .collect()
}

/// What the lines of a template say of themselves.
fn named(path: &Path) -> BTreeSet<String> {
    let name = path.file_name().unwrap().to_string_lossy();
    let text = std::fs::read_to_string(path).unwrap();
    let lines = (1..)
        .zip(text.lines())
        .filter_map(|(line, text)| Some((line, text.split_once(" # ")?.1)));
    lines
        .map(|(line, rule): (usize, &str)| format!("{name}:{line} {rule}"))
        .collect()
}

#[test]
fn valid_templates_have_no_error() {
    let found: Vec<_> = templates("valid").iter().flat_map(|path| errors(path)).collect();
    assert_eq!(found, [""; 0]);
}

#[test]
fn refused_templates_have_the_errors_that_their_lines_name() {
    for path in templates("refused") {
        assert_eq!(errors(&path), named(&path));
    }
}
