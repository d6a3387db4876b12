//! How bad a finding is follows from how surely its value is known, for every rule alike.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value as Json, json};
use synth::checks::{self, Level, Options};
use synth::read::{self, Document};

/// What one rule says of a template, and how bad it is.
fn levels(rule: &str, text: &str) -> String {
    let document = read::document("template.yaml", text).unwrap();
    let findings = checks::judge(&[document], &Options::default());
    let lines = findings
        .iter()
        .filter(|finding| rule.is_empty() || finding.rule == rule);
    lines.fold(String::new(), |lines, f| {
        format!("{lines}{} {} {}\n", f.line, f.level.name(), f.message)
    })
}

/// One word that AWS refuses, said in every way.
const WAYS: &str = r"
Parameters:
  Given: {Type: String, Default: FETCH}
  Chosen: {Type: String, AllowedValues: [GET, FETCH]}
  Only: {Type: String, AllowedValues: [FETCH]}
  Free: {Type: String}
  Missing: {Type: String, Default: ''}
Mappings:
  Verbs: {eu-west-1: {Verb: FETCH}, us-east-1: {Verb: GET}}
Conditions:
  Old: !Equals [!Ref 'AWS::Region', us-east-1]
Resources:
  Written: {Type: 'AWS::ApiGateway::Method', Properties: {HttpMethod: FETCH}}
  Branch: {Type: 'AWS::ApiGateway::Method', Properties: {HttpMethod: !If [Old, FETCH, GET]}}
  Put: {Type: 'AWS::ApiGateway::Method', Properties: {HttpMethod: !Join ['', [FE, TCH]]}}
  Cut: {Type: 'AWS::ApiGateway::Method', Properties: {HttpMethod: !Select [1, !Split [',', 'GET,FETCH']]}}
  Looked: {Type: 'AWS::ApiGateway::Method', Properties: {HttpMethod: !FindInMap [Verbs, eu-west-1, Verb]}}
  Only1: {Type: 'AWS::ApiGateway::Method', Properties: {HttpMethod: !Ref Only}}
  Default: {Type: 'AWS::ApiGateway::Method', Properties: {HttpMethod: !Ref Given}}
  Within: {Type: 'AWS::ApiGateway::Method', Properties: {HttpMethod: !Sub '${Given}'}}
  Allowed: {Type: 'AWS::ApiGateway::Method', Properties: {HttpMethod: !Ref Chosen}}
  Entry: {Type: 'AWS::ApiGateway::Method', Properties: {HttpMethod: !FindInMap [Verbs, !Ref 'AWS::Region', Verb]}}
  Open: {Type: 'AWS::ApiGateway::Method', Properties: {HttpMethod: !Ref Free}}
  Empty: {Type: 'AWS::ApiGateway::Method', Properties: {HttpMethod: !Ref Missing}}
  Composed: {Type: 'AWS::ApiGateway::Method', Properties: {HttpMethod: !Sub 'FETCH${Free}'}}
  Dynamic: {Type: 'AWS::ApiGateway::Method', Properties: {HttpMethod: '{{resolve:ssm:verb:1}}'}}
  Foreign: {Type: 'AWS::ApiGateway::Method', Properties: {HttpMethod: '${verb}'}}
";

