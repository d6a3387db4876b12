//! `synth`

use std::fs;

use synth::model::{AccountId, Entry, Name, System};

use super::{objectionable, rendered, run, run_over, systems};
use crate::files::Temp;

#[test]
fn a_line_tells_of_each_file_that_changed() {
    let temp = rendered();
    temp.put("out/predict-api/dev/parameters.json", "[]\n");
    temp.put("out/predict-api/notes.txt", "mine\n");
    fs::remove_file(temp.join("out/predict-api/README.md")).unwrap();
    let said = run(&temp, "").out.replace(&temp.path().display().to_string(), "");
    let lines: Vec<&str> = said.lines().take(3).collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    created  /out/predict-api/README.md
    changed  /out/predict-api/dev/parameters.json
    removed  /out/predict-api/notes.txt
    ");
}

#[test]
fn a_second_time_changes_nothing() {
    let temp = rendered();
    let said = run(&temp, "");
    assert_eq!(said.out.lines().count(), 1, "{}", said.out);
    assert!(said.out.ends_with(" unchanged\n"), "{}", said.out);
}

#[test]
fn nothing_is_written_if_a_check_objects() {
    let temp = rendered();
    let readme = temp.put("out/predict-api/README.md", "old\n");
    let said = run_over(&objectionable(), &temp, "");
    assert_eq!(said.code, 1);
    assert!(said.out.contains("error[unknown-property]"), "{}", said.out);
    assert!(said.err.contains("; nothing was written\n"), "{}", said.err);
    assert_eq!(fs::read_to_string(readme).unwrap(), "old\n");
}

#[test]
fn values_that_are_still_the_examples_are_noted() {
    let temp = Temp::new();
    let said = run(&temp, "").err;
    for value in ["account", "github.owner", "domain", "notify"] {
        assert!(
            said.contains(&format!("note: `{value}` is still the example's")),
            "{said}"
        );
    }
    assert_eq!(run(&temp, "--quiet").err, "");
}

#[test]
fn an_unknown_system_is_an_error_with_the_nearest_name() {
    let temp = Temp::new();
    insta::assert_snapshot!(run(&temp, "--system predict-apu").all(&temp), @"
    error: there is no system `predict-apu` (did you mean `predict-api`?); the systems are `predict-api`, `cars-api`
    exit code 2
    ");
}

/// The systems, and a second one of the first kind.
fn two() -> Vec<System> {
    let mut two = systems();
    let mut copy = two[0].clone();
    copy.name = Name::new("copy");
    for environment in &mut copy.environments {
        environment.account_mut().id = AccountId::new("444455556666");
    }
    let prod = copy.environments.last_mut().unwrap();
    prod.entry = Entry::Https { host: "copy".into() };
    two.push(copy);
    two
}

#[test]
fn in_another_folder_every_system_has_its_own_workflows() {
    let temp = Temp::new();
    assert_eq!(run_over(&two(), &temp, "").code, 0);
    assert!(temp.join("out/copy/.github/workflows/copy-ci.yml").exists());
}

#[test]
fn an_out_that_is_a_file_is_an_error_in_one_line() {
    let temp = Temp::new();
    temp.put("out", "a file\n");
    insta::assert_snapshot!(run(&temp, "").all(&temp), @r"
    error: `/out` is not a folder; move it away or give another --out
    exit code 2
    ");
}
