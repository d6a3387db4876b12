//! The gates of others: hooks of pre-commit, and actions of GitHub, whose scripts run here with the program.

use std::fs;
use std::path::Path;
use std::process::Command;

use github_actions_models::action::{Action, Runs};
use serde_json::Value as Json;

use crate::files::Temp;
use crate::readme::ROOT;

const OPEN: &str = "Resources:\n  Web:\n    Type: AWS::EC2::SecurityGroup\n    Properties: {GroupDescription: x, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}]}\n";

/// What a script says on both outputs, and its exit code.
struct Said {
    text: String,
    code: Option<i32>,
}

/// Runs a line of a shell in a folder, with the program in its path.
fn shell(temp: &Temp, line: &str, variables: &[(&str, &str)]) -> Said {
    let program = Path::new(env!("CARGO_BIN_EXE_synth")).parent().unwrap();
    let path = std::env::join_paths([program, Path::new("/usr/bin"), Path::new("/bin")]).unwrap();
    let output = Command::new("bash")
        .args(["-c", line])
        .current_dir(temp.path())
        .env_clear()
        .env("PATH", path)
        .env("RUNNER_TEMP", temp.path())
        .envs(["GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_PATH"].map(|name| (name, temp.join(name))))
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    Said {
        text: String::from_utf8(text)
            .unwrap()
            .replace(&temp.path().display().to_string(), ""),
        code: output.status.code(),
    }
}

fn script(temp: &Temp, name: &str, variables: &[(&str, &str)]) -> Said {
    shell(temp, &format!("bash {ROOT}/.github/actions/{name}"), variables)
}

/// What a script wrote into a file that GitHub reads.
fn written(temp: &Temp, file: &str) -> String {
    let text = fs::read_to_string(temp.join(file)).unwrap_or_default();
    text.replace(&temp.path().display().to_string(), "")
}

#[test]
fn the_hooks_run_commands_that_there_are() {
    let hooks = fs::read_to_string(format!("{ROOT}/.pre-commit-hooks.yaml")).unwrap();
    let hooks: Vec<Json> = yaml_serde::from_str(&hooks).unwrap();
    let temp = Temp::new();
    temp.put("infra/a.yaml", &OPEN.replace("22,", "80,"));
    let mut ids = Vec::new();
    for hook in &hooks {
        let arguments = hook["args"].as_array().into_iter().flatten().filter_map(Json::as_str);
        let line: Vec<&str> = hook["entry"].as_str().into_iter().chain(arguments).collect();
        let said = shell(&temp, &line.join(" "), &[]);
        ids.push((
            hook["id"].as_str().unwrap(),
            said.code,
            said.text.contains("nothing was rendered"),
        ));
    }
    // This folder has a template, and is no repository of systems.
    assert_eq!(
        ids,
        [("synth-validate", Some(0), false), ("synth-check", Some(2), true)]
    );
}

#[test]
fn the_action_annotates_and_leaves_a_log_for_code_scanning() {
    let temp = Temp::new();
    temp.put("a b/a.yaml", OPEN);
    let said = script(
        &temp,
        "validate/validate.sh",
        &[("PATHS", "a b\n"), ("ARGUMENTS", "--deny\nopen-port\n")],
    );
    assert_eq!(said.code, Some(1));
    assert!(
        said.text.starts_with("::error file=a b/a.yaml,line=4,"),
        "{}",
        said.text
    );
    assert_eq!(written(&temp, "GITHUB_OUTPUT"), "sarif=/synth.sarif\n");
    let log: Json = serde_json::from_str(&written(&temp, "synth.sarif")).unwrap();
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "open-port");
}

#[test]
fn the_action_fails_where_there_is_nothing_to_judge() {
    let temp = Temp::new();
    let said = script(&temp, "validate/validate.sh", &[("PATHS", "."), ("ARGUMENTS", "")]);
    assert_eq!(said.code, Some(2));
    assert!(said.text.contains("error: there is no template"), "{}", said.text);
}

#[test]
fn the_action_reviews_a_change_and_fails_on_what_it_is_to_fail_on() {
    let temp = Temp::new();
    let git = "git -c user.name=a -c user.email=a@example.com";
    temp.put("a.yaml", &OPEN.replace("0.0.0.0/0", "10.0.0.0/8"));
    temp.put(".gitignore", "GITHUB_*\n*.md\n");
    let made = shell(
        &temp,
        &format!("git init -q -b main && git add . && {git} commit -qm one"),
        &[],
    );
    assert_eq!(made.code, Some(0), "{}", made.text);
    temp.put("a.yaml", OPEN);
    shell(&temp, &format!("git add . && {git} commit -qm two"), &[]);
    let said = script(&temp, "diff/diff.sh", &[("BASE", "HEAD^1"), ("FAIL_ON", "")]);
    assert_eq!((said.code, said.text.as_str()), (Some(0), ""));
    let summary = written(&temp, "GITHUB_STEP_SUMMARY");
    assert!(summary.contains("0.0.0.0/0"), "{summary}");
    assert_eq!(written(&temp, "GITHUB_OUTPUT"), "review=/synth-review.md\n");
    let said = script(
        &temp,
        "diff/diff.sh",
        &[("BASE", "HEAD^1"), ("FAIL_ON", "delete\nwider\n")],
    );
    assert_eq!(said.code, Some(1));
    assert_eq!(
        script(&temp, "diff/diff.sh", &[("BASE", ""), ("FAIL_ON", "")]).code,
        Some(2)
    );
}

#[test]
fn a_program_that_is_loaded_must_have_its_sum() {
    let temp = Temp::new();
    let program = temp.put("program", "#!/bin/sh\necho it\n");
    let url = format!("file://{}", program.display());
    let sum = shell(&temp, "sha256sum program | cut -d ' ' -f 1", &[]).text;
    let with = |sum: &str| script(&temp, "install.sh", &[("URL", &url), ("SHA256", sum)]);
    assert_eq!(with(sum.trim()).code, Some(0));
    assert_eq!(written(&temp, "GITHUB_PATH"), "/synth-bin\n");
    assert_eq!(shell(&temp, "synth-bin/synth", &[]).text, "it\n");
    let refused = with(&"0".repeat(64));
    assert_eq!(refused.code, Some(1));
    assert!(refused.text.contains("nothing of it was run") && !temp.join("synth-bin/synth").exists());
    assert_eq!(with("").code, Some(2));
}

/// An action and its text.
fn actions() -> Vec<(Action, String)> {
    let read = |name| fs::read_to_string(format!("{ROOT}/.github/actions/{name}/action.yml")).unwrap();
    let texts = ["validate", "diff"].map(read);
    texts
        .into_iter()
        .map(|text| (yaml_serde::from_str(&text).unwrap(), text))
        .collect()
}

#[test]
fn actions_pin_what_they_use_and_put_no_expression_into_a_script() {
    for (action, text) in actions() {
        assert!(matches!(action.runs, Runs::Composite(_)), "{text}");
        let used = text.lines().filter_map(|line| line.trim().strip_prefix("uses: "));
        assert!(
            used.clone().all(|used| used
                .split_once('@')
                .is_some_and(|(_, at)| at.len() > 41 && at[40..].starts_with(" # v"))),
            "{text}"
        );
        let mut scripts = text.lines().filter(|line| line.trim().starts_with("run: "));
        assert!(
            scripts.all(|line| !line.contains("${{") && line.contains("$GITHUB_ACTION_PATH/")),
            "{text}"
        );
    }
}
