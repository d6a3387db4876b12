//! A change as `diff -u` writes it, so that `git apply` takes it.

use super::{Change, Kind};

/// Larger texts of strays are named, not shown.
const SHOWN: usize = 256 * 1024;

pub(super) fn unified(change: &Change) -> String {
    let path = change.path.to_string_lossy();
    let path = path.trim_start_matches('/');
    let (old, new) = match change.kind() {
        Kind::Missing => ("/dev/null".to_owned(), format!("b/{path}")),
        _ if change.new.is_none() => (format!("a/{path}"), "/dev/null".to_owned()),
        _ => (format!("a/{path}"), format!("b/{path}")),
    };
    let before = change.old.as_deref().unwrap_or_default();
    let Ok(before) = std::str::from_utf8(before) else {
        return format!("Binary files {old} and {new} differ\n");
    };
    if before.len() > SHOWN {
        return format!("Files {old} and {new} differ\n");
    }
    let after = change.new.as_deref().unwrap_or_default();
    let text = similar::TextDiff::from_lines(before, after);
    let text = text.unified_diff().header(&old, &new).to_string();
    if text.is_empty() {
        // Nothing is to be seen of an empty file that comes or goes.
        return format!("--- {old}\n+++ {new}\n");
    }
    text
}
