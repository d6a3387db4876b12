//! From a kustomization to its objects, in the order in which kustomize works:
//! <https://github.com/kubernetes-sigs/kustomize/blob/master/api/internal/target/kusttarget.go>.

use std::collections::BTreeMap;

use super::fault::Fault;
use super::files::{self, Files};
use super::reader::{Reader, list};
use super::resource::Resource;
use super::{NAMES, Rendering, is_component};
use super::{edit, fields, generate, hash, image, label, name, patch, refer, replace, replica};
use crate::read::manifest::is_manifest;
use crate::read::{Document, Kind, Node, Span};

/// Kustomizations built on each other, or bases in one build: no more are looked at.
const MOST: usize = 1_000;

/// Bases on bases.
const DEEPEST: usize = 32;

/// Lists in lists are looked into this deep.
const MOST_LISTS: usize = 4;

/// A rendering while it is made.
pub(super) struct Build<'a> {
    reader: Reader<'a>,
    /// The folders whose kustomizations are being built.
    stack: Vec<String>,
    bases: Vec<String>,
}

impl<'a> Build<'a> {
    pub(super) fn new(files: &'a dyn Files) -> Self {
        Self {
            reader: Reader::new(files),
            stack: Vec::new(),
            bases: Vec::new(),
        }
    }

    /// The objects of the outermost kustomization, as they are applied.
    pub(super) fn outermost(&mut self, path: &str) -> Vec<Resource> {
        let mut resources = Vec::new();
        self.kustomization(path, Span::START, None, &mut resources);
        hash::append(&mut resources);
        refer::follow(&mut resources, &mut self.reader.told);
        resources.retain(|resource| !resource.is_local());
        resources
    }

    /// What was built, with what is to be told.
    pub(super) fn finish(self, resources: Vec<Resource>) -> Rendering {
        let Reader { space, told, read, .. } = self.reader;
        let fault = |draft: super::fault::Draft| {
            let (file, at) = space.place(draft.at);
            Fault {
                verdict: draft.verdict,
                file: file.to_owned(),
                at,
                message: draft.message,
                help: draft.help,
            }
        };
        let partial = told.partial;
        let faults = told.drafts.into_iter().map(fault).collect();
        let (file, text, parts) = space.into_parts();
        let sources = Document {
            file,
            text,
            root: Node {
                at: Span::START,
                kind: Kind::Null,
            },
            duplicates: Vec::new(),
            used: Vec::new(),
            parts,
        };
        let documents = resources.into_iter().map(|resource| Document {
            root: resource.document.root,
            duplicates: resource.document.duplicates,
            ..sources.clone()
        });
        Rendering {
            documents: documents.collect(),
            sources: Some(sources),
            faults,
            read,
            bases: self.bases.into_iter().collect(),
            partial,
        }
    }

    /// Builds a kustomization onto what there is; `component` says which kind somebody wants, if anybody does.
    fn kustomization(&mut self, path: &str, at: Span, component: Option<bool>, resources: &mut Vec<Resource>) {
        let folder = files::folder(path);
        let name = path.rsplit('/').next().unwrap_or(path);
        let Some(documents) = self.reader.documents(folder, name, at) else {
            return;
        };
        let Some(Document { root, .. }) = documents.first() else {
            return self
                .reader
                .told
                .refused(at, format!("`{path}` is empty"), "name resources in it");
        };
        if component.is_some_and(|wanted| wanted != is_component(root)) {
            let (message, help) = match component {
                Some(true) => (
                    "this is no component",
                    "name it under `resources`, or make it `kind: Component`",
                ),
                _ => ("this is a component", "name it under `components`"),
            };
            return self.reader.told.refused(at, message, help);
        }
        let root = &fields::canonical(root);
        fields::check(root, &mut self.reader.told);
        self.stack.push(folder.to_owned());
        self.resources(root, folder, resources);
        generate::all(&mut self.reader, root, folder, resources);
        for node in list(root, "components") {
            self.base(node, folder, true, resources);
        }
        self.stack.pop();
        clashes(resources, &mut self.reader);
        self.transform(root, folder, resources);
    }

    fn transform(&mut self, root: &Node, folder: &str, resources: &mut Vec<Resource>) {
        let reader = &mut self.reader;
        patch::strategic(reader, root, folder, resources);
        patch::all(reader, root, folder, resources);
        name::namespace(root, resources);
        name::affixes(root, resources);
        label::labels(root, resources);
        label::annotations(root, resources);
        patch::json(reader, root, folder, resources);
        replica::all(root, resources, &mut reader.told);
        image::all(root, resources, &mut reader.told);
        replace::all(reader, root, folder, resources);
        clashes(resources, reader);
    }

