//! Kustomizations of a side: what each makes is compared, in place of what it is made of.

use std::collections::BTreeSet;

use super::folder::{Place, can_be_kustomization};
use super::git;
use super::{Error, Texts};
use crate::read::kustomize::{self, Files, Verdict};
use crate::read::{self, Document, MAX_BYTES};

/// The files of a side.
struct Sources<'a> {
    texts: &'a Texts,
    place: &'a Place,
}

impl Files for Sources<'_> {
    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        if let Some(text) = self.texts.get(path) {
            return Some(text.as_bytes().to_vec());
        }
        match self.place {
            Place::Folder(root) => {
                let path = root.join(path);
                let is_file = std::fs::metadata(&path).is_ok_and(|it| it.is_file() && it.len() <= MAX_BYTES as u64);
                is_file.then(|| std::fs::read(path).ok()).flatten()
            }
            Place::Commit(root, commit) => git::file(root, commit, path),
        }
    }

    fn is_folder(&self, path: &str) -> bool {
        let below = format!("{path}/");
        let known = self
            .texts
            .range(below.clone()..)
            .next()
            .is_some_and(|(name, _)| name.starts_with(&below));
        known || matches!(self.place, Place::Folder(root) if root.join(path).is_dir())
    }
}

/// Takes kustomizations and what they read out of the texts of a side; what those make that no other is built on.
pub(super) fn take(texts: &mut Texts, place: &Place, broken: &mut Vec<Error>) -> Vec<Document> {
    let (found, components) = kustomizations(texts);
    let sources = Sources { texts, place };
    let renderings: Vec<_> = found.iter().map(|name| kustomize::render(name, &sources)).collect();
    let bases: BTreeSet<String> = renderings
        .iter()
        .flat_map(|rendering| rendering.bases.clone())
        .collect();
    let mut documents = Vec::new();
    for (name, rendering) in found.iter().zip(renderings) {
        for path in &rendering.read {
            texts.remove(path);
        }
        if bases.contains(name) {
            continue;
        }
        documents.extend(rendering.documents);
        let refused = rendering
            .faults
            .into_iter()
            .filter(|fault| fault.verdict == Verdict::Refused);
        broken.extend(refused.map(|fault| {
            Error::from(read::Error {
                file: fault.file,
                at: fault.at,
                message: fault.message,
            })
        }));
    }
    for name in components {
        texts.remove(&name);
    }
    documents
}

/// The names of the kustomizations of a side, and of its components.
fn kustomizations(texts: &Texts) -> (Vec<String>, Vec<String>) {
    let (mut found, mut components) = (Vec::new(), Vec::new());
    for (name, text) in texts.iter().filter(|(name, text)| can_be_kustomization(name, text)) {
        let documents = read::documents(name, text).unwrap_or_default();
        match documents.first().filter(|first| kustomize::is_one(name, &first.root)) {
            Some(first) if kustomize::is_component(&first.root) => components.push(name.clone()),
            Some(_) => found.push(name.clone()),
            None => {}
        }
    }
    (found, components)
}
