//! JSON as a reviewer wants it.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use serde_json::{Value as Json, json};
use synth::template::pretty;

fn again(text: &str) -> Json {
    serde_json::from_str(text).unwrap()
}

#[test]
fn what_is_small_stands_on_one_line() {
    assert_snapshot!(pretty(&json!({ "Ref": "Vpc" })), @r#"{ "Ref": "Vpc" }"#);
}

#[test]
fn what_is_deep_stands_on_several_lines() {
    assert_snapshot!(pretty(&json!({ "a": { "b": { "c": 1 } }, "d": [1, 2], "e": [], "f": {} })), @r#"
    {
      "a": { "b": { "c": 1 } },
      "d": [1, 2],
      "e": [],
      "f": {}
    }
    "#);
}

#[test]
fn it_ends_with_one_newline() {
    assert_eq!(pretty(&json!(null)), "null\n");
}

#[test]
fn a_list_that_does_not_fit_has_a_line_for_each_item() {
    let items: Vec<_> = (0..5)
        .map(|number| format!("item {number} {}", "x".repeat(20)))
        .collect();
    assert_eq!(pretty(&json!(items)).lines().count(), 7);
}

#[test]
fn names_with_a_colon_have_a_line_each() {
    let sub = json!({ "Fn::Sub": "arn:${AWS::Partition}:s3:::b" });
    assert_snapshot!(pretty(&json!({ "Action": ["s3:GetObject", "s3:PutObject"], "Resource": [sub, "arn:aws:s3:::a"] })), @r#"
    {
      "Action": [
        "s3:GetObject",
        "s3:PutObject"
      ],
      "Resource": [
        { "Fn::Sub": "arn:${AWS::Partition}:s3:::b" },
        "arn:aws:s3:::a"
      ]
    }
    "#);
}

#[test]
fn one_name_and_words_stay_on_their_line() {
    assert_snapshot!(pretty(&json!({ "Action": ["s3:GetObject"], "Command": ["CMD", "/service", "healthcheck"] })), @r#"{ "Action": ["s3:GetObject"], "Command": ["CMD", "/service", "healthcheck"] }"#);
}

#[test]
fn every_action_that_is_rendered_has_a_line_of_its_own() {
    let mut packed = Vec::new();
    for system in synth::systems::all().unwrap().each() {
        for (path, text) in synth::render(system).unwrap().files {
            let template = path.ends_with(".template.json").then(|| again(&text));
            let actions = template.iter().flat_map(actions);
            let lines: BTreeSet<&str> = text.lines().map(|line| line.trim().trim_end_matches(',')).collect();
            packed.extend(actions.filter(|action| !lines.contains(format!("{action:?}").as_str())));
        }
    }
    assert_eq!(packed, Vec::<String>::new());
}

/// The actions of every statement that has several.
fn actions(json: &Json) -> Vec<String> {
    let inside = |json: &Json| match json {
        Json::Object(map) => map.values().flat_map(actions).collect(),
        Json::Array(items) => items.iter().flat_map(actions).collect(),
        _ => Vec::new(),
    };
    let own = json["Action"].as_array().filter(|own| own.len() > 1);
    let own = own.into_iter().flatten().filter_map(Json::as_str).map(str::to_owned);
    own.chain(inside(json)).collect()
}

#[test]
fn no_line_is_long_because_something_was_put_on_it() {
    let list: Vec<_> = (0..300)
        .map(|number| json!({ "Key": "k".repeat(number % 90), "Value": number }))
        .collect();
    let text = pretty(&json!({ "a": { "list": list } }));
    assert_eq!(
        text.lines()
            .filter(|line| line.trim_end_matches(',').len() > 110)
            .count(),
        0
    );
}

#[test]
fn a_long_text_is_not_cut() {
    let long = json!({ "text": "x".repeat(1000) });
    assert_eq!(again(&pretty(&long)), long);
}

#[test]
fn special_characters_are_escaped() {
    let odd = json!({ "a\"\\\n\u{7}": "ü\u{2028}\t\"" });
    assert_eq!(again(&pretty(&odd)), odd);
}

#[test]
fn keys_keep_their_order() {
    assert_snapshot!(pretty(&json!({ "z": 1, "a": 2 })), @r#"{ "z": 1, "a": 2 }"#);
}
