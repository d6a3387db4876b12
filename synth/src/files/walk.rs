//! The files that lie in a folder.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Error, STAGE, guard};

/// All files below a folder, sorted; none if there is no folder.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        if !guard::folder(&folder)? {
            continue;
        }
        for path in entries(&folder)? {
            match guard::look(&path)? {
                Some(it) if it.is_dir() && path.file_name().is_none_or(|name| name != STAGE) => folders.push(path),
                Some(it) if it.is_file() => found.push(path),
                Some(it) if !it.is_dir() => return Err(Error::NotAFile { path }),
                _ => {}
            }
        }
    }
    found.sort();
    Ok(found)
}

/// What a folder holds; nothing if there is none.
pub(super) fn entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    if !guard::folder(folder)? {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::io("read", folder))? {
        found.push(entry.map_err(Error::io("read", folder))?.path());
    }
    Ok(found)
}