#[test]
fn what_is_written_is_an_error_and_what_a_deployer_may_choose_is_a_warning() {
    let said = levels("refused-word", WAYS);
    insta::assert_snapshot!(said, @"
    13 error `HttpMethod` is `FETCH`
    14 error `HttpMethod` is `FETCH`
    15 error `HttpMethod` is `FETCH`
    16 error `HttpMethod` is `FETCH`
    17 error `HttpMethod` is `FETCH`
    18 error `HttpMethod` is `FETCH`
    19 warning `HttpMethod` is `FETCH`
    20 warning `HttpMethod` is `FETCH`
    21 warning `HttpMethod` is `FETCH`
    22 warning `HttpMethod` is `FETCH`
    ");
}

#[test]
fn what_names_the_same_parameter_is_the_same_whatever_it_is_given() {
    let said = levels(
        "colliding-name",
        r"
Parameters:
  Own: {Type: String, Default: jobs}
  Other: {Type: String, Default: jobs}
Resources:
  A: {Type: 'AWS::ECS::Cluster', Properties: {ClusterName: !Ref Own}}
  B: {Type: 'AWS::ECS::Cluster', Properties: {ClusterName: !Sub '${Own}'}}
  C: {Type: 'AWS::ECS::Cluster', Properties: {ClusterName: !Ref Other}}
",
    );
    insta::assert_snapshot!(said, @"
    7 error `A` has this name already
    8 warning `A` has this name already
    ");
}

#[test]
fn the_default_of_a_number_is_what_a_deployer_may_replace() {
    let said = levels(
        "",
        r"
Parameters:
  Days: {Type: Number, Default: 31}
  Count: {Type: Number, Default: 2000}
Resources:
  Log: {Type: 'AWS::Logs::LogGroup', Properties: {RetentionInDays: !Ref Days}}
  Queue: {Type: 'AWS::SQS::Queue', Properties: {RedrivePolicy: {deadLetterTargetArn: a, maxReceiveCount: !Ref Count}}}
",
    );
    insta::assert_snapshot!(said, @"
    6 warning `RetentionInDays` is 31; it can be 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365 and 10 more
    7 warning `maxReceiveCount` is 2000; it is 1 to 1000
    ");
}

/// The templates of the tests of all rules, and their examples.
fn templates() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/checks");
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    let texts = files.iter().map(|path| std::fs::read_to_string(path).unwrap());
    let quoted = |text: &str| -> Vec<String> {
        let between = |start: &str, end: &str| -> Vec<String> {
            let parts = text.split(start).skip(1).filter_map(|part| part.split_once(end));
            parts.map(|(inside, _)| inside.to_owned()).collect()
        };
        let mut all = between("r\"", "\"");
        all.extend(between("r#\"", "\"#"));
        all.retain(|text| text.contains("Resources:"));
        all
    };
    let examples = checks::RULES.iter().map(|rule| rule.example.to_owned());
    texts.flat_map(|text| quoted(&text)).chain(examples).collect()
}

/// The rules that find an error, and where.
fn errors(document: Document, only: &BTreeSet<&'static str>) -> BTreeSet<(&'static str, String)> {
    let options = Options {
        only: only.clone(),
        ..Options::default()
    };
    let findings = checks::judge(&[document], &options);
    let errors = findings.into_iter().filter(|finding| finding.level == Level::Error);
    errors
        .map(|finding| (finding.rule, format!("{:?} {}", finding.path, finding.message)))
        .collect()
}

/// The texts of a tree that stand below the properties of resources.
fn leaves(json: &Json, path: &str, found: &mut Vec<String>) {
    match json {
        Json::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(at, item)| leaves(item, &format!("{path}/{at}"), found)),
        Json::Object(map) => map
            .iter()
            .filter(|(key, _)| *key != "Ref" && !key.starts_with("Fn::"))
            .for_each(|(key, value)| {
                let key = key.replace('~', "~0").replace('/', "~1");
                leaves(value, &format!("{path}/{key}"), found);
            }),
        Json::String(text) if !text.is_empty() => found.push(path.to_owned()),
        _ => {}
    }
}

/// The template with a parameter in the place of a text.
fn with(root: &Json, path: &str, parameter: &Json) -> Document {
    written(root, path, json!({ "Ref": "Instead" }), ("Parameters", parameter))
}

/// The template with a function in the place of a text, and what it names in a section.
fn written(root: &Json, path: &str, function: Json, (section, named): (&str, &Json)) -> Document {
    let mut root = root.clone();
    *root.pointer_mut(path).unwrap() = function;
    root.as_object_mut()
        .unwrap()
        .entry(section)
        .or_insert_with(|| json!({}))["Instead"] = named.clone();
    read::document("template.json", &root.to_string()).unwrap()
}

/// The ways to the texts of a template.
fn texts(root: &Json) -> Vec<String> {
    let mut paths = Vec::new();
    for (id, resource) in root["Resources"].as_object().into_iter().flatten() {
        leaves(
            &resource["Properties"],
            &format!("/Resources/{id}/Properties"),
            &mut paths,
        );
    }
    paths.retain(|path| root.pointer(path).is_some());
    paths
}

#[test]
fn no_error_rests_on_a_text_that_a_deployer_may_choose() {
    let mut wrong = BTreeSet::new();
    for text in templates() {
        let Ok(document) = read::document("template.yaml", &text) else {
            continue;
        };
        let root = document.root.to_value();
        let rules: BTreeSet<&'static str> = errors(document, &BTreeSet::new())
            .into_iter()
            .map(|(rule, _)| rule)
            .collect();
        if rules.is_empty() {
            continue;
        }
        let mut paths = Vec::new();
        for (id, resource) in root["Resources"].as_object().into_iter().flatten() {
            leaves(
                &resource["Properties"],
                &format!("/Resources/{id}/Properties"),
                &mut paths,
            );
        }
        for path in paths.iter().filter(|path| root.pointer(path).is_some()) {
            let default = root.pointer(path).unwrap();
            let free = errors(with(&root, path, &json!({ "Type": "String" })), &rules);
            let chosen = [
                json!({ "Type": "String", "Default": default }),
                json!({ "Type": "String", "AllowedValues": [default, "another"] }),
            ];
            for parameter in chosen {
                let given = errors(with(&root, path, &parameter), &rules);
                wrong.extend(
                    given
                        .difference(&free)
                        .map(|(rule, said)| format!("{rule} {path} {said}")),
                );
            }
        }
    }
    assert_eq!(wrong, BTreeSet::new());
}

#[test]
fn no_error_comes_of_writing_a_text_as_a_function() {
    let mut wrong = BTreeSet::new();
    for text in checks::RULES.iter().map(|rule| rule.instead) {
        let Ok(document) = read::document("template.yaml", text) else {
            continue;
        };
        let root = document.root.to_value();
        for path in &texts(&root) {
            let text = root.pointer(path).unwrap();
            let nothing = ("Metadata", &Json::Null);
            let mapping = json!({ "Top": { "Second": text } });
            let forms = [
                (json!({ "Fn::Join": ["", [text, ""]] }), nothing),
                (json!({ "Fn::Select": [1, ["another", text]] }), nothing),
                (
                    json!({ "Fn::FindInMap": ["Instead", "Top", "Second"] }),
                    ("Mappings", &mapping),
                ),
            ];
            for (function, named) in forms {
                let name = function.to_string();
                let found = errors(written(&root, path, function, named), &BTreeSet::new());
                wrong.extend(
                    found
                        .into_iter()
                        .map(|(rule, said)| format!("{rule} {path} {name} {said}")),
                );
            }
        }
    }
    assert_eq!(wrong, BTreeSet::new());
}
