//! What is printed is read back as what it was, by our reader and by another.

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use synth::manifest::yaml;

/// Texts that readers of YAML take for something else, and such as one of our own could write.
const HARD: &[&str] = &[
    "",
    " ",
    "~",
    "null",
    "Null",
    "true",
    "True",
    "yes",
    "Yes",
    "no",
    "on",
    "Off",
    "y",
    "N",
    "0",
    "007",
    "-1",
    "+1",
    "0x1",
    "0o17",
    "0b1",
    "1e3",
    "1.5",
    ".5",
    "1_000",
    "12:30:45",
    "190:20:30",
    ".inf",
    "-.INF",
    ".NaN",
    "2026-11-29",
    "2026-11-29T10:00:00Z",
    "2001-12-14 21:59:43.10 -5",
    "=",
    "<<",
    "- a",
    "a: b",
    "a:",
    ": a",
    "a #b",
    "#a",
    "[a]",
    "{a: b}",
    "!a",
    "&a",
    "*a",
    "|",
    ">",
    "%a",
    "@a",
    "`a",
    "'a'",
    "\"a\"",
    "\\",
    "a\\nb",
    "---",
    "...",
    "--- a",
    "?",
    "? a",
    "-",
    ",a",
    "512Mi",
    "250m",
    "25%",
    "10.0.0.0/8",
    "${network.WebAclArn}",
    "a\n",
    "a\nb",
    "a\nb\n\n",
    "\n",
    "\na",
    " a\nb",
    "a\n b\n",
    "a\n \nb",
    "\ta\nb",
    "a\r\nb",
    "a\u{85}b",
    "a\u{2028}b",
    "\u{feff}a",
    "\u{7}",
    "ä",
    "日本\nb",
    "🚗",
    "a\t",
    "a\n\tb",
    "#!/bin/sh\nset -e\n",
    "---\na: b\n",
    "...\n\n\n",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(HARD).prop_map(str::to_owned),
        2 => (prop::sample::select(HARD), prop::sample::select(HARD)).prop_map(|(a, b)| format!("{a}{b}")),
        2 => "[a-zA-Z0-9_./:@%+=,;${}\\[\\]*&<>!?'\"|~^#\\\\ -]{0,12}",
        1 => "(?s:.){0,8}",
        1 => prop::collection::vec(prop_oneof![Just(""), Just("a"), Just("  b"), Just("c: d"), Just(" ")], 1..5)
            .prop_map(|lines| lines.join("\n")),
    ]
}

fn node() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        text().prop_map(Json::from),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Json::from),
            prop::collection::btree_map(text(), inner, 0..5).prop_map(|map| json!(map)),
        ]
    })
}

fn whole() -> impl Strategy<Value = Json> {
    prop::collection::btree_map(text(), node(), 0..5).prop_map(|map| json!(map))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn our_reader_reads_what_was_printed(node in whole()) {
        let text = yaml(&node);
        let read = synth::read::document("t.yaml", &text).map(|document| document.root.to_value());
        prop_assert_eq!(read.ok(), Some(node), "{}", text);
    }

    #[test]
    fn another_reader_reads_what_was_printed(node in whole()) {
        let text = yaml(&node);
        let read: Result<serde_json::Value, _> = yaml_serde::from_str(&text);
        prop_assert_eq!(read.ok(), Some(node), "{}", text);
    }
}
