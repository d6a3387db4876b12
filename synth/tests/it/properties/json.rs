//! Any JSON can be written prettily.

use proptest::prelude::*;
use serde_json::Value as Json;
use synth::template::pretty;

/// JSON of some depth. Numbers are those that a template has: whole, or with few digits.
fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        (-10_000..10_000_i32).prop_map(|number| Json::from(f64::from(number) / 8.0)),
        "\\PC{0,60}".prop_map(Json::from),
        any::<String>().prop_map(Json::from),
    ];
    leaf.prop_recursive(6, 60, 8, |inner| {
        let key = prop_oneof![Just("Ref".to_owned()), Just("Fn::Sub".to_owned()), any::<String>()];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Json::from),
            prop::collection::vec((key, inner), 0..8).prop_map(|pairs| pairs.into_iter().collect()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_is_the_same_after_it_was_written_and_read(json in json()) {
        prop_assert_eq!(&serde_json::from_str::<Json>(&pretty(&json)).unwrap(), &json);
    }

    #[test]
    fn writing_what_was_read_changes_nothing(json in json()) {
        let once = pretty(&json);
        prop_assert_eq!(pretty(&serde_json::from_str(&once).unwrap()), once);
    }

    #[test]
    fn a_long_line_holds_one_thing(json in json()) {
        let text = pretty(&json);
        // Whatever is long is a text, or a key with one.
        let long = text.lines().filter(|line| line.trim_end_matches(',').len() > 110);
        prop_assert_eq!(long.filter(|line| !line.contains('"')).count(), 0);
    }
}
