//! What kustomizations come to, and what is told about them.

mod bounds;
mod faults;
mod places;

use std::collections::BTreeMap;

use serde_json::Value as Json;
use synth_reader::read::Document;
use synth_reader::read::kustomize::{Files, Rendering, render};

/// Files of a test by their paths.
pub(crate) struct Texts(BTreeMap<String, Vec<u8>>);

impl Files for Texts {
    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        self.0.get(path).cloned()
    }

    fn is_folder(&self, path: &str) -> bool {
        let below = format!("{path}/");
        self.0.keys().any(|name| name.starts_with(&below))
    }
}

/// The rendering of files, of which the first is the outermost kustomization.
pub(crate) fn rendered(files: &[(&str, &str)]) -> Rendering {
    let texts = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    render(files[0].0, &Texts(texts.collect()))
}

/// The folder `shop` beside this file, and what `kubectl kustomize` 1.37 makes of its overlays: `prod.expected.yaml` is
/// `kubectl kustomize prod`.
fn shop() -> Texts {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/kustomize/shop");
    let mut texts = BTreeMap::new();
    let mut left = vec![root.clone()];
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            texts.insert(name, std::fs::read(&path).unwrap());
        }
    }
    Texts(texts)
}

/// The objects of documents, by what tells them apart.
fn objects(documents: &[Document]) -> BTreeMap<String, Json> {
    let object = |document: &Document| {
        let json = document.root.to_value();
        let part = |pointer: &str| {
            json.pointer(pointer)
                .and_then(Json::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let key = ["/apiVersion", "/kind", "/metadata/namespace", "/metadata/name"].map(part);
        (key.join(" "), json)
    };
    documents.iter().map(object).collect()
}

fn same_as_kubectl(overlay: &str) {
    let files = shop();
    let rendering = render(&format!("{overlay}/kustomization.yaml"), &files);
    assert_eq!(rendering.faults, []);
    let expected = String::from_utf8(files.0[&format!("{overlay}.expected.yaml")].clone()).unwrap();
    let (ours, theirs) = (objects(&rendering.documents), objects(&super::documents(&expected)));
    assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
    for (key, object) in theirs {
        pretty_assert(&key, &ours[&key], &object);
    }
}

fn pretty_assert(key: &str, ours: &Json, theirs: &Json) {
    // Maps are equal in any order.
    assert!(ours == theirs, "{key}\nours: {ours:#}\nkubectl: {theirs:#}");
}

#[test]
fn generators_lists_and_names_come_to_what_kubectl_makes() {
    same_as_kubectl("base");
}

#[test]
fn prefix_labels_images_and_replicas_come_to_what_kubectl_makes() {
    same_as_kubectl("dev");
}

#[test]
fn a_component_merged_generators_and_directives_of_lists_come_to_what_kubectl_makes() {
    same_as_kubectl("stage");
}

#[test]
fn patches_by_target_and_replacements_come_to_what_kubectl_makes() {
    same_as_kubectl("prod");
}
