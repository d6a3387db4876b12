//! How a file says that synth rendered it. What does not say so is somebody else's, and is never overwritten.
//!
//! The first line of a rendered text is a comment with the mark; in a script it is the second. JSON has no comments, so
//! that a JSON file is ours if its system's folder is: if a file beside the environments, such as the README, has the
//! mark.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Error, Root, guard, walk};

/// The first words of that comment.
const MARK: &[u8] = b"Rendered by synth";

/// Whether a text has the mark.
pub(super) fn is_in(text: &[u8]) -> bool {
    let mut lines = text.split(|byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default();
    let line = if first.starts_with(b"#!") {
        lines.next().unwrap_or_default()
    } else {
        first
    };
    let is_comment = |byte: &u8| b"#/<!- ".contains(byte);
    let words = line.iter().position(|byte| !is_comment(byte)).unwrap_or(0);
    words > 0 && line[words..].starts_with(MARK)
}

/// The files of a folder that carry the mark of a rendered file; those of other authors stand beside them.
pub(super) fn bearers(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    for path in walk::entries(folder)? {
        // A link or a folder here is somebody else's, and none of our business.
        let plain = fs::symlink_metadata(&path).is_ok_and(|it| it.is_file());
        if plain && is_in(&fs::read(&path).map_err(Error::io("read", &path))?) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Whether a file, which holds `old`, may get another text or go. An empty one has nothing to lose.
pub(super) fn is_ours(root: &Root, path: &Path, old: &[u8], new: Option<&str>) -> Result<bool, Error> {
    let can_say_so = new.is_some_and(|text| is_in(text.as_bytes()));
    if old.is_empty() || is_in(old) {
        return Ok(true);
    }
    match system(root, path) {
        Some(folder) if !can_say_so => has_mark(&folder),
        _ => Ok(false),
    }
}

/// The folder of the system that a file belongs to; none for a file that stands elsewhere.
fn system(root: &Root, path: &Path) -> Option<PathBuf> {
    let mut inside = path.strip_prefix(&root.out).ok()?.components();
    let folder = root.out.join(inside.next()?);
    inside.next().map(|_| folder)
}

/// Whether a file of a folder has the mark; those of the folders in it do not count.
pub(super) fn has_mark(folder: &Path) -> Result<bool, Error> {
    for path in walk::entries(folder)? {
        let is_file = guard::look(&path)?.is_some_and(|it| it.is_file());
        if is_file && is_in(&fs::read(&path).map_err(Error::io("read", &path))?) {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::is_in;

    #[test]
    fn comments_of_every_language_have_the_mark() {
        for text in [
            "# Rendered by synth: x",
            "<!-- Rendered by synth -->\n",
            "#!/bin/sh\n# Rendered by synth",
        ] {
            assert!(is_in(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn what_only_speaks_of_it_has_not() {
        for text in [
            "",
            "# ours\n# Rendered by synth",
            "Rendered by synth",
            "# Not Rendered by synth",
            "#!/bin/sh\n",
        ] {
            assert!(!is_in(text.as_bytes()), "{text}");
        }
    }
}
