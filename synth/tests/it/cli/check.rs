//! `synth check`

use super::{objectionable, rendered, run, run_over};
use crate::files::Temp;

#[test]
fn a_clean_folder_passes() {
    let temp = rendered();
    let said = run(&temp, "check");
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(said.out.ends_with("files as rendered\n"), "{}", said.out);
}

#[test]
fn a_stale_file_fails_with_its_diff() {
    let temp = rendered();
    temp.put("out/predict-api/dev/parameters.json", "[]\n");
    let said = run(&temp, "check").all(&temp);
    insta::assert_snapshot!(said, @r#"
    --- a/out/predict-api/dev/parameters.json
    +++ b/out/predict-api/dev/parameters.json
    @@ -1 +1 @@
    -[]
    +[{ "ParameterKey": "NotificationEmail", "ParameterValue": "platform@example.com" }]
    error: 1 file not as rendered (1 stale); run `cargo run -p synth` and commit what it changes
    exit code 1
    "#);
}

#[test]
fn a_stray_file_fails_and_stays() {
    let temp = rendered();
    let stray = temp.put("out/predict-api/notes.txt", "mine\n");
    insta::assert_snapshot!(run(&temp, "check").all(&temp), @r"
    --- a/out/predict-api/notes.txt
    +++ /dev/null
    @@ -1 +0,0 @@
    -mine
    error: 1 file not as rendered (1 stray); run `cargo run -p synth` and commit what it changes
    exit code 1
    ");
    assert!(stray.exists());
}

#[test]
fn a_missing_file_fails_and_quiet_shows_only_its_name() {
    let temp = rendered();
    std::fs::remove_file(temp.join("out/predict-api/dev/parameters.json")).unwrap();
    insta::assert_snapshot!(run(&temp, "--quiet check").all(&temp), @r"
    missing: /out/predict-api/dev/parameters.json
    error: 1 file not as rendered (1 missing); run `cargo run -p synth` and commit what it changes
    exit code 1
    ");
}

#[test]
fn an_interrupted_write_is_told() {
    let temp = rendered();
    temp.put("out/.synth-unfinished/0.new", "half");
    insta::assert_snapshot!(run(&temp, "check").all(&temp), @r"
    error: an earlier write was interrupted and left `/out/.synth-unfinished`; run `cargo run -p synth` to finish it
    exit code 1
    ");
}

#[test]
fn a_program_gets_stale_files_as_findings() {
    let temp = rendered();
    temp.put("out/predict-api/dev/parameters.json", "[]\n");
    let said = run(&temp, "check --format json");
    let findings: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let last = findings.as_array().unwrap().last().unwrap();
    assert_eq!((said.code, &last["rule"]), (1, &"stale-file".into()));
    assert!(
        last["file"]
            .as_str()
            .unwrap()
            .ends_with("out/predict-api/dev/parameters.json")
    );
}

#[test]
fn a_finding_at_error_level_fails_with_the_line() {
    let temp = Temp::new();
    let said = run_over(&objectionable(), &temp, "check --format json");
    let findings: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let rule =
        |finding: &serde_json::Value| finding["rule"] == "unknown-property" && finding["line"].as_u64() > Some(1);
    assert!(findings.as_array().unwrap().iter().any(rule), "{findings}");
    assert_eq!(said.code, 1);
}
