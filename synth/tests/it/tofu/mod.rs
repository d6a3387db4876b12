//! The `OpenTofu` language, written.

mod sample;

use synth::google::compute;
use synth::tofu::{Backend, Label, Module, Value, Variable, joined, lock};

use sample::{file, label, machines, provider};

/// What a text becomes in a file.
fn written(value: &Value<String>) -> String {
    serde_json::to_string(value).unwrap()
}

#[test]
fn three_machines_are_a_screen() {
    insta::assert_snapshot!(file("main.tf.json"));
}

#[test]
fn variables_say_what_they_take() {
    insta::assert_snapshot!(file("variables.tf.json"));
}

#[test]
fn a_provider_has_one_version_and_a_state_has_one_place() {
    insta::assert_snapshot!(file("provider.tf.json"));
}

#[test]
fn outputs_are_expressions() {
    insta::assert_snapshot!(file("outputs.tf.json"));
}

#[test]
fn the_lock_file_names_the_version_and_no_sums() {
    insta::assert_snapshot!(lock(synth::tofu::Version(8, 7, 0)));
}

#[test]
fn no_text_becomes_an_expression_by_accident() {
    let texts = ["${var.x}", "%{ if true }", "$${x}", "100%", "$", "a$%{b"].map(|text| written(&text.into()));
    let expected = [
        r#""$${var.x}""#,
        r#""%%{ if true }""#,
        r#""$$${x}""#,
        r#""100%""#,
        r#""$""#,
        r#""a$%%{b""#,
    ];
    assert_eq!(texts, expected);
}

#[test]
fn no_text_becomes_an_expression_by_what_stands_behind_it() {
    let mut module = Module::new(Backend::Local);
    let variable = module.variable(&label("x"), &Variable::<String>::new("X.")).unwrap();
    let all = joined(&["costs $".into(), variable.clone(), "$$".into(), "{x}".into()]);
    assert_eq!(written(&all), r#""costs ${\"$\"}${var.x}${\"$$\"}{x}""#);
    assert_eq!(written(&joined(&["a".into(), variable])), r#""a${var.x}""#);
}

#[test]
fn a_name_is_taken_once() {
    let mut module = Module::new(Backend::Local);
    module.add(label("main"), &compute::Network::new("one")).unwrap();
    let again = module.add(label("main"), &compute::Network::new("two")).unwrap_err();
    insta::assert_snapshot!(again, @"`google_compute_network.main` stands twice in the module; give one of the two another name");
}

#[test]
fn a_name_is_one_of_the_language() {
    insta::assert_snapshot!(
        Label::new("1st").unwrap_err(),
        @"`1st` is no name of OpenTofu's: letters, digits, `_` and `-`, the first a letter or `_`; write one of these"
    );
    assert!(Label::new("").is_err() && Label::new("a.b").is_err() && Label::new("node-1").is_ok());
}

#[test]
fn the_same_module_gives_the_same_bytes() {
    assert_eq!(machines().unwrap(), machines().unwrap());
}

#[test]
fn an_empty_module_has_all_its_files() {
    let module = Module::new(Backend::Local);
    let files = module.files(&provider("p".into()));
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    let expected = [
        "main.tf.json",
        "variables.tf.json",
        "outputs.tf.json",
        "provider.tf.json",
        ".terraform.lock.hcl",
    ];
    assert_eq!(names, expected);
    assert_eq!(files[0].1, "{}\n");
    assert!(!files[3].1.contains("backend"));
}

#[test]
fn what_is_written_breaks_no_rule() {
    let files = machines()
        .unwrap()
        .into_iter()
        .filter(|(name, _)| name.ends_with(".tf.json"));
    let documents: Vec<_> = files
        .map(|(name, text)| synth::read::strict(name, &text).unwrap())
        .collect();
    let findings = synth::checks::tofu::judge(&documents, &synth::checks::Options::default());
    assert_eq!(findings, []);
}
