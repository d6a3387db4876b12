//! What breaks a rule, and what to write instead, as the files that they are.

/// What begins a file of an example that has several; its name follows.
const BEGINS: &str = "--- # ";

/// The files of an example, each with its name: a text is one file, whose name does not matter, unless lines such as
/// `--- # network.yaml` begin several.
#[must_use]
pub fn files(example: &str) -> Vec<(&str, &str)> {
    let example = example.trim_start_matches('\n');
    if !example.starts_with(BEGINS) {
        return vec![("template.yaml", example)];
    }
    let mut files = Vec::new();
    let mut rest = example;
    while let Some((name, after)) = rest.strip_prefix(BEGINS).and_then(|rest| rest.split_once('\n')) {
        let end = after.find(&format!("\n{BEGINS}")).map_or(after.len(), |end| end + 1);
        files.push((name, &after[..end]));
        rest = &after[end..];
    }
    files
}
