//! JSON as a reviewer wants it.

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
fn a_list_of_many_texts_is_set_like_a_paragraph() {
    let items: Vec<_> = (0..20).map(|number| format!("item {number}")).collect();
    assert_eq!(pretty(&json!(items)).lines().count(), 4);
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
