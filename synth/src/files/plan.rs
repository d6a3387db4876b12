//! What differs between what is rendered and what lies there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Error, Files, Root, STAGE, WORKFLOWS, diff, guard, walk};

/// What a file is to what is rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Rendered and not there.
    Missing,
    /// There with another text.
    Stale,
    /// There and rendered by nothing.
    Stray,
}

/// One file that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where it is.
    pub path: PathBuf,
    /// What lies there.
    pub old: Option<Vec<u8>>,
    /// What is rendered.
    pub new: Option<String>,
}

impl Change {
    /// What the file is to what is rendered.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match (&self.old, &self.new) {
            (_, None) => Kind::Stray,
            (None, Some(_)) => Kind::Missing,
            (Some(_), Some(_)) => Kind::Stale,
        }
    }

    /// The change as `diff -u` writes it.
    #[must_use]
    pub fn diff(&self) -> String {
        diff::unified(self)
    }
}

/// Everything that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The files that differ, by path.
    pub changes: Vec<Change>,
    /// How many files are as rendered.
    pub unchanged: usize,
    /// What an interrupted write left.
    pub interrupted: Option<PathBuf>,
}

impl Plan {
    /// Whether the disk holds what is rendered and nothing else.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.changes.is_empty() && self.interrupted.is_none()
    }

    /// How many files are of a kind.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.changes.iter().filter(|change| change.kind() == kind).count()
    }
}

pub(super) fn of(root: &Root, files: &Files) -> Result<Plan, Error> {
    let mut changes = Vec::new();
    for (path, text) in files {
        let old = read(root, path)?;
        if old.as_deref() != Some(text.as_bytes()) {
            changes.push(Change {
                path: path.clone(),
                old,
                new: Some(text.clone()),
            });
        }
    }
    let unchanged = files.len() - changes.len();
    for path in strays(root, files)? {
        let old = read(root, &path)?;
        changes.push(Change { path, old, new: None });
    }
    changes.sort_by(|a, b| a.path.cmp(&b.path));
    let stage = root.out.join(STAGE);
    let interrupted = guard::folder(&stage)?.then_some(stage);
    Ok(Plan {
        changes,
        unchanged,
        interrupted,
    })
}

/// The text of a file, if there is one. No folder of ours on the way to it may be a link; above, links are the
/// machine's own affair.
fn read(root: &Root, path: &Path) -> Result<Option<Vec<u8>>, Error> {
    let ours = |folder: &&Path| folder.starts_with(&root.out) || folder.starts_with(".github");
    let mut folders: Vec<&Path> = path.ancestors().skip(1).filter(ours).collect();
    folders.reverse();
    for folder in folders {
        if !guard::folder(folder)? {
            return Ok(None);
        }
    }
    if !guard::file(path)? {
        return Ok(None);
    }
    fs::read(path).map(Some).map_err(Error::io("read", path))
}

/// The files that nothing renders.
fn strays(root: &Root, files: &Files) -> Result<BTreeSet<PathBuf>, Error> {
    let rendered = |path: &PathBuf| files.contains_key(path);
    let mut there = Vec::new();
    for folder in root.swept() {
        there.extend(walk::files(&folder)?);
    }
    let strays: BTreeSet<PathBuf> = there.iter().filter(|path| !rendered(path)).cloned().collect();
    if let Some(path) = strays.first()
        && !there.iter().any(|path| is_template(root, path))
    {
        return Err(Error::Foreign {
            out: root.out.clone(),
            path: path.clone(),
        });
    }
    let workflows = Path::new(WORKFLOWS);
    // Which of the systems rendered a workflow of the repository is not written in it.
    if !root.default || !root.only.is_empty() {
        return Ok(strays);
    }
    let marked = walk::marked(workflows)?.into_iter().filter(|path| !rendered(path));
    Ok(strays.into_iter().chain(marked).collect())
}

/// `<system>/<environment>/<stack>.template.json`: no folder but ours looks like that.
fn is_template(root: &Root, path: &Path) -> bool {
    let Ok(inside) = path.strip_prefix(&root.out) else {
        return false;
    };
    inside.components().count() == 3 && path.to_string_lossy().ends_with(".template.json")
}
