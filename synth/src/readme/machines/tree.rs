//! The folders and files of a system, drawn.

use std::collections::BTreeSet;

/// A line for each folder and each file below a folder, in the order of their names.
pub(super) fn lines<'a>(folder: &str, files: impl Iterator<Item = &'a String>) -> Vec<String> {
    let own = files.filter_map(|path| path.strip_prefix(folder)?.strip_prefix('/'));
    let own: BTreeSet<Vec<&str>> = own.map(|path| path.split('/').collect()).collect();
    let own: Vec<&[&str]> = own.iter().map(Vec::as_slice).collect();
    std::iter::once(format!("{folder}/")).chain(below(&own, "  ")).collect()
}

fn below(paths: &[&[&str]], indent: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for group in paths.chunk_by(|one, other| one[0] == other[0]) {
        if let [[name]] = group {
            lines.push(format!("{indent}{name}"));
            continue;
        }
        lines.push(format!("{indent}{}/", group[0][0]));
        let inner: Vec<&[&str]> = group.iter().map(|path| &path[1..]).collect();
        lines.extend(below(&inner, &format!("{indent}  ")));
    }
    lines
}
