//! What was found before.

use super::process::say;
use crate::files::Temp;

/// A template of groups, each open to everybody.
fn open(groups: &[&str]) -> String {
    let group = |name: &&str| {
        format!(
            "  {name}:\n    Type: AWS::EC2::SecurityGroup\n    Properties: {{GroupDescription: x, SecurityGroupIngress: [{{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}}]}}\n"
        )
    };
    format!("Resources:\n{}", groups.iter().map(group).collect::<String>())
}

const VALIDATE: [&str; 5] = ["validate", "--deny", "open-port", "--baseline", "known.json"];

/// Output, notes and the exit code of a call with a baseline.
fn validate(temp: &Temp, arguments: &[&str]) -> (String, String, Option<i32>) {
    let (code, out, err) = say(temp, &[&VALIDATE[..], arguments].concat());
    (out, err, code)
}

/// A folder with a template whose findings are known.
fn known() -> Temp {
    let temp = Temp::new();
    temp.put("infra/a.yaml", &open(&["Web"]));
    let (out, err, code) = validate(&temp, &["--write-baseline", "infra"]);
    assert_eq!(
        (out.as_str(), err.as_str()),
        ("1 template: no findings\n", "note: 1 finding written into known.json\n")
    );
    assert_eq!(code, Some(0));
    temp
}

#[test]
fn what_is_known_is_not_told_wherever_it_moves() {
    let temp = known();
    temp.put("infra/a.yaml", &format!("Description: more\n\n{}", open(&["Web"])));
    let (out, err, code) = validate(&temp, &["infra"]);
    assert_eq!((out.as_str(), code), ("1 template: no findings\n", Some(0)));
    assert_eq!(err, "note: 1 finding known by known.json\n");
}

#[test]
fn what_is_new_is_told() {
    let temp = known();
    temp.put("infra/a.yaml", &open(&["Web", "Other"]));
    let (out, _, code) = validate(&temp, &["infra"]);
    assert!(
        code == Some(1) && out.contains("at: Resources.Other.") && !out.contains("at: Resources.Web."),
        "{out}"
    );
    // So is the same in another file.
    temp.put("infra/b.yaml", &open(&["Web"]));
    assert!(validate(&temp, &["infra/b.yaml"]).0.contains("infra/b.yaml:4"));
}

#[test]
fn one_more_of_the_same_is_new() {
    let pods = |count: usize| {
        "---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a:1}]}\n"
            .repeat(count)
            .replacen("name: a}", "name: b}", 1)
    };
    let temp = Temp::new();
    temp.put("a.yaml", &pods(1));
    let only = ["--only", "root-container"];
    validate(&temp, &[&only[..], &["--write-baseline", "a.yaml"]].concat());
    temp.put("a.yaml", &pods(2));
    let (out, _, _) = validate(&temp, &[&only[..], &["a.yaml"]].concat());
    assert_eq!(out.matches("[root-container]").count(), 1, "{out}");
}

#[test]
fn what_is_gone_is_told_and_goes_when_it_is_written_anew() {
    let temp = known();
    temp.put("infra/b.yaml", &open(&["B"]));
    validate(&temp, &["--write-baseline", "infra/b.yaml"]);
    // What is known of a file that was not looked at stays.
    assert_eq!(validate(&temp, &["infra"]).1, "note: 2 findings known by known.json\n");
    temp.put(
        "infra/a.yaml",
        &open(&[]).replace("Resources:", "Resources: {W: {Type: AWS::SNS::Topic}}"),
    );
    let (_, err, _) = validate(&temp, &["--only", "open-port", "infra"]);
    assert_eq!(
        err,
        "note: 1 finding known by known.json; 1 of it are gone: write it anew with --write-baseline\n"
    );
    validate(&temp, &["--only", "open-port", "--write-baseline", "infra"]);
    assert_eq!(
        validate(&temp, &["--only", "open-port", "infra"]).1,
        "note: 1 finding known by known.json\n"
    );
}

#[test]
fn files_are_known_from_wherever_they_are_named() {
    let temp = known();
    let below = temp.join("infra");
    let arguments = [
        "validate",
        "--deny",
        "open-port",
        "--baseline",
        "../known.json",
        "a.yaml",
    ];
    assert_eq!(super::process::say_in(&below, &arguments).0, Some(0));
    temp.put("synth.toml", "baseline = \"known.json\"\ndeny = [\"open-port\"]\n");
    assert_eq!(super::process::say_in(&below, &["validate", "a.yaml"]).0, Some(0));
}

#[test]
fn a_baseline_that_cannot_be_read_is_an_error() {
    let temp = Temp::new();
    temp.put("a.yaml", &open(&["Web"]));
    let mut all = validate(&temp, &["a.yaml"]).1;
    temp.put("known.json", "{\"version\": 2, \"findings\": []}");
    all += &validate(&temp, &["a.yaml"]).1;
    temp.put("known.json", "[]");
    all += &validate(&temp, &["a.yaml"]).1;
    all += &say(&temp, &["validate", "--write-baseline", "a.yaml"]).2;
    insta::assert_snapshot!(all, @"
    error: cannot read the baseline known.json: No such file or directory (os error 2); make it with --write-baseline
    error: cannot read the baseline known.json: it is of version 2, not 1; make it with --write-baseline
    error: cannot read the baseline known.json: invalid length 0, expected struct Stored with 2 elements at line 1 column 2; make it with --write-baseline
    error: --write-baseline has no file to write; name it with --baseline FILE
    ");
}
