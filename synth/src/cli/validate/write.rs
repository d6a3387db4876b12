//! One file of somebody else's, written whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Puts a text in place of what a file holds; a full disk leaves that. A link stays one.
pub(super) fn replace(file: &Path, text: &str) -> io::Result<()> {
    let file = if file.exists() {
        fs::canonicalize(file)?
    } else {
        file.to_path_buf()
    };
    let mut unfinished = file.clone().into_os_string();
    unfinished.push(".synth-unfinished");
    let put = || {
        let mut new = File::create_new(&unfinished)?;
        new.write_all(text.as_bytes())?;
        if let Ok(old) = fs::metadata(&file) {
            new.set_permissions(old.permissions())?;
        }
        new.sync_data()?;
        fs::rename(&unfinished, &file)
    };
    put().inspect_err(|error| {
        // Another process may be writing it.
        if error.kind() != io::ErrorKind::AlreadyExists {
            let _ = fs::remove_file(&unfinished);
        }
    })
}
