//! `synth validate`

use super::run;
use crate::files::Temp;

const FINE: &str = "Resources: {Topic: {Type: AWS::SNS::Topic}}\n";
const WRONG: &str = "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties: {Nme: jobs}\n";

/// What is said of files in a folder; `@` in the arguments stands for it.
fn validate(files: &[(&str, &str)], arguments: &str) -> String {
    let temp = Temp::new();
    for (name, text) in files {
        temp.put(name, text);
    }
    let arguments = arguments.replace('@', &format!("{}/", temp.path().display()));
    let said = run(&temp, &format!("validate {arguments}"));
    said.all(&temp)
}

#[test]
fn a_finding_quotes_the_line_and_a_summary_ends_it() {
    insta::assert_snapshot!(validate(&[("t.yaml", WRONG)], "@t.yaml"), @"
    error[unknown-property]: AWS::SQS::Queue has no property `Nme`
     --> /t.yaml:4:18
      |
    4 |     Properties: {Nme: jobs}
      |                  ^^^
      = at: Resources.Queue.Properties.Nme

    1 template: 1 error
    exit code 1
    ");
}

#[test]
fn warnings_are_no_failure() {
    let text = format!("Parameters: {{Size: {{Type: String}}}}\n{FINE}");
    let said = validate(&[("t.yaml", &text)], "@t.yaml");
    assert!(
        said.contains("warning[unused-parameter]") && said.ends_with("exit code 0"),
        "{said}"
    );
}

#[test]
fn a_broken_file_is_told_at_its_line_and_the_others_are_judged() {
    let files = [
        ("a.yaml", "Resources: {A: [AWS::X\n"),
        ("b.yaml", WRONG),
        ("c.yaml", FINE),
    ];
    insta::assert_snapshot!(validate(&files, "--format github @a.yaml @b.yaml @c.yaml @gone.yaml"), @"
    ::error file=/a.yaml,line=2,endLine=2,col=1,endColumn=1,title=unreadable-template::while parsing a flow sequence, expected ',' or ']'
    ::error file=/b.yaml,line=4,endLine=4,col=18,endColumn=21,title=unknown-property::AWS::SQS::Queue has no property `Nme`
    ::error file=/gone.yaml,line=1,endLine=1,col=1,endColumn=1,title=unreadable-template::cannot read the file: No such file or directory (os error 2)
    exit code 2
    ");
}

#[test]
fn a_folder_gives_its_templates_and_skips_the_rest() {
    let files = [
        ("deep/er/t.template", FINE),
        ("values.yaml", "a: 1"),
        ("package.json", "{\"Resources\": []}"),
        (".hidden/t.yaml", WRONG),
        ("notes.txt", WRONG),
        ("chart.yaml", "Resources: {{ .Values }}"),
    ];
    insta::assert_snapshot!(validate(&files, "@"), @"
    1 template: no findings; 3 files skipped, which are no templates
    exit code 0
    ");
}

#[test]
fn a_folder_without_a_template_is_no_success() {
    let files = [("values.yaml", "a: 1"), ("notes.txt", WRONG)];
    insta::assert_snapshot!(validate(&files, "@"), @"
    error: there is no template, no manifest and no module in `/`: 1 file was looked at and is none; name the files to judge them whatever they are
    exit code 2
    ");
}

#[test]
fn a_folder_without_files_is_no_success_in_a_format_for_programs() {
    insta::assert_snapshot!(validate(&[("notes.txt", WRONG)], "--format json @"), @"
    []
    error: there is no template, no manifest and no module in `/`: no *.json, *.yaml, *.yml or *.template is there; name the files to judge them whatever they are
    exit code 2
    ");
}

#[test]
fn a_glob_that_matches_nothing_is_no_success() {
    insta::assert_snapshot!(validate(&[("t.yaml", FINE)], "@t.yaml @*.yml"), @"
    error[unreadable-template]: no file matches the glob
     --> /*.yml:1:1

    1 template: no findings; 1 file unreadable
    exit code 2
    ");
}

#[test]
fn a_named_file_is_never_skipped() {
    let said = validate(&[("values.yaml", "a: 1")], "@values.yaml");
    assert!(
        said.contains("error[malformed-template]: a template has a section `Resources`"),
        "{said}"
    );
}

#[test]
fn globs_are_expanded_and_one_that_matches_nothing_is_told() {
    let files = [("x/a.yaml", FINE), ("x/y/b.yaml", WRONG)];
    let said = validate(&files, "--format json --only schema @**/b.yaml @*.json");
    let told = |text: &str| said.contains(text);
    assert!(
        told("x/y/b.yaml") && told("no file matches the glob") && !told("a.yaml"),
        "{said}"
    );
}

#[test]
fn rules_can_be_allowed_denied_or_the_only_ones() {
    let text = format!("Parameters: {{Size: {{Type: String}}}}\n{WRONG}");
    let told = |options: &str| {
        let said = validate(&[("t.yaml", &text)], &format!("{options} @t.yaml"));
        let rules = ["unknown-property", "unused-parameter"].map(|rule| said.contains(rule));
        (rules, said.ends_with("exit code 1"))
    };
    assert_eq!(told(""), ([true, true], true));
    assert_eq!(told("--allow schema"), ([false, true], false));
    assert_eq!(
        told("--allow unknown-property --deny unused-parameter"),
        ([false, true], true)
    );
    assert_eq!(told("--only unused-parameter,open-port"), ([false, true], false));
}

#[test]
fn an_unknown_rule_or_region_is_bad_usage_with_the_nearest_name() {
    let said = |options: &str| validate(&[("t.yaml", FINE)], &format!("{options} @t.yaml"));
    assert!(said("--only open-prt").contains("did you mean `open-port`?"));
    assert!(said("--region eu-centrl-1").contains("did you mean `eu-central-1`?"));
    assert!(said("--deny nonsense").ends_with("exit code 2"));
}

#[test]
fn a_rule_that_is_not_about_templates_is_bad_usage_as_nothing_would_be_judged() {
    let said = validate(&[("t.yaml", FINE)], "--only endless-job @t.yaml");
    assert!(said.contains("`endless-job` is about workflows") && said.ends_with("exit code 2"));
}

#[test]
fn a_private_type_is_judged_by_its_schema() {
    let schema = r#"{"typeName": "Acme::Cli::Thing", "properties": {"Size": {"type": "integer"}}, "additionalProperties": false}"#;
    let text = "Resources: {T: {Type: 'Acme::Cli::Thing', Properties: {Sise: 3}}}\n";
    let files = [("t.yaml", text), ("schemas/thing.json", schema), ("bad.json", "{}")];
    assert!(validate(&files, "--schema @schemas @t.yaml").contains("has no property `Sise`"));
    assert!(validate(&files, "--schema @bad.json @t.yaml").ends_with("exit code 2"));
}

#[test]
fn what_a_neighbour_exports_is_followed_and_is_never_required() {
    let net = "Resources: {Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}}\n\
               Outputs: {V: {Value: !Ref Vpc, Export: {Name: vpc}}}\n";
    let log = "Resources: {Log: {Type: AWS::EC2::FlowLog, Properties: {ResourceId: !ImportValue vpc, \
               ResourceType: VPC, LogGroupName: !ImportValue logs, DeliverLogsPermissionArn: !ImportValue role}}}\n";
    let files = [("net.yaml", net), ("log.yaml", log)];
    assert!(validate(&files, "@net.yaml").contains("missing-flow-logs"));
    let said = validate(&files, "@");
    assert!(said.contains("2 templates: no findings"), "{said}");
}

#[test]
fn explain_is_that_of_the_other_command() {
    let temp = Temp::new();
    let said = |arguments: &str| run(&temp, arguments).out;
    assert_eq!(said("validate --explain open-port"), said("explain open-port"));
}

#[test]
fn a_file_of_a_folder_that_is_no_text_is_skipped_and_a_named_one_is_told() {
    let temp = Temp::new();
    temp.put("t.yaml", FINE);
    write(&temp.join("latin.json"), b"{\"name\": \"K\xe4se\", \"Resources\": 1}");
    let said = |path: std::path::PathBuf| run(&temp, &format!("validate {}", path.display()));
    assert_eq!(said(temp.join("")).code, 0);
    let told = said(temp.join("latin.json"));
    assert!(
        told.code == 2 && told.out.contains("not UTF-8, at line 1"),
        "{}",
        told.out
    );
}

#[expect(clippy::disallowed_methods, reason = "a test makes files to be read")]
fn write(path: &std::path::Path, bytes: &[u8]) {
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn a_dashboard_is_judged_with_the_rules_beside_it() {
    let dashboard = r#"{"title": "a", "panels": [{"title": "P", "targets": [
  {"expr": "kube_pod_mine", "datasource": {"type": "prometheus"}}, {"expr": "node_cpu", "datasource": {"type": "prometheus"}}]}]}"#;
    let rules = "groups:\n  - name: a\n    rules:\n      - record: kube_pod_mine\n        expr: up == 1\n";
    insta::assert_snapshot!(validate(&[("d.json", dashboard), ("r.yml", rules)], "@"), @r#"
    warning[unexposed-metric]: the panel `P` asks for `node_cpu`, which node-exporter no longer exposes
     --> /d.json:2:77
      |
    2 | : {"type": "prometheus"}}, {"expr": "node_cpu", "datasource": {"type": "prometheus"}}]}]}
      |                                     ^^^^^^^^^^
      = at: panels[0].targets[1].expr
      = help: ask for `node_cpu_seconds_total`

    2 query files: 1 warning
    exit code 0
    "#);
}
