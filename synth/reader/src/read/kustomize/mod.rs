//! Kustomizations, built without kustomize: what they make of files that lie beside them.
//!
//! ```ignore
//! let rendering = kustomize::render("overlays/prod/kustomization.yaml", &files);
//! rendering.documents       // the objects, each value with the file and line where somebody wrote it
//! rendering.faults          // what kustomize refuses, what does nothing, and what was not read
//! ```
//!
//! A kustomization is built as `kubectl kustomize` builds it, plugins, charts and what lies elsewhere on the network
//! left out: <https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/>. Files come from whoever calls,
//! so that they can lie on a disk, in a revision or in a test.

mod build;
mod edit;
mod fault;
mod field;
mod fields;
mod files;
mod generate;
mod hash;
mod id;
mod image;
mod json_patch;
mod label;
mod merge;
mod name;
mod patch;
mod reader;
mod refer;
mod replace;
mod replica;
mod resource;
mod select;

pub use fault::{Fault, Verdict};
pub use files::Files;

use std::collections::BTreeSet;

use super::{Document, Node};
use build::Build;

/// The names that kustomize looks for in a folder: <https://kubectl.docs.kubernetes.io/references/kustomize/glossary/#kustomization>.
pub const NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// What a kustomization comes to.
#[derive(Debug, Default)]
pub struct Rendering {
    /// The objects, one a document.
    pub documents: Vec<Document>,
    /// Nothing, with the texts of all files, to quote from.
    pub sources: Option<Document>,
    /// What is to be told about the kustomization itself and those that it is built from.
    pub faults: Vec<Fault>,
    /// The files that were read, by their paths.
    pub read: BTreeSet<String>,
    /// The kustomizations among them, beside the outermost.
    pub bases: BTreeSet<String>,
    /// Whether something is missing, so that an object which is not here may be there.
    pub partial: bool,
}

/// What a kustomization file makes, and what is wrong with it.
#[must_use]
pub fn render(path: &str, files: &dyn Files) -> Rendering {
    let mut build = Build::new(files);
    let resources = build.outermost(path);
    build.finish(resources)
}

/// A path as renderings name files: with `/`, and without steps that lead nowhere.
#[must_use]
pub fn path(name: &str) -> String {
    files::join("", &name.replace('\\', "/"))
}

/// Whether a file is a kustomization, by its name or by its kind.
#[must_use]
pub fn is_one(path: &str, root: &Node) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let text = |key: &str| root.get(key).and_then(Node::text);
    let api = text("apiVersion").is_some_and(|api| api.starts_with("kustomize.config.k8s.io/"));
    let kind = matches!(text("kind"), Some("Kustomization" | "Component"));
    (api && kind) || (NAMES.contains(&name) && (text("kind").is_none() || (kind && text("apiVersion").is_none())))
}

/// Whether it only adds to others, so that it makes nothing by itself.
#[must_use]
pub fn is_component(root: &Node) -> bool {
    root.get("kind").and_then(Node::text) == Some("Component")
}
