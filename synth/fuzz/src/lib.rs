//! What fuzzers and `tests/it/fuzz.rs` feed: each function takes any bytes, and panics where `synth` is wrong.

use synth::read::{self, Document};
use synth::{checks, review};

/// What parts the two templates of an input for [`diff`].
const BETWEEN: &[u8] = b"\n=====\n";

/// Reading ends, and JSON is read as other readers of JSON read it.
pub fn read(bytes: &[u8]) {
    let document = read::bytes("t", bytes);
    let Ok(text) = std::str::from_utf8(bytes) else {
        assert!(document.is_err());
        return;
    };
    if !text.starts_with('{') || text.contains("Fn::ForEach") {
        return;
    }
    let Ok(plain) = serde_json::from_str::<serde_json::Value>(text) else {
        return;
    };
    let document = document.expect("what is JSON to others is JSON");
    if document.duplicates.is_empty() && !text.contains(['.', 'e', 'E']) {
        assert_eq!(document.root.to_value(), plain);
    }
}

/// Checks end, point into the text, and are shown in every format.
pub fn validate(bytes: &[u8]) {
    let Some(document) = document("t", bytes) else { return };
    // To YAML a carriage return alone ends a line too.
    let lines = document.text.split(['\n', '\r']).count();
    let documents = [document];
    let findings = checks::run(&documents);
    for finding in &findings {
        let (line, end) = (finding.line as usize, finding.end_line as usize);
        assert!(
            line >= 1 && line <= end && end <= lines + 1,
            "{finding:?} of {lines} lines"
        );
        assert!(finding.column >= 1, "{finding:?}");
    }
    let _ = checks::show::human(&findings, &documents, checks::show::Color::Always);
    let _ = checks::show::github(&findings);
    for text in [checks::show::json(&findings), checks::show::sarif(&findings)] {
        serde_json::from_str::<serde_json::Value>(&text).expect("the format is JSON");
    }
}

/// Comparing ends, says nothing of a template and itself, and is shown in every format.
pub fn diff(bytes: &[u8]) {
    let at = bytes.windows(BETWEEN.len()).position(|window| window == BETWEEN);
    let (old, new) = match at {
        Some(at) => (&bytes[..at], &bytes[at + BETWEEN.len()..]),
        None => bytes.split_at(bytes.len() / 2),
    };
    let (Some(old), Some(new)) = (document("t", old), document("t", new)) else {
        return;
    };
    let (old, new) = ([old], [new]);
    let review = review::compare(&old, &new);
    let _ = review::show::human(&review, checks::show::Color::Always);
    let _ = review::show::markdown(&review);
    serde_json::from_str::<serde_json::Value>(&review::show::json(&review)).expect("the format is JSON");
    assert!(review::compare(&old, &old).is_empty(), "a template differs from itself");
}

fn document(file: &str, bytes: &[u8]) -> Option<Document> {
    read::bytes(file, bytes).ok()
}