    fn resources(&mut self, root: &Node, folder: &str, resources: &mut Vec<Resource>) {
        for node in list(root, "resources").iter().chain(list(root, "bases")) {
            let Some(name) = node.text() else { continue };
            let path = files::join(folder, name);
            if self.reader.is_folder(&path) {
                let mut own = Vec::new();
                self.base(node, folder, false, &mut own);
                resources.append(&mut own);
            } else if is_remote(name) {
                self.elsewhere(node.at, name);
            } else if let Some(documents) = self.reader.documents(folder, name, node.at) {
                for document in documents.iter() {
                    self.objects(document, &document.root, 0, resources);
                }
            }
        }
    }

    /// The objects of a document, those of lists one by one.
    fn objects(&mut self, document: &Document, node: &Node, depth: usize, resources: &mut Vec<Resource>) {
        let is_list = node
            .get("kind")
            .and_then(Node::text)
            .is_some_and(|kind| kind.ends_with("List"));
        if let Some(items) = node
            .get("items")
            .and_then(Node::list)
            .filter(|_| is_list && depth < MOST_LISTS)
        {
            return items
                .iter()
                .for_each(|item| self.objects(document, item, depth + 1, resources));
        }
        if !is_manifest(node) {
            let help = "give it `apiVersion` and `kind`, or name the file where it belongs";
            return self
                .reader
                .told
                .refused(node.at, "this is no object of Kubernetes", help);
        }
        if self.reader.told.spend(edit::size(node), node.at) {
            resources.push(Resource::new(Document {
                root: node.clone(),
                duplicates: if depth == 0 {
                    document.duplicates.clone()
                } else {
                    Vec::new()
                },
                ..document.clone()
            }));
        }
    }

    fn elsewhere(&mut self, at: Span, name: &str) {
        let help = "what it holds is not judged here; render all of it: kubectl kustomize FOLDER | synth validate -";
        let message = format!("`{name}` is not read, as it lies elsewhere");
        self.reader.told.unread(at, message, help);
    }

    /// The kustomization of a folder that somebody names.
    fn base(&mut self, node: &Node, from: &str, component: bool, resources: &mut Vec<Resource>) {
        let Some(name) = node.text() else { return };
        let folder = files::join(from, name);
        if self.stack.contains(&folder) {
            let help = "take this one out: a kustomization cannot be built on itself";
            return self
                .reader
                .told
                .refused(node.at, format!("`{name}` leads back to this kustomization"), help);
        }
        if self.stack.len() >= DEEPEST || self.bases.len() >= MOST {
            let help = "render it first: kubectl kustomize FOLDER | synth validate -";
            return self
                .reader
                .told
                .refused(node.at, "these are more kustomizations than are built here", help);
        }
        let paths = NAMES.map(|name| files::join(&folder, name));
        let found: Vec<&String> = paths.iter().filter(|path| self.reader.bytes(path).is_some()).collect();
        match found.as_slice() {
            [path] => {
                self.bases.push((*path).clone());
                self.kustomization(path, node.at, Some(component), resources);
            }
            [] if is_remote(name) => self.elsewhere(node.at, name),
            [] => {
                let help = format!("add a {} there, or name the files of the folder one by one", NAMES[0]);
                self.reader
                    .told
                    .refused(node.at, format!("`{name}` is no folder with a kustomization"), help);
            }
            _ => self
                .reader
                .told
                .refused(node.at, format!("`{name}` has several kustomizations"), "leave one"),
        }
    }
}

/// Two objects of one name end the build.
fn clashes(resources: &mut Vec<Resource>, reader: &mut Reader<'_>) {
    let ids: Vec<_> = resources.iter().map(Resource::id).collect();
    let mut seen = BTreeMap::new();
    let mut again = Vec::new();
    for (number, id) in ids.iter().enumerate().filter(|(_, id)| !id.name.is_empty()) {
        if seen.insert(id.key(), number).is_some() {
            let help = "take one out, or patch the first in place of adding another";
            reader
                .told
                .refused(resources[number].at(), format!("{} is there twice", id.title()), help);
            again.push(number);
        }
    }
    let mut number = 0;
    resources.retain(|_| {
        number += 1;
        again.binary_search(&(number - 1)).is_err()
    });
}

/// Whether a name leads out of the machine: <https://github.com/kubernetes-sigs/kustomize/blob/master/examples/remoteBuild.md>.
fn is_remote(name: &str) -> bool {
    let host = name.split('/').next().unwrap_or(name);
    let has_host = name.contains('/') && host.contains('.') && !host.starts_with('.');
    name.contains("://") || name.contains("?ref=") || name.starts_with("git@") || name.starts_with("git::") || has_host
}
