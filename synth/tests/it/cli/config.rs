//! `synth.toml`: what it says, what goes before it, and what is wrong with it.

use serde_json::Value as Json;

use super::process::{say, say_in};
use crate::files::Temp;

const OPEN: &str = "Parameters: {Unused: {Type: String}}\nResources:\n  Web:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      \
                    GroupDescription: web\n      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}]\n";

/// A folder with settings and two templates.
fn with(settings: &str) -> Temp {
    let temp = Temp::new();
    temp.put("synth.toml", settings);
    temp.put("a.yaml", OPEN);
    temp.put("old/a.yaml", OPEN);
    temp
}

/// Level, rule and file of what is found, and the exit code.
fn found(temp: &Temp, arguments: &str) -> (Vec<String>, Option<i32>) {
    let words: Vec<&str> = ["validate", "--format", "json"]
        .into_iter()
        .chain(arguments.split(' '))
        .collect();
    let (code, out, err) = say(temp, &words);
    let findings: Json = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{err}"));
    let line = |it: &Json| format!("{} {} {}", it["level"], it["rule"], it["file"]).replace('"', "");
    (findings.as_array().unwrap().iter().map(line).collect(), code)
}

#[test]
fn rules_are_allowed_and_denied_for_all_files_and_by_path() {
    let temp = with(
        "allow = [\"unused-parameter\"]\ndeny = [\"open-port\"]\n\n[[path]]\nfiles = [\"old/\"]\nallow = [\"open-port\"]\ndeny = []\n",
    );
    assert_eq!(found(&temp, "."), (vec!["error open-port a.yaml".to_owned()], Some(1)));
    temp.put("synth.toml", "allow = [\"graph\"]\n[[path]]\nfiles = [\"**/*.yaml\"]\ndeny = [\"open-port\"]\n[[path]]\nfiles = [\"old\"]\nallow = [\"practice\"]\n");
    assert_eq!(found(&temp, "."), (vec!["error open-port a.yaml".to_owned()], Some(1)));
}

#[test]
fn the_command_line_goes_before_the_file() {
    let temp = with(
        "allow = [\"graph\"]\ndeny = [\"open-port\"]\nregion = [\"eu-nowhere-1\"]\n[[path]]\nfiles = [\"*\"]\nallow = [\"open-port\"]\n",
    );
    let (all, code) = found(&temp, "a.yaml --deny open-port,unused-parameter --region eu-west-1");
    assert_eq!(
        (all, code),
        (
            vec!["error unused-parameter a.yaml".into(), "error open-port a.yaml".into()],
            Some(1)
        )
    );
    assert_eq!(
        found(&temp, "a.yaml --allow open-port --region eu-west-1"),
        (vec![], Some(0))
    );
    assert_eq!(found(&temp, "a.yaml --no-config").0.len(), 2);
    temp.put("other.toml", "allow = [\"schema\", \"graph\", \"practice\"]\n");
    assert_eq!(found(&temp, "a.yaml --config other.toml"), (vec![], Some(0)));
}

#[test]
fn the_nearest_file_upwards_counts_and_its_paths_are_from_its_folder() {
    let temp = with("allow = [\"graph\"]\n[[path]]\nfiles = [\"old/*.yaml\"]\nallow = [\"open-port\"]\n");
    let below = temp.join("old");
    let (code, said, _) = say_in(&below, &["validate", "a.yaml", "../a.yaml"]);
    assert_eq!(code, Some(0));
    assert!(
        said.contains("--> ../a.yaml:7") && said.ends_with("2 templates: 1 warning\n"),
        "{said}"
    );
    // The file of a repository around this one says nothing here.
    temp.put("old/.git/HEAD", "");
    assert!(
        say_in(&below, &["validate", "a.yaml"])
            .1
            .ends_with("1 template: 2 warnings\n")
    );
}

