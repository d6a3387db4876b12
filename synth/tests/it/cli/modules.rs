//! `synth validate` of modules of `OpenTofu`.

use super::{Temp, run};

/// What it says of files; `@` is their folder.
fn validate(files: &[(&str, &str)], arguments: &str) -> String {
    let temp = Temp::new();
    for (name, text) in files {
        temp.put(name, text);
    }
    let folder = temp.join("").display().to_string();
    let said = run(&temp, &format!("validate {}", arguments.replace('@', &folder)));
    let told = format!("{}{}exit code {}", said.out, said.err, said.code);
    told.replace(&folder, "")
}

const VARIABLES: &str = r#"{"variable": {"zone": {"type": "string"}}}"#;

const MAIN: &str = r#"{
  "terraform": {"required_providers": {"google": {"version": "8.7.0"}, "aws": {"version": "6.0.0"}}},
  "resource": {
    "google_compute_disk": {"data": {"name": "data", "zone": "${var.zoen}"}},
    "aws_vpc": {"main": {"anything": true}}
  }
}
"#;

#[test]
fn the_files_of_a_folder_are_one_module_and_what_is_not_judged_is_said_once() {
    let files = [
        ("main.tf.json", MAIN),
        ("variables.tf.json", VARIABLES),
        ("other/variables.tf.json", "{}"),
    ];
    insta::assert_snapshot!(validate(&files, "@"), @r#"
    error[undeclared-name]: no file of this module declares `var.zoen`
     --> main.tf.json:4:62
      |
    4 |     "google_compute_disk": {"data": {"name": "data", "zone": "${var.zoen}"}},
      |                                                              ^^^^^^^^^^^^^
      = at: resource.google_compute_disk.data.zone
      = help: did you mean `zone`?

    info[idle-variable]: nothing names the variable `zone`
     --> variables.tf.json:1:15
      |
    1 | {"variable": {"zone": {"type": "string"}}}
      |               ^^^^^^
      = at: variable.zone
      = help: remove it, or use it

    3 module files: 1 error, 1 note; no schema for 1 block of aws_vpc
    exit code 1
    "#);
}

#[test]
fn files_of_the_other_syntax_may_declare_what_is_named() {
    let files = [
        ("main.tf.json", MAIN),
        ("variables.tf.json", VARIABLES),
        ("more.tf", "variable \"zoen\" {}"),
    ];
    assert!(validate(&files, "@").starts_with("2 module files: no findings"));
    assert!(validate(&files[..2], "@main.tf.json").starts_with("1 module file: no findings"));
}

#[test]
fn what_is_not_json_is_unreadable() {
    let said = validate(&[("main.tf.json", "{\"variable\": {},}")], "@");
    assert!(
        said.contains("error[unreadable-module]") && said.ends_with("exit code 2"),
        "{said}"
    );
}

#[test]
fn a_family_stands_for_the_rules_over_modules_too() {
    let said = validate(&[("variables.tf.json", VARIABLES)], "--deny graph @");
    assert!(said.contains("error[idle-variable]"), "{said}");
}
