use jsonschema::Draft;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::{Null, accepts};
use crate::checks::schema::pattern::{PATTERN, keyword};
use crate::checks::schema::prune::Pruned;

fn takes(schema: &Json, value: &Json) -> bool {
    accepts(schema, value, Null::Unknown)
}

/// What the validator says of the schema as it is cut for the value.
fn is_valid(schema: &Json, value: &Json) -> bool {
    let options = jsonschema::options()
        .with_draft(Draft::Draft7)
        .should_validate_formats(false)
        .with_keyword(PATTERN, keyword);
    let pruned = Pruned::new(schema, &[value]);
    options.build(&pruned.schema).unwrap().is_valid(value)
}

#[test]
fn what_is_not_known_yet_fits_everywhere_but_under_another_name() {
    let schema = json!({
        "properties": { "A": { "type": "string", "pattern": "^a$" }, "B": false },
        "additionalProperties": false,
    });
    assert!(takes(&schema, &json!({ "A": null })));
    assert!(!takes(&schema, &json!({ "C": null })));
}

#[test]
fn what_cannot_stand_somewhere_cannot_whatever_its_value_is() {
    let schema = json!({ "properties": { "B": false } });
    assert!(!takes(&schema, &json!({ "B": null })));
}

#[test]
fn a_choice_that_rests_on_what_is_not_known_yet_is_left_to_the_validator() {
    let either = json!({ "oneOf": [{ "properties": { "A": { "const": 1 } } }, { "required": ["B"] }] });
    assert!(takes(&either, &json!({ "A": 1 })) && !takes(&either, &json!({ "A": null })));
    assert!(!takes(
        &json!({ "not": { "properties": { "A": { "const": 1 } } } }),
        &json!({ "A": null })
    ));
}

#[test]
fn a_null_that_is_a_value_has_a_type() {
    let schema = json!({ "type": ["object", "null"] });
    assert!(accepts(&schema, &json!(null), Null::Value));
    assert!(!accepts(&json!({ "type": "object" }), &json!(null), Null::Value));
}

#[test]
fn of_a_list_that_holds_nothing_twice_only_what_is_known_counts() {
    let schema = json!({ "uniqueItems": true });
    assert!(takes(&schema, &json!([null, null, "a", { "k": null }, { "k": null }])));
    assert!(!takes(&schema, &json!(["a", "b", "a"])) && !takes(&schema, &json!([1, 1.0])));
}

#[test]
fn a_reference_that_leads_to_itself_ends() {
    assert!(!takes(&json!({ "$ref": "#/a", "a": { "$ref": "#/a" } }), &json!(1)));
}

fn value() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(json!("a")),
        Just(json!("arn:aws")),
        Just(json!("7")),
        Just(json!(7)),
        Just(json!(7.5)),
        Just(json!(-1)),
        Just(json!(true)),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::btree_map("[ABC]", inner, 0..4).prop_map(|map| json!(map)),
        ]
    })
}

fn schema() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(json!(true)),
        Just(json!({ "type": "string", "minLength": 1, "maxLength": 3 })),
        Just(json!({ "type": ["integer", "boolean"], "minimum": 0, "exclusiveMaximum": 8 })),
        Just(json!({ "enum": ["a", "7", true] })),
        Just(json!({ "const": 7 })),
        Just(json!({ "pattern": "^arn" })),
        Just(json!({ "enumCaseInsensitive": ["A", "B"] })),
        Just(json!({ "uniqueItems": true, "minItems": 1, "maxItems": 3 })),
        Just(json!({ "required": ["A"], "maxProperties": 2 })),
        Just(json!({ "requiredXor": ["A", "B"], "dependentExcluded": { "A": ["C"] } })),
        Just(json!({ "requiredOr": ["A", "B"], "dependentRequired": { "A": ["B"] } })),
        Just(json!({ "propertyNames": { "enum": ["A", "B"] } })),
    ];
    leaf.prop_recursive(3, 16, 3, |inner| {
        let some = prop::collection::vec(inner.clone(), 1..3);
        prop_oneof![
            (prop::sample::select(vec!["allOf", "anyOf", "oneOf"]), some).prop_map(|(how, some)| json!({ how: some })),
            inner.clone().prop_map(|inner| json!({ "not": inner })),
            (prop::sample::select(vec!["items", "contains"]), inner.clone()).prop_map(|(how, one)| json!({ how: one })),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(test, yes, no)| json!({ "if": test, "then": yes, "else": no })),
            (inner.clone(), inner.clone())
                .prop_map(|(a, rest)| json!({ "properties": { "A": a }, "additionalProperties": rest })),
            inner.prop_map(|one| json!({ "patternProperties": { "^[AB]$": one }, "additionalProperties": false })),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_is_never_laxer_than_the_validator(schema in schema(), value in value()) {
        if accepts(&schema, &value, Null::Unknown) {
            prop_assert!(is_valid(&schema, &value), "{schema} does not take {value}");
        }
    }
}