#[test]
fn a_mistake_is_told_with_its_place_and_what_to_write() {
    let wrong = |settings: &str| {
        let (code, out, err) = say(&with(settings), &["validate", "a.yaml"]);
        assert_eq!((code, out.as_str()), (Some(2), ""));
        err
    };
    let all = [
        "alow = []\n",
        "\nallow = \"graph\"\n",
        "deny = [\"graph\",\n  \"open-prot\"]\n",
        "region = [\"eu-west-11\"]\n",
        "kubernetes = 1.36\n",
        "kubernetes = \"1.99\"\n",
        "[[path]]\nallow = []\n",
        "[[path]]\nfile = []\n",
        "[[path]]\nfiles = [\"a**\"]\n",
        "allow = [\n",
    ];
    let all: String = all
        .into_iter()
        .map(wrong)
        .map(|said| said.split("; there are").next().unwrap().trim_end().to_owned() + "\n")
        .collect();
    insta::assert_snapshot!(all, @r#"
    error: synth.toml:1:1: there is no key `alow` (did you mean `allow`?); the keys here are `allow`, `deny`, `region`, `kubernetes`, `schema`, `baseline`, `path`
    error: synth.toml:2:9: `allow` is a list of texts, `["…"]`, not of type string
    error: synth.toml:2:3: there is no rule `open-prot` (did you mean `open-port`?); `synth explain` lists them all
    error: synth.toml:1:11: there is no region `eu-west-11` (did you mean `eu-west-1`?)
    error: synth.toml:1:14: `kubernetes` is a text in quotes, not of type float
    error: synth.toml:1:14: there is no version `1.99` of Kubernetes here
    error: synth.toml:1:1: a `[[path]]` needs `files`, the folders, files or globs that it is about
    error: synth.toml:2:1: there is no key `file` (did you mean `files`?); the keys here are `files`, `allow`, `deny`
    error: synth.toml:2:10: `a**` is no glob: Pattern syntax error near position 0: recursive wildcards must form a single path component
    error: synth.toml:1:10: no TOML: unclosed array, expected `]`
    "#);
}

#[test]
fn a_file_that_is_asked_for_must_be_there() {
    let (code, _, err) = say(&Temp::new(), &["validate", "--config", "none.toml", "a.yaml"]);
    assert_eq!(code, Some(2));
    insta::assert_snapshot!(err, @"error: cannot read the settings none.toml: No such file or directory (os error 2); name another with --config, or leave it out with --no-config");
}

/// The schema, and whether it takes the TOML of a text.
fn schema() -> Json {
    let (code, out, _) = say(&Temp::new(), &["schema", "config"]);
    assert_eq!(code, Some(0));
    serde_json::from_str(&out).unwrap()
}

#[test]
fn the_schema_takes_what_the_program_takes_and_nothing_else() {
    let schema = jsonschema::validator_for(&schema()).unwrap();
    let full = serde_json::json!({
        "allow": ["graph", "open-port"], "deny": ["practice"], "region": ["eu-west-1"], "kubernetes": "1.36",
        "schema": ["schemas/"], "path": [{"files": ["old/"], "allow": ["open-port"], "deny": []}],
    });
    assert!(schema.is_valid(&full));
    for wrong in [
        serde_json::json!({"alow": []}),
        serde_json::json!({"allow": ["open-prot"]}),
        serde_json::json!({"kubernetes": 1.36}),
        serde_json::json!({"path": [{"allow": []}]}),
        serde_json::json!({"path": [{"files": ["a"], "region": []}]}),
    ] {
        assert!(!schema.is_valid(&wrong), "{wrong}");
    }
}

/// What the program says of each rule that the schema has, and the other way about.
#[test]
fn every_rule_of_the_schema_can_be_allowed() {
    let schema = schema();
    let rules = schema["$defs"]["rule"]["enum"].as_array().unwrap();
    let temp = with(&format!("allow = {}\n", Json::from(rules.clone())));
    assert_eq!(found(&temp, "a.yaml"), (vec![], Some(0)));
}

#[test]
fn the_schema_in_the_repository_is_the_one_of_the_program() {
    let file = format!("{}/../synth/config.schema.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(file).unwrap();
    assert!(
        text == say(&Temp::new(), &["schema", "config"]).1,
        "run `cargo run -p synth -- schema config > synth/config.schema.json`"
    );
}
