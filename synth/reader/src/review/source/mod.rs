//! The two sides of a review: files, folders, or revisions of git.
//!
//! This is the edge of the review; everything else in it is pure. `git` is run with fixed arguments and without a
//! shell; what a user gives as a revision cannot be taken for an option.

mod folder;
mod git;
mod kustomized;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Side;
use crate::read::{self, Document};
use folder::Place;

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
        /// Whether the old side is where the two histories part, as `A...B` says.
        since_fork: bool,
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
    /// Two histories without a common commit.
    #[error(
        "there is no common commit with {other}; fetch the whole history (`git fetch --unshallow`), or name two revisions as `A..B`"
    )]
    NoMergeBase {
        /// With which.
        other: String,
    },
    /// A name of a file that is not there.
    #[error("there is no file {path}, nor is it a revision; give two files, two folders, or revisions of git")]
    Missing {
        /// Which.
        path: String,
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
            (Some(old), Some(new)) => {
                for (one, other) in [(old, new), (new, old)] {
                    if Path::new(one).is_file() && !Path::new(other).exists() {
                        return Err(Error::Missing { path: other.to_owned() });
                    }
                }
                (Some(old), Some(new))
            }
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
            since_fork: second.is_none() && first.is_some_and(|range| range.contains("...")),
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
/// A folder or a revision gives every file that is a template (JSON or YAML with a map `Resources` of typed entries), a
/// workflow (YAML with `on` and `jobs`) or holds manifests (documents with `apiVersion` and `kind`).
///
/// # Errors
///
/// If a path cannot be read, a named file is no template, or git fails.
pub fn load(sides: &Sides, folder: &Path) -> Result<Loaded, Error> {
    let (mut old, mut new) = (Vec::new(), Vec::new());
    let broken = read_each(sides, folder, None, &mut |end, document| match end {
        End::Old => old.push(document),
        End::New => new.push(document),
    })?;
    Ok(Loaded { old, new, broken })
}

/// Reads both sides in the form in which they are compared, one template at a time, and tells what could not be read.
///
/// Files that are the same on both sides are left out where nothing that changes can reach them.
///
/// # Errors
///
/// As [`load`].
pub fn sides(sides: &Sides, folder: &Path) -> Result<(Side, Side, Vec<Error>), Error> {
    let (mut old, mut new) = (Side::default(), Side::default());
    let mut left_out = false;
    let broken = read_each(sides, folder, Some(&mut left_out), &mut |end, document| match end {
        End::Old => old.push(&document),
        End::New => new.push(&document),
    })?;
    old.left_out = left_out;
    Ok((old, new, broken))
}

/// Which side.
#[derive(Clone, Copy)]
enum End {
    Old,
    New,
}

/// The texts of files by their names.
type Texts = BTreeMap<String, String>;

fn read_each(
    sides: &Sides,
    folder: &Path,
    left_out: Option<&mut bool>,
    take: &mut dyn FnMut(End, Document),
) -> Result<Vec<Error>, Error> {
    let Some([(mut old, before), (mut new, after)]) = both(sides, folder, take)? else {
        return Ok(Vec::new());
    };
    let mut broken = Vec::new();
    let made = [
        kustomized::take(&mut old, &before, &mut broken),
        kustomized::take(&mut new, &after, &mut broken),
    ];
    if let Some(left_out) = left_out {
        let objects = made.iter().any(|documents| !documents.is_empty());
        *left_out = leave_out(&mut old, &mut new, objects);
    }
    for (end, documents) in [End::Old, End::New].into_iter().zip(made) {
        for document in documents {
            take(end, document);
        }
    }
    for (end, texts) in [(End::Old, old), (End::New, new)] {
        for (name, text) in texts {
            let documents = folder::template(&name, &text, &mut broken);
            for document in documents {
                take(end, document);
            }
        }
    }
    Ok(broken)
}

/// The files of both sides; nothing where two files were named, which are taken as they are.
fn both(
    sides: &Sides,
    folder: &Path,
    take: &mut dyn FnMut(End, Document),
) -> Result<Option<[(Texts, Place); 2]>, Error> {
    let (old, new) = match sides {
        Sides::Paths { old, new } => (folder.join(old), folder.join(new)),
        Sides::Revisions { old, new, since_fork } => {
            return git::revisions(folder, old.as_deref(), new.as_deref(), *since_fork).map(Some);
        }
    };
    if folder::are_folders(&old, &new)? {
        let both = [
            (folder::texts(&old)?, Place::Folder(old)),
            (folder::texts(&new)?, Place::Folder(new)),
        ];
        return Ok(Some(both));
    }
    for (end, path) in [(End::Old, old), (End::New, new)] {
        for document in folder::one(&path)? {
            take(end, document);
        }
    }
    Ok(None)
}

/// Whether a manifest changes: then all count, because of what one means to another.
fn changes_objects(old: &Texts, new: &Texts) -> bool {
    let differs = |one: &Texts, other: &Texts| {
        let mut texts = one.iter();
        texts.any(|(name, text)| folder::is_manifest(text) && other.get(name) != Some(text))
    };
    differs(old, new) || differs(new, old)
}

/// Leaves out what is the same on both sides, unless exports, imports or nested stacks lead from what changes to it;
/// whether something was left out.
fn leave_out(old: &mut Texts, new: &mut Texts, objects: bool) -> bool {
    let nested = |texts: &Texts| texts.values().any(|text| text.contains("CloudFormation::Stack"));
    if nested(old) || nested(new) {
        return false;
    }
    let before = old.len();
    let objects = objects || changes_objects(old, new);
    old.retain(|name, text| {
        let linked = || {
            let words = ["Export", "ImportValue"];
            words.iter().any(|word| text.contains(word)) || (objects && folder::is_manifest(text))
        };
        let same = new.get(name) == Some(text) && !linked();
        if same {
            new.remove(name);
        }
        !same
    });
    old.len() < before
}
