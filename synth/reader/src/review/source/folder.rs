//! Files and folders.

use std::path::{Path, PathBuf};

use super::{Error, Texts};
use crate::read::kustomize::NAMES;
use crate::read::tofu::ENDING;
use crate::read::{self, Document};
use crate::review::{manifest, tofu, workflow};

/// Where the files of a side lie that are no templates, such as those of generators.
pub(super) enum Place {
    Folder(PathBuf),
    /// A repository, and a commit of it.
    Commit(PathBuf, String),
}

/// Whether two paths are folders, or both are files.
pub(super) fn are_folders(old: &Path, new: &Path) -> Result<bool, Error> {
    if old.is_dir() != new.is_dir() {
        return Err(Error::Unlike {
            old: old.display().to_string(),
            new: new.display().to_string(),
        });
    }
    Ok(old.is_dir())
}

/// A file that is named, so that it must be a template.
pub(super) fn one(path: &Path) -> Result<Vec<Document>, Error> {
    let name = path.display().to_string();
    // `git difftool` names it where a file comes or goes.
    if name == "/dev/null" {
        return Ok(vec![read::document(&name, "{}")?]);
    }
    let (name, text) = (name.trim_start_matches("./"), text(path)?);
    if is_manifest(&text) {
        return Ok(read::documents(name, &text)?);
    }
    Ok(vec![read::document(name, &text)?])
}

/// The files below a folder that can be templates.
pub(super) fn texts(root: &Path) -> Result<Texts, Error> {
    let mut paths = Vec::new();
    walk(root, Path::new(""), &mut paths)?;
    let mut found = Texts::new();
    for path in paths {
        let text = text(&root.join(&path))?;
        let name = shown(&path);
        if may_count(&name, &text) || can_be_kustomization(&name, &text) {
            found.insert(name, text);
        }
    }
    Ok(found)
}

/// Most JSON and YAML of a repository is something else; it is not even parsed.
pub(super) fn may_count(name: &str, text: &str) -> bool {
    name.ends_with(ENDING)
        || text.contains("Resources")
        || is_manifest(text)
        || text.starts_with("jobs:")
        || text.contains("\njobs:")
}

/// Whether a file can be a kustomization.
pub(super) fn can_be_kustomization(name: &str, text: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    NAMES.contains(&file) || text.contains("kustomize.config.k8s.io/")
}

/// Whether a text says the kinds of objects and the version of the API that has them.
pub(super) fn is_manifest(text: &str) -> bool {
    let is_json = text.trim_start().starts_with('{');
    if is_json {
        return text.contains("\"apiVersion\"") && !text.contains("AWS::");
    }
    text.starts_with("apiVersion:") || text.contains("\napiVersion:")
}

pub(super) fn text(path: &Path) -> Result<String, Error> {
    let unreadable = |source| Error::Unreadable {
        path: path.display().to_string(),
        source,
    };
    let bytes = std::fs::read(path).map_err(unreadable)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A path with `/` between the steps.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The files below a folder that can be templates, sorted.
fn walk(root: &Path, below: &Path, paths: &mut Vec<PathBuf>) -> Result<(), Error> {
    let folder = root.join(below);
    let unreadable = |source| Error::Unreadable {
        path: folder.display().to_string(),
        source,
    };
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        entries.push((entry.file_name(), entry.file_type().map_err(unreadable)?));
    }
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    for (name, kind) in entries {
        let path = below.join(&name);
        let skip = ["node_modules", "target"].contains(&&*name.to_string_lossy());
        let hidden = name.to_string_lossy().starts_with('.') && name != ".github";
        // A symbolic link can lead in a circle.
        if kind.is_dir() && !skip && !hidden {
            walk(root, &path, paths)?;
        } else if kind.is_file() && can_be_template(&shown(&path)) {
            paths.push(path);
        }
    }
    Ok(())
}

pub(super) fn can_be_template(name: &str) -> bool {
    if name.rsplit('/').next() == Some("Kustomization") {
        return true;
    }
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase());
    matches!(extension.as_deref(), Some("json" | "yaml" | "yml" | "template"))
}

/// The documents, if the text is a template, a workflow or manifests; a text that cannot be read but looks like one is told.
pub(super) fn template(name: &str, text: &str, broken: &mut Vec<Error>) -> Vec<Document> {
    let read = if is_manifest(text) {
        read::documents(name, text)
    } else {
        read::document(name, text).map(|one| vec![one])
    };
    let counts = |document: &Document| {
        let others = workflow::is_one(document) || manifest::is_one(document) || tofu::is_one(document);
        is_template(document) || others
    };
    match read {
        Ok(documents) => documents.into_iter().filter(counts).collect(),
        Err(error) => {
            // What Helm fills in is no YAML yet.
            let is_chart = text.contains("{{") && !text.contains("AWS::");
            let is_ours = text.contains("AWS::")
                || name.contains(".github/workflows/")
                || is_manifest(text)
                || name.ends_with(ENDING);
            if is_ours && (!is_chart || name.contains(".github/workflows/")) {
                broken.push(error.into());
            }
            Vec::new()
        }
    }
}

fn is_template(document: &Document) -> bool {
    let resources = document.root.get("Resources").and_then(read::Node::map);
    resources.is_some_and(|resources| {
        let mut entries = resources.iter();
        entries.any(|entry| entry.key.starts_with("Fn::ForEach::") || entry.value.get("Type").is_some())
    })
}
