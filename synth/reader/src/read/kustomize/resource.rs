//! An object while it is put together.

use super::edit;
use super::id::Id;
use crate::read::{Document, Node, Span};

/// An object while it is put together.
#[derive(Debug, Clone)]
pub(super) struct Resource {
    /// Its tree, whose spans are those of the whole rendering.
    pub(super) document: Document,
    /// What it was before it was renamed, the first name first.
    pub(super) before: Vec<Id>,
    /// What was put before its name, and behind it.
    pub(super) affixes: (Vec<String>, Vec<String>),
    /// Whether its name ends with a hash of its content.
    pub(super) hashed: bool,
}

impl Resource {
    pub(super) fn new(document: Document) -> Self {
        let hashed = annotation(&document.root, "kustomize.config.k8s.io/needs-hash") == Some("true");
        Self {
            document,
            before: Vec::new(),
            affixes: (Vec::new(), Vec::new()),
            hashed,
        }
    }

    pub(super) fn root(&self) -> &Node {
        &self.document.root
    }

    pub(super) fn root_mut(&mut self) -> &mut Node {
        &mut self.document.root
    }

    pub(super) fn id(&self) -> Id {
        Id::of(self.root())
    }

    /// What it was at first.
    pub(super) fn origin(&self) -> Id {
        self.before.first().cloned().unwrap_or_else(|| self.id())
    }

    /// Everything that it was and is.
    pub(super) fn ids(&self) -> Vec<Id> {
        let mut all = self.before.clone();
        all.push(self.id());
        all
    }

    /// Keeps what it is, as something changes that.
    pub(super) fn remember(&mut self) {
        let id = self.id();
        if self.before.last() != Some(&id) {
            self.before.push(id);
        }
    }

    /// Names it anew; who named the old name is told later.
    pub(super) fn rename(&mut self, name: String) {
        self.remember();
        if let Some(node) = edit::get_mut(self.root_mut(), "metadata").and_then(|node| edit::get_mut(node, "name")) {
            node.kind = crate::read::Kind::Text(name);
        }
    }

    /// Where to point at it.
    pub(super) fn at(&self) -> Span {
        self.root().dig(&["metadata", "name"]).unwrap_or(self.root()).at
    }

    /// Whether it is only for those who build.
    pub(super) fn is_local(&self) -> bool {
        annotation(self.root(), "config.kubernetes.io/local-config").is_some_and(|text| text != "false")
    }
}

fn annotation<'a>(root: &'a Node, key: &str) -> Option<&'a str> {
    root.dig(&["metadata", "annotations"])?.get(key)?.text()
}
