use super::{all, documents};
use synth::checks::Subject;
use synth::checks::show::{self, Color};

const TWICE: &str = "Resources:\n  Käse: {Type: 'AWS::SNS::Topic'}\n  Käse: {Type: 'AWS::SNS::Topic'}\n";

fn twice() -> Vec<synth::checks::Finding> {
    let mut findings = all(&[TWICE]);
    findings.retain(|finding| finding.rule == "duplicate-key");
    findings
}

#[test]
fn a_person_sees_the_line_and_the_place_in_it() {
    insta::assert_snapshot!(show::human(&twice(), &documents(&[TWICE]), Color::Never), @"
    error[duplicate-key]: `Käse` stands here again; line 2 has it first
     --> 0.yaml:3:3
      |
    3 |   Käse: {Type: 'AWS::SNS::Topic'}
      |   ^^^^
     ::: 0.yaml:2:3
      |
    2 |   Käse: {Type: 'AWS::SNS::Topic'}
      |   ---- the first, which is lost
      = help: remove one of the two: only the last counts
    ");
}

#[test]
fn json_has_exactly_the_promised_fields() {
    insta::assert_snapshot!(show::json(&twice()), @r#"
    [
      {
        "rule": "duplicate-key",
        "level": "error",
        "certainty": "written",
        "message": "`Käse` stands here again; line 2 has it first",
        "help": "remove one of the two: only the last counts",
        "file": "0.yaml",
        "path": [],
        "line": 3,
        "column": 3,
        "end_line": 3,
        "end_column": 7,
        "also": {
          "label": "the first, which is lost",
          "file": "0.yaml",
          "path": [],
          "line": 2,
          "column": 3,
          "end_line": 2,
          "end_column": 7
        }
      }
    ]
    "#);
}

#[test]
fn github_gets_one_command_a_finding() {
    insta::assert_snapshot!(show::github(&twice()), @"::error file=0.yaml,line=3,endLine=3,col=3,endColumn=7,title=duplicate-key::`Käse` stands here again; line 2 has it first%0Asee 0.yaml:2:3: the first, which is lost%0Ahelp: remove one of the two: only the last counts");
}

#[test]
fn what_a_deployer_can_choose_otherwise_is_likely() {
    let text = "Transform: Own\nResources:\n  A: {Type: 'AWS::SNS::Topic'}\n  A: {Type: 'AWS::SNS::Topic'}\n";
    let mut findings = all(&[text]);
    findings.retain(|finding| finding.rule == "duplicate-key");
    insta::assert_snapshot!(show::human(&findings, &documents(&[text]), Color::Never), @"
    warning[duplicate-key]: `A` stands here again; line 3 has it first
     --> 0.yaml:4:3
      |
    4 |   A: {Type: 'AWS::SNS::Topic'}
      |   ^
     ::: 0.yaml:3:3
      |
    3 |   A: {Type: 'AWS::SNS::Topic'}
      |   - the first, which is lost
      = likely: a parameter, a macro or another version can make it otherwise
      = help: remove one of the two: only the last counts
    ");
    let log: serde_json::Value = serde_json::from_str(&show::sarif(&findings)).unwrap();
    assert_eq!(log["runs"][0]["results"][0]["properties"]["certainty"], "likely");
}

#[test]
fn sarif_has_the_other_place() {
    let log: serde_json::Value = serde_json::from_str(&show::sarif(&twice())).unwrap();
    insta::assert_snapshot!(log["runs"][0]["results"][0]["relatedLocations"], @r#"[{"message":{"text":"the first, which is lost"},"physicalLocation":{"artifactLocation":{"uri":"0.yaml"},"region":{"startLine":2,"startColumn":3,"endLine":2,"endColumn":7}}}]"#);
}

#[test]
fn sarif_has_the_rule_and_the_region() {
    let log: serde_json::Value = serde_json::from_str(&show::sarif(&twice())).unwrap();
    insta::assert_snapshot!(log["runs"][0]["results"][0]["locations"][0], @r#"{"physicalLocation":{"artifactLocation":{"uri":"0.yaml"},"region":{"startLine":3,"startColumn":3,"endLine":3,"endColumn":7}}}"#);
}

#[test]
fn explain_has_the_reason_and_the_link() {
    insta::assert_snapshot!(show::explain(Subject::Templates, synth::checks::rule("duplicate-key").unwrap(), Color::Never), @r#"
    duplicate-key: error (schema, templates)

    Of two equal keys in one map the first is lost without a word.

    see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html

    this breaks it:

      Resources:
        Jobs:
          Type: AWS::SQS::Queue
          Properties:
            VisibilityTimeout: 30
            VisibilityTimeout: 300

    write instead:

      Resources:
        Jobs:
          Type: AWS::SQS::Queue
          Properties:
            VisibilityTimeout: 300

    a resource allows it with a reason:

      "Metadata": {"synth": {"allow": {"duplicate-key": "why"}}}
    "#);
}

#[test]
fn no_findings_are_an_empty_array() {
    assert_eq!(show::json(&[]), "[]\n");
}

#[test]
fn every_rule_has_a_name_of_its_own_a_reason_and_a_link() {
    let mut names: Vec<&str> = Subject::rules().map(|(_, rule)| rule.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Subject::rules().count());
    for (_, rule) in Subject::rules() {
        assert!(
            rule.why.ends_with('.') && rule.link.starts_with("https://"),
            "{}",
            rule.name
        );
    }
}
