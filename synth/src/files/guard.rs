//! Looks before anything is read or written: no link, no pipe, nothing read-only.

use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::path::Path;

use super::Error;

/// What is at a path, and nothing that a link points to.
pub(super) fn look(path: &Path) -> Result<Option<Metadata>, Error> {
    let found = match fs::symlink_metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            return Err(Error::NotAFolder {
                path: path.parent().unwrap_or(path).to_path_buf(),
            });
        }
        Err(error) => return Err(Error::io("read", path)(error)),
    };
    if found.is_symlink() {
        let to = fs::read_link(path).map_err(Error::io("read", path))?;
        return Err(Error::Link {
            path: path.to_path_buf(),
            to,
        });
    }
    Ok(Some(found))
}

/// Whether there is a folder; anything else in its place is an error.
pub(super) fn folder(path: &Path) -> Result<bool, Error> {
    match look(path)? {
        None => Ok(false),
        Some(found) if found.is_dir() => Ok(true),
        Some(_) => Err(Error::NotAFolder {
            path: path.to_path_buf(),
        }),
    }
}

/// Whether there is a file; anything else in its place is an error.
pub(super) fn file(path: &Path) -> Result<bool, Error> {
    match look(path)? {
        None => Ok(false),
        Some(found) if found.is_file() => Ok(true),
        Some(_) => Err(Error::NotAFile {
            path: path.to_path_buf(),
        }),
    }
}

/// Refuses what nobody may write to. The root user could: the mode is somebody's wish all the same.
pub(super) fn writable(path: &Path) -> Result<(), Error> {
    match look(path)? {
        Some(found) if found.permissions().readonly() => Err(Error::ReadOnly {
            path: path.to_path_buf(),
        }),
        _ => Ok(()),
    }
}
