use super::{Pattern, plain};
use serde_json::json;

fn matches(pattern: &str, text: &str) -> bool {
    Pattern::new(pattern).matches(text, &json!(text))
}

#[test]
fn a_text_beyond_ascii_is_matched_by_its_characters() {
    assert!(matches("^.{3}$", "äöü") && !matches("^.{3}$", "äö") && matches("^[^/]$", "ä"));
}

#[test]
fn what_only_ecmascript_understands_is_left_to_its_engine() {
    assert!(plain(r"^(?!\s*$).+$").is_none() && plain("[a[b]]").is_none() && plain("[a--]").is_none());
    assert!(matches(r"^(?!\s*$).+$", "mine") && !matches(r"^(?!\s*$).+$", " "));
}

#[test]
fn what_looks_ahead_for_a_word_says_the_same_to_the_fast_engine() {
    for (text, pattern) in [("mine", "^(?!aws:).*$"), ("a b", r"^[\p{L}\p{Z}]+$")] {
        assert!(plain(pattern).is_some() && matches(pattern, text));
    }
    assert!(!matches("^(?!aws:).*$", "aws:mine") && !matches(r"^[\p{L}\p{Z}]+$", "a1"));
}

const TEXTS: [&str; 26] = [
    "",
    "a",
    "A1",
    "my-name",
    "my_name.fifo",
    "arn:aws:iam::123456789012:role/x",
    "123456789012",
    "10.0.0.0/16",
    "rate(5 minutes)",
    "a b",
    " a",
    "a\n",
    "/a/b-c",
    "aws:x",
    "s3://b/k",
    "https://example.com/a?b=c",
    "-",
    "vpc-0123456789abcdef0",
    "2026-01-01T00:00:00Z",
    "{}",
    "$x",
    "x@example.com",
    "us-east-1",
    "1.5",
    "*",
    "%",
];

#[test]
fn an_expression_that_is_read_describes_what_the_engine_says() {
    let mut expressions = std::collections::BTreeSet::new();
    for schema in crate::schema::types().filter_map(crate::schema::resource) {
        gather(schema.raw(), &mut expressions);
    }
    let mut read = 0;
    for expression in &expressions {
        let pattern = Pattern::new(expression);
        for text in TEXTS {
            let (Some(said), Some(engine)) = (pattern.read(text), pattern.engine()) else {
                continue;
            };
            assert_eq!(said, engine.is_match(text), "{expression} {text}");
            read += 1;
        }
    }
    assert!(
        read > expressions.len() * TEXTS.len() * 8 / 10,
        "{read} of {}",
        expressions.len()
    );
}

fn gather(json: &serde_json::Value, into: &mut std::collections::BTreeSet<String>) {
    if let Some(pattern) = json.get("pattern").and_then(serde_json::Value::as_str) {
        into.insert(pattern.to_owned());
    }
    let values = json.as_object().into_iter().flat_map(serde_json::Map::values);
    let items = json.as_array().into_iter().flatten();
    values.chain(items).for_each(|inner| gather(inner, into));
}

#[test]
fn what_nothing_understands_objects_to_nothing() {
    assert!(matches("(", "x"));
}
