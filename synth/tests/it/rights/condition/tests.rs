//! Each operator, fired and silent.

use serde_json::{Value as Json, json};

use super::{Condition, Context, Holds};

fn holds(block: &Json, context: &Context) -> Holds {
    let all = Condition::all(block).into_iter().map(|one| one.holds(context));
    all.min().unwrap_or(Holds::Always)
}

/// Whether a condition holds for these values of its key.
fn with(operator: &str, wanted: impl Into<Json>, seen: &[&str]) -> bool {
    let wanted: Json = wanted.into();
    let context = Context::default().with("aws:ResourceTag/environment", seen.to_vec());
    holds(
        &json!({ operator: { "AWS:ResourceTag/Environment": wanted } }),
        &context,
    ) == Holds::Always
}

#[test]
fn a_text_is_compared_with_its_case_and_without_wildcards() {
    assert!(with("StringEquals", json!("dev"), &["dev"]));
    assert!(with("StringEquals", json!(["prod", "dev"]), &["dev"]));
    assert!(!with("StringEquals", json!("Dev"), &["dev"]));
    assert!(!with("StringEquals", json!("d*"), &["dev"]));
    assert!(with("StringLike", json!("d*"), &["dev"]));
    assert!(with("StringEqualsIgnoreCase", json!("DEV"), &["dev"]));
}

#[test]
fn a_missing_key_fails_unless_the_operator_denies_or_forgives() {
    assert!(!with("StringEquals", json!("dev"), &[]));
    assert!(with("StringNotEquals", json!("dev"), &[]));
    assert!(with("StringEqualsIfExists", json!("dev"), &[]));
    assert!(!with("StringEqualsIfExists", json!("dev"), &["prod"]));
    assert!(!with("ForAnyValue:StringEquals", json!("dev"), &[]));
    assert!(with("ForAllValues:StringEquals", json!("dev"), &[]));
}

#[test]
fn several_values_are_judged_any_or_all() {
    assert!(with("ForAnyValue:StringEquals", json!("dev"), &["prod", "dev"]));
    assert!(!with("ForAllValues:StringEquals", json!("dev"), &["prod", "dev"]));
    assert!(with(
        "ForAllValues:StringEquals",
        json!(["dev", "prod"]),
        &["prod", "dev"]
    ));
    assert!(with("ForAnyValue:StringNotEquals", json!("dev"), &["prod", "dev"]));
    assert!(!with("ForAllValues:StringNotEquals", json!("dev"), &["prod", "dev"]));
}

#[test]
fn what_is_not_so_is_so_for_no_value() {
    assert!(!with("StringNotEquals", json!(["dev", "prod"]), &["dev"]));
    assert!(with("StringNotLike", json!("d*"), &["prod"]));
    assert!(with("ArnNotLike", json!("arn:aws:s3:::a*"), &["arn:aws:s3:::b"]));
}

#[test]
fn null_asks_whether_a_key_is_absent() {
    assert!(with("Null", json!("true"), &[]));
    assert!(!with("Null", json!(true), &["dev"]));
    assert!(with("Null", json!("false"), &["dev"]));
    assert!(!with("Null", json!(false), &[]));
}

#[test]
fn numbers_and_booleans_are_compared_as_such() {
    assert!(with("NumericLessThan", json!(10), &["9"]));
    assert!(!with("NumericGreaterThanEquals", json!("10"), &["9"]));
    assert!(with("NumericEquals", json!("10.0"), &["10"]));
    assert!(!with("NumericEquals", json!("10"), &["ten"]));
    assert!(with("Bool", json!(true), &["true"]));
    assert!(!with("Bool", json!("true"), &["false"]));
}

#[test]
fn all_conditions_have_to_hold() {
    let context = Context::default().with("a:one", ["1"]).with("a:two", ["2"]);
    let both = |two: &str| json!({ "StringEquals": { "a:one": "1", "a:two": two } });
    assert_eq!(holds(&both("2"), &context), Holds::Always);
    assert_eq!(holds(&both("3"), &context), Holds::Never);
    assert_eq!(holds(&json!({}), &context), Holds::Always);
}

#[test]
fn what_the_caller_sets_holds_as_it_likes() {
    let context = Context::default().with("a:one", ["1"]).open_but(["aws:ResourceTag/"]);
    let via = json!({ "StringEquals": { "kms:ViaService": "rds" } });
    let tag = json!({ "StringEquals": { "aws:RequestTag/system": "cars", "a:one": "2" } });
    assert_eq!(holds(&via, &context), Holds::AsCallerLikes);
    let owned = json!({ "StringEquals": { "aws:ResourceTag/system": "cars" } });
    assert_eq!(holds(&tag, &context), Holds::Never);
    assert_eq!(holds(&owned, &context), Holds::Never);
}

#[test]
#[should_panic(expected = "the evaluator has to learn it")]
fn an_operator_that_it_does_not_know_is_not_taken_for_true() {
    with("DateLessThan", json!("2020-01-01"), &["2019-01-01"]);
}
