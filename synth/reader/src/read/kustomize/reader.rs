//! Reads what a kustomization names.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::fault::Told;
use super::files::{self, Files, Space};
use crate::read::{Document, Error, MAX_BYTES, MAX_NODES, Node, Span};

/// Reads files, and keeps what is told meanwhile.
pub(super) struct Reader<'a> {
    files: &'a dyn Files,
    pub(super) space: Space,
    pub(super) told: Told,
    pub(super) read: BTreeSet<String>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(files: &'a dyn Files) -> Self {
        Self {
            files,
            space: Space::default(),
            told: Told::new(MAX_NODES),
            read: BTreeSet::new(),
        }
    }

    pub(super) fn is_folder(&self, path: &str) -> bool {
        self.files.is_folder(path)
    }

    /// The bytes of a file, if it is there.
    pub(super) fn bytes(&mut self, path: &str) -> Option<Vec<u8>> {
        let bytes = self.files.bytes(path)?;
        self.read.insert(path.to_owned());
        Some(bytes)
    }

    /// The bytes of a file that somebody names; kustomize takes none from outside of the folder.
    pub(super) fn named(&mut self, folder: &str, name: &str, at: Span) -> Option<Vec<u8>> {
        let path = files::join(folder, name);
        let Some(bytes) = self.bytes(&path) else {
            let help = "name a file that is there, from the folder of this kustomization on";
            self.told.refused(at, format!("there is no file `{name}`"), help);
            return None;
        };
        if !files::is_below(&path, folder) {
            let help = "move the file into the folder, or make a kustomization of where it is and name that folder";
            let message = format!("kustomize reads no file from outside of its folder, such as `{name}`");
            self.told.refused(at, message, help);
        }
        (bytes.len() <= MAX_BYTES).then_some(bytes)
    }

    /// The documents of a file that somebody names.
    pub(super) fn documents(&mut self, folder: &str, name: &str, at: Span) -> Option<Rc<Vec<Document>>> {
        let bytes = self.named(folder, name, at)?;
        let Ok(text) = String::from_utf8(bytes) else {
            self.told
                .refused(at, format!("`{name}` is not UTF-8"), "save the file as UTF-8");
            return None;
        };
        match self.space.documents(&files::join(folder, name), &text) {
            Ok(documents) => Some(documents),
            Err(error) => {
                self.unreadable(&error);
                None
            }
        }
    }

    /// The documents of a text that stands in a value, such as a patch.
    pub(super) fn inside(&mut self, holder: &Node) -> Option<Vec<Document>> {
        match self.space.inside(holder) {
            Ok(documents) => Some(documents),
            Err(error) => {
                self.unreadable(&error);
                None
            }
        }
    }

    pub(super) fn unreadable(&mut self, error: &Error) {
        self.told.refused(error.at, error.message.clone(), "write it as YAML");
    }
}

/// The items of a list below a key.
pub(super) fn list<'a>(node: &'a Node, key: &str) -> &'a [Node] {
    node.get(key).and_then(Node::list).unwrap_or_default()
}

/// A text below a key, and where it stands; an empty one is none.
pub(super) fn text<'a>(node: &'a Node, key: &str) -> Option<(&'a str, Span)> {
    let node = node.get(key)?;
    node.text().filter(|text| !text.is_empty()).map(|text| (text, node.at))
}

/// Whether something is switched on.
pub(super) fn is_on(node: &Node, keys: &[&str]) -> bool {
    node.dig(keys).and_then(Node::as_bool) == Some(true)
}
