//! The two sides of a review: files, folders, or revisions of git.
//!
//! This is the edge of the review; everything else in it is pure. `git` is run with fixed arguments and without a
//! shell; what a user gives as a revision cannot be taken for an option.

mod folder;
mod git;

use std::path::{Path, PathBuf};

use crate::read::{self, Document};

/// What to compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sides {
    /// Two files or two folders.
    Paths {
        /// Before.
        old: PathBuf,
        /// After.
        new: PathBuf,
    },
    /// Two revisions of a git repository, or a revision and what lies in its folder.
    Revisions {
        /// Before; the merge base with the default branch if it is not given.
        old: Option<String>,
        /// After; the working tree if it is not given.
        new: Option<String>,
    },
}

/// The two sides as they were read.
#[derive(Debug)]
pub struct Loaded {
    /// Before.
    pub old: Vec<Document>,
    /// After.
    pub new: Vec<Document>,
    /// What could not be read as a template though its name or place says that it is one.
    pub broken: Vec<Error>,
}

/// Why a side could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A text that is not a template.
    #[error(transparent)]
    Text(#[from] read::Error),
    /// A file on one side and a folder on the other.
    #[error("{old} and {new} are not both files or both folders; give two of a kind")]
    Unlike {
        /// Before.
        old: String,
        /// After.
        new: String,
    },
    /// A revision that git could take for something else.
    #[error("`{revision}` is not a revision; give a branch, a tag or a commit")]
    Revision {
        /// What was given.
        revision: String,
    },
    /// git said no, or is not there.
    #[error("`git {arguments}` failed: {said}")]
    Git {
        /// What was asked.
        arguments: String,
        /// What it said.
        said: String,
    },
    /// There is no default branch to compare with.
    #[error(
        "no default branch found (looked for origin/HEAD, origin/main, main, origin/master, master); name the revision to compare with"
    )]
    NoDefaultBranch,
}

impl Sides {
    /// What one or two arguments of a command line mean: `OLD NEW`, `A..B`, `A...B`, `A`, or nothing.
    ///
    /// Two arguments that exist as paths are paths; anything else is a revision.
    ///
    /// # Errors
    ///
    /// If a revision could be taken for an option of git.
    pub fn parse(first: Option<&str>, second: Option<&str>) -> Result<Self, Error> {
        let sides = match (first, second) {
            (Some(old), Some(new)) if Path::new(old).exists() && Path::new(new).exists() => {
                return Ok(Self::Paths {
                    old: old.into(),
                    new: new.into(),
                });
            }
            (Some(old), Some(new)) => (Some(old), Some(new)),
            (Some(range), None) => match range.split_once("..") {
                Some((old, new)) => {
                    let (old, new) = (old, new.trim_start_matches('.'));
                    (
                        Some(old).filter(|old| !old.is_empty()),
                        Some(new).filter(|new| !new.is_empty()),
                    )
                }
                None => (Some(range), None),
            },
            (None, _) => (None, None),
        };
        let revision = |text: Option<&str>| text.map(revision).transpose();
        Ok(Self::Revisions {
            old: revision(sides.0)?,
            new: revision(sides.1)?,
        })
    }
}

/// A revision that git cannot take for an option, a path or a range.
fn revision(text: &str) -> Result<String, Error> {
    let fine = |c: char| c.is_ascii_alphanumeric() || "._-/@{}^~+".contains(c);
    if text.starts_with('-') || text.is_empty() || text.contains("..") || !text.chars().all(fine) {
        return Err(Error::Revision {
            revision: text.to_owned(),
        });
    }
    Ok(text.to_owned())
}

/// Reads both sides; `folder` is where relative paths and the git repository are.
///
/// A folder or a revision gives every file that is a template: JSON or YAML with a map `Resources` of typed entries.
///
/// # Errors
///
/// If a path cannot be read, a named file is no template, or git fails.
pub fn load(sides: &Sides, folder: &Path) -> Result<Loaded, Error> {
    let mut broken = Vec::new();
    let (old, new) = match sides {
        Sides::Paths { old, new } => folder::paths(&folder.join(old), &folder.join(new), &mut broken)?,
        Sides::Revisions { old, new } => git::revisions(folder, old.as_deref(), new.as_deref(), &mut broken)?,
    };
    Ok(Loaded { old, new, broken })
}

type Both = (Vec<Document>, Vec<Document>);
