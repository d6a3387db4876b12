//! What is not as it should be yet: lists that may only become shorter.

use std::collections::BTreeMap;
use std::fmt::Write;

/// Holds what was found, each with an example, against the list of what is known.
///
/// What is found and not known fails, and so does what is known and not found any more: delete its line.
pub(super) fn held(known: &str, file: &str, found: &BTreeMap<String, String>) {
    let known: Vec<&str> = known.lines().collect();
    let new = found.iter().filter(|(line, _)| !known.contains(&line.as_str()));
    let gone = known.iter().filter(|line| !found.contains_key(**line));
    let mut report = String::new();
    for (line, why) in new {
        let _ = writeln!(report, "{line}\n    {why}");
    }
    for line in gone {
        let _ = writeln!(
            report,
            "not found any more, delete it from tests/it/rights/{file}: {line}"
        );
    }
    assert!(report.is_empty(), "\n{report}");
}
