//! Any tree can be written as YAML.

use proptest::prelude::*;
use serde_json::Value as Json;
use synth::manifest::yaml;

/// Texts that YAML could take for something else.
#[rustfmt::skip]
const ODD: &[&str] = &[
        "",
        " ",
        "~",
        "null",
        "yes",
        "on",
        "0x1f",
        "1e3",
        "1_000",
        "012",
        "2026-11-29",
        "12:30:45",
        "- a",
        "a: b",
        "#",
        "a #b",
        "&a",
        "*a",
        "!a",
        "{a}",
        "[a]",
        "'",
        "\"",
        "%a",
        "@a",
        "`a",
        "|",
        ">",
        "a\nb",
        "a\n",
        "\na",
        "a\n\nb",
        " a\nb",
        "a \nb",
        "a\n\n",
        "\t",
        "a\tb",
        "\r\n",
        "é",
        "\u{85}",
        "\u{2028}",
        "\u{feff}a",
        "\\",
        "${image.digest}",
        "=",
        "<<",
        ".inf",
        "-",
        "?",
        ":",
        "a:",
        "---",
        "...",
    ];

/// Trees of some depth, with texts that YAML could take for something else.
fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i32>().prop_map(Json::from),
        prop::sample::select(ODD.to_vec()).prop_map(Json::from),
        "\\PC{0,40}".prop_map(Json::from),
        "[ -~\n]{0,40}".prop_map(Json::from),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        let key = prop_oneof![
            prop::sample::select(ODD.to_vec()).prop_map(str::to_owned),
            "[a-z/.]{1,12}"
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Json::from),
            prop::collection::vec((key, inner), 0..6).prop_map(|pairs| pairs.into_iter().collect()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_tree_is_the_same_after_it_was_written_as_yaml_and_read(json in json()) {
        let text = yaml(&json);
        prop_assert_eq!(&yaml_serde::from_str::<Json>(&text).unwrap(), &json, "{}", text);
    }

    #[test]
    fn our_own_reader_reads_it(json in json()) {
        let text = yaml(&json);
        prop_assert!(synth::read::document("x.yaml", &text).is_ok(), "{}", text);
    }
}
