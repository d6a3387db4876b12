//! The program itself: pipes that close, processes that are killed, the folder of a repository.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::files::Temp;

pub(super) fn synth(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_synth"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command
}

/// A folder that has the package which renders the systems.
pub(super) fn repository() -> Temp {
    let temp = Temp::new();
    temp.put("Cargo.lock", "[[package]]\nname = \"synth\"\nversion = \"0.1.0\"\n");
    temp
}

/// The exit code and both outputs.
pub(super) fn say(temp: &Temp, arguments: &[&str]) -> (Option<i32>, String, String) {
    say_in(temp.path(), arguments)
}

pub(super) fn say_in(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = synth(folder, arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_closed_pipe_is_no_error() {
    let temp = repository();
    let template = temp.put(
        "wrong.yaml",
        "Resources: {A: {Type: 'AWS::SQS::Queue', Properties: {Nonsense: 1}}}\n",
    );
    let judged = template.to_str().unwrap();
    // Whoever reads no further still learns from the exit code that something is wrong.
    for (arguments, code) in [
        (&["list"][..], 0),
        (&["--help"], 0),
        (&["completions", "bash"], 0),
        (&["explain"], 0),
        (&["check", "--format", "json"], 1),
        (&["validate", judged], 1),
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut child = synth(temp.path(), arguments)
            .stdout(writer)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        std::io::Read::read_to_string(child.stderr.as_mut().unwrap(), &mut said).unwrap();
        let said = said.lines().filter(|line| !line.contains(" not as rendered ")).count();
        assert_eq!((child.wait().unwrap().code(), said), (Some(code), 0), "{arguments:?}");
    }
}

#[test]
fn the_workflows_of_the_repository_stand_beside_out_and_those_of_others_stay() {
    let temp = repository();
    let own = temp.put(".github/workflows/labels.yml", "name: labels\n");
    let gone = temp.put(".github/workflows/gone.yml", "# Rendered by synth: long ago\n");
    assert_eq!(say(&temp, &[]).0, Some(0));
    assert!(temp.join(".github/workflows/predict-api-ci.yml").exists());
    assert!(own.exists());
    assert!(!gone.exists());
    assert_eq!(say(&temp, &["check"]).0, Some(0));
}

#[test]
fn a_workflow_of_somebody_else_is_told_of_and_stays_until_it_is_adopted() {
    let temp = repository();
    let path = ".github/workflows/predict-api-ci.yml";
    let own = temp.put(path, "name: mine\n");
    let (code, _, said) = say(&temp, &["--quiet"]);
    assert_eq!(code, Some(2));
    insta::assert_snapshot!(said, @"error: synth did not render `.github/workflows/predict-api-ci.yml`; move away what you want to keep, and let synth take over what it may overwrite with `--adopt .github/workflows/predict-api-ci.yml`; nothing was changed");
    assert_eq!(fs::read_to_string(&own).unwrap(), "name: mine\n");
    assert!(!temp.join("out").exists());
    assert_eq!(say(&temp, &["--quiet", "--adopt", path]).0, Some(0));
    assert_eq!(say(&temp, &["--quiet", "check"]).0, Some(0));
}

#[test]
fn a_check_tells_of_a_workflow_of_somebody_else() {
    let temp = repository();
    assert_eq!(say(&temp, &["--quiet"]).0, Some(0));
    temp.put(".github/workflows/predict-api-drift.yml", "name: mine\n");
    let (code, out, said) = say(&temp, &["--quiet", "check"]);
    // What the checks say of the templates comes before.
    assert_eq!(
        (code, out.lines().last()),
        (Some(1), Some("foreign: .github/workflows/predict-api-drift.yml"))
    );
    insta::assert_snapshot!(said, @"error: 1 file not as rendered (1 foreign); move away what synth did not render, or let synth take it over with --adopt");
}

#[test]
fn only_rendering_takes_files_over() {
    let temp = Temp::new();
    let (code, _, said) = say(&temp, &["--adopt", "a", "check"]);
    assert_eq!(
        (code, said.as_str()),
        (Some(2), "error: only rendering takes files over; leave --adopt out\n")
    );
}

#[test]
fn a_process_that_is_killed_while_it_writes_leaves_what_the_next_one_finishes() {
    let temp = repository();
    let stage = temp.join("out/.synth-unfinished");
    let mut interrupted = 0;
    for _ in 0..4 {
        let mut child = synth(temp.path(), &["--quiet"]).stderr(Stdio::null()).spawn().unwrap();
        while !stage.exists() && child.try_wait().unwrap().is_none() {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let (code, said, _) = say(&temp, &["--quiet", "check"]);
        interrupted += u32::from(stage.exists());
        assert_eq!(code, Some(i32::from(stage.exists())), "{said}");
        assert_eq!(say(&temp, &["--quiet"]).0, Some(0));
        assert_eq!(say(&temp, &["--quiet", "check"]).0, Some(0));
        fs::remove_dir_all(temp.join("out")).unwrap();
    }
    assert!(interrupted > 0, "no process was killed while it wrote");
}

#[test]
fn colours_are_only_for_terminals_unless_asked_for() {
    let temp = Temp::new();
    assert!(!say(&temp, &["list"]).1.contains('\u{1b}'));
    assert!(say(&temp, &["list", "--color", "always"]).1.contains('\u{1b}'));
}

#[test]
fn a_review_of_revisions_can_be_of_one_system() {
    let temp = Temp::new();
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command
            .current_dir(temp.path())
            .args(["-c", "user.name=a", "-c", "user.email=a@example.com"]);
        assert!(
            command
                .args(arguments)
                .stdout(Stdio::null())
                .status()
                .unwrap()
                .success()
        );
    };
    let template =
        |size: &str| format!("Resources: {{Vpc: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: {size}}}}}}}\n");
    git(&["init", "-q", "-b", "main"]);
    for (message, size) in [("one", "10.0.0.0/16"), ("two", "10.1.0.0/16")] {
        temp.put("out/predict-api/dev/network.yaml", &template(size));
        temp.put("out/another/dev/network.yaml", &template(size));
        git(&["add", "."]);
        git(&["commit", "-qm", message]);
    }
    let (code, said, _) = say(&temp, &["diff", "HEAD^1..HEAD", "--system", "predict-api"]);
    assert!(
        code == Some(0) && said.contains("predict-api") && !said.contains("another"),
        "{said}"
    );
}
