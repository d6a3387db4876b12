//! The files that an editor has open, as they stand there and not on the disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lsp_types::{TextDocumentContentChangeEvent, Uri};

use super::place::offset;
use crate::read::{self, Document, MAX_BYTES};

/// All of them, by their addresses.
#[derive(Default)]
pub(super) struct Files {
    /// The folder that is open.
    pub(super) root: Option<PathBuf>,
    pub(super) open: BTreeMap<String, File>,
}

pub(super) struct File {
    pub(super) uri: Uri,
    /// From the folder that is open, where it lies in that.
    pub(super) name: String,
    pub(super) text: String,
    pub(super) version: i32,
    /// As it was read last: while a line is written there is often nothing to read.
    pub(super) document: Option<Document>,
    /// Whether the text changed since it was judged.
    pub(super) changed: bool,
}

impl Files {
    pub(super) fn opened(&mut self, uri: Uri, version: i32, text: String) {
        let mut file = File {
            name: self.name(&uri),
            text,
            version,
            document: None,
            changed: true,
            uri,
        };
        file.read();
        self.open.insert(file.uri.as_str().to_owned(), file);
    }

    pub(super) fn changed(&mut self, uri: &Uri, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        let Some(file) = self.open.get_mut(uri.as_str()) else {
            return;
        };
        for change in changes {
            match change.range {
                Some(range) => {
                    let (start, end) = (offset(&file.text, range.start), offset(&file.text, range.end));
                    file.text.replace_range(start.min(end)..end.max(start), &change.text);
                }
                None => file.text = change.text,
            }
        }
        file.version = version;
        file.changed = true;
        file.read();
    }

    pub(super) fn get(&self, uri: &Uri) -> Option<&File> {
        self.open.get(uri.as_str())
    }

    fn name(&self, uri: &Uri) -> String {
        let path = path(uri);
        let inside = self.root.as_deref().and_then(|root| path.strip_prefix(root).ok());
        inside.unwrap_or(&path).to_string_lossy().into_owned()
    }

    /// The address of a file that findings name.
    pub(super) fn address(&self, name: &str) -> Option<Uri> {
        if let Some(file) = self.open.values().find(|file| file.name == name) {
            return Some(file.uri.clone());
        }
        let path = self.root.as_deref().unwrap_or(Path::new("")).join(name);
        address(&path)
    }
}

impl File {
    fn read(&mut self) {
        if self.text.len() > MAX_BYTES {
            self.document = None;
        } else if let Ok(document) = read::document(&self.name, &self.text) {
            self.document = Some(document);
        }
    }

    pub(super) fn is_json(&self) -> bool {
        self.text.trim_start().starts_with('{')
    }
}

/// The path of a file by its address.
pub(super) fn path(uri: &Uri) -> PathBuf {
    let decoded = uri.path().as_estr().decode().into_string_lossy();
    // `file:///C:/…`
    let drive = decoded
        .strip_prefix('/')
        .filter(|rest| rest.as_bytes().get(1) == Some(&b':'));
    PathBuf::from(drive.unwrap_or(&decoded))
}

/// The address of a file by its path.
fn address(path: &Path) -> Option<Uri> {
    let path = path.to_string_lossy().replace('\\', "/");
    let start = if path.starts_with('/') { "file://" } else { "file:///" };
    let letters = path.bytes().map(|byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    });
    format!("{start}{}", letters.collect::<String>()).parse().ok()
}
