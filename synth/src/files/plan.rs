//! What differs between what is rendered and what lies there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Error, Files, Root, STAGE, WORKFLOWS, diff, guard, mark, walk};

/// What `OpenTofu` keeps beside a module, of which providers it takes.
const LOCK: &str = ".terraform.lock.hcl";

/// What a file is to what is rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Rendered and not there.
    Missing,
    /// There with another text.
    Stale,
    /// There and rendered by nothing.
    Stray,
    /// There with another text, or rendered by nothing, and synth did not write it.
    Foreign,
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
    /// Whether what lies there is synth's to overwrite.
    pub ours: bool,
}

impl Change {
    /// What the file is to what is rendered.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match (&self.old, &self.new) {
            (Some(_), _) if !self.ours => Kind::Foreign,
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

    /// Refuses what would overwrite or remove a file that synth did not render.
    pub(super) fn refuse_foreign(&self) -> Result<(), Error> {
        let foreign = self.changes.iter().filter(|change| change.kind() == Kind::Foreign);
        let (taken, strays): (Vec<&Change>, Vec<&Change>) = foreign.partition(|change| change.new.is_some());
        let paths = |changes: Vec<&Change>| {
            changes
                .into_iter()
                .map(|change| change.path.clone())
                .collect::<Vec<_>>()
        };
        if !taken.is_empty() {
            return Err(Error::Taken { paths: paths(taken) });
        }
        if !strays.is_empty() {
            return Err(Error::Foreign { paths: paths(strays) });
        }
        Ok(())
    }

    /// How many files are of a kind.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.changes.iter().filter(|change| change.kind() == kind).count()
    }
}

pub(super) fn of(root: &Root, files: &Files) -> Result<Plan, Error> {
    let stage = root.out.join(STAGE);
    let interrupted = guard::folder(&stage)?.then_some(stage);
    let finishing = interrupted.is_some();
    let mut changes = Vec::new();
    for (path, text) in files {
        let old = read(root, path)?;
        if !is_as_rendered(path, old.as_deref(), text) {
            changes.push(change((root, finishing), path, old, Some(text))?);
        }
    }
    let unchanged = files.len() - changes.len();
    for path in strays(root, files)? {
        let old = read(root, &path)?;
        changes.push(change((root, finishing), &path, old, None)?);
    }
    changes.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Plan {
        changes,
        unchanged,
        interrupted,
    })
}

/// Whether a file holds what is rendered. A lock file may say more: `tofu init` adds the sums of the provider's files, which
/// nobody knows before, and they are to be committed.
fn is_as_rendered(path: &Path, old: Option<&[u8]>, text: &str) -> bool {
    if old == Some(text.as_bytes()) {
        return true;
    }
    let is_lock = path.file_name().is_some_and(|name| name == LOCK);
    let old = old.filter(|_| is_lock).and_then(|old| std::str::from_utf8(old).ok());
    old.is_some_and(|old| text.lines().all(|line| old.lines().any(|other| other == line)))
}

/// A file that differs, and whose it is. Where a write was interrupted, only synth can have begun it.
fn change(
    (root, finishing): (&Root, bool),
    path: &Path,
    old: Option<Vec<u8>>,
    new: Option<&String>,
) -> Result<Change, Error> {
    let given = root.adopted.iter().any(|given| path.starts_with(given));
    let adopted = new.is_some() && given || finishing && path.starts_with(&root.out);
    let ours = match &old {
        Some(old) if !adopted => mark::is_ours(root, path, old, new.map(String::as_str))?,
        _ => true,
    };
    Ok(Change {
        path: path.to_path_buf(),
        old,
        new: new.cloned(),
        ours,
    })
}

/// The text of a file, if there is one. No folder of ours on the way to it may be a link; above, links are the
/// machine's own affair.
fn read(root: &Root, path: &Path) -> Result<Option<Vec<u8>>, Error> {
    let github = root.repository.as_ref().map(|folder| folder.join(".github"));
    let ours = |folder: &&Path| {
        folder.starts_with(&root.out) || github.as_ref().is_some_and(|github| folder.starts_with(github))
    };
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
    // Which of the systems rendered a workflow of the repository is not written in it.
    let Some(folder) = root.repository.as_ref().filter(|_| root.only.is_empty()) else {
        return Ok(strays);
    };
    let marked = mark::bearers(&folder.join(WORKFLOWS))?
        .into_iter()
        .filter(|path| !rendered(path));
    Ok(strays.into_iter().chain(marked).collect())
}
