//! Rendered texts and the disk: what would change, and the change, all of it or nothing.
//!
//! [`Root::plan`] only reads. [`Root::write`] first puts every new file beside the old ones, into a folder of its
//! own, and then renames them into place. If that fails half-way it puts the old files back. If the process is killed
//! half-way, that folder stays: [`Plan::interrupted`] tells of it, and the next write finishes the work, because what
//! is rendered does not depend on what lies there.

mod commit;
mod diff;
mod error;
mod guard;
mod mark;
mod plan;
mod walk;

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

pub use commit::Step;
pub use error::Error;
pub use plan::{Change, Kind, Plan};

/// The folder of `out` that holds new files until all of them are written.
pub(crate) const STAGE: &str = ".synth-unfinished";

/// Where the workflows of a repository are.
const WORKFLOWS: &str = ".github/workflows";

/// A folder of rendered files, and with it the workflows of the repository around it.
#[derive(Debug, Clone)]
pub struct Root {
    out: PathBuf,
    /// The repository whose workflows are among the files; without one they stand in the folder of their system.
    repository: Option<PathBuf>,
    /// The systems that are rendered; none: all of them.
    only: Vec<String>,
    /// Files and folders of somebody else's that may be overwritten.
    adopted: Vec<PathBuf>,
}

impl Root {
    /// The folder `out` of the current folder, beside which the repository's own workflows stand.
    #[must_use]
    pub fn repository() -> Self {
        Self::repository_at(Path::new(""))
    }

    /// The folder `out` of a repository, beside which its own workflows stand.
    #[must_use]
    pub fn repository_at(folder: &Path) -> Self {
        Self {
            out: folder.join("out"),
            repository: Some(folder.to_path_buf()),
            only: Vec::new(),
            adopted: Vec::new(),
        }
    }

    /// Another folder: everything is inside of it.
    #[must_use]
    pub fn elsewhere(out: &Path) -> Self {
        Self {
            out: out.to_path_buf(),
            repository: None,
            only: Vec::new(),
            adopted: Vec::new(),
        }
    }

    /// Only the files of some systems; those of the others are left alone.
    #[must_use]
    pub fn only(self, systems: &[String]) -> Self {
        Self {
            only: systems.to_vec(),
            ..self
        }
    }

    /// Takes files over that synth did not render, or all of a folder.
    #[must_use]
    pub fn adopting(self, paths: &[PathBuf]) -> Self {
        Self {
            adopted: paths.to_vec(),
            ..self
        }
    }

    /// Where the rendered files are on the disk, for the files of a system by their paths in the repository.
    ///
    /// # Errors
    ///
    /// [`Error::Outside`] for a path that is not below `out/` or `.github/workflows/`.
    pub fn place(&self, system: &str, files: BTreeMap<String, String>) -> Result<Files, Error> {
        let place = |(path, text): (String, String)| Ok((self.placed(system, &path)?, text));
        files.into_iter().map(place).collect()
    }

    fn placed(&self, system: &str, path: &str) -> Result<PathBuf, Error> {
        let relative = Path::new(path);
        let plain = relative.components().all(|part| matches!(part, Component::Normal(_)));
        if plain && let Ok(rest) = relative.strip_prefix("out") {
            return Ok(self.out.join(rest));
        }
        if plain && relative.starts_with(WORKFLOWS) {
            return Ok(match &self.repository {
                Some(folder) => folder.join(relative),
                None => self.out.join(system).join(relative),
            });
        }
        Err(Error::Outside {
            path: relative.to_path_buf(),
        })
    }

    /// Whether a folder of rendered files carries the mark of those that synth rendered.
    #[must_use]
    pub fn has_mark(folder: &Path) -> bool {
        mark::has_mark(folder).unwrap_or(false)
    }

    /// The folders in which a file that nothing renders is a stray.
    fn swept(&self) -> Vec<PathBuf> {
        if self.only.is_empty() {
            return vec![self.out.clone()];
        }
        self.only.iter().map(|system| self.out.join(system)).collect()
    }

    /// What differs between the files and the disk.
    ///
    /// # Errors
    ///
    /// [`Error`] if something cannot be read, or stands where a file must be and is none.
    pub fn plan(&self, files: &Files) -> Result<Plan, Error> {
        plan::of(self, files)
    }

    /// Makes the disk hold the files, and tells what was different.
    ///
    /// # Errors
    ///
    /// [`Error`] if something cannot be read or written, or if synth did not render what would be overwritten; the disk
    /// then holds what it held before.
    pub fn write(&self, files: &Files) -> Result<Plan, Error> {
        self.write_in_steps(files, &mut |_| Ok(()))
    }

    /// [`Root::write`], which asks before every step that changes the disk: an error makes it fail there, as a full
    /// disk would.
    ///
    /// # Errors
    ///
    /// As [`Root::write`].
    #[doc(hidden)]
    pub fn write_in_steps(&self, files: &Files, before: &mut Before<'_>) -> Result<Plan, Error> {
        // Nothing is made on a disk that cannot take everything.
        let plan = self.plan(files)?;
        if plan.is_clean() {
            return Ok(plan);
        }
        plan.refuse_foreign()?;
        let _lock = commit::lock(&self.out)?;
        // Another process may have written between the look and the lock.
        let plan = self.plan(files)?;
        plan.refuse_foreign()?;
        commit::run(self, &plan, before)?;
        Ok(plan)
    }
}

/// Texts by their paths on the disk.
pub type Files = BTreeMap<PathBuf, String>;

/// Asked before each step of a write.
pub type Before<'a> = dyn FnMut(Step<'_>) -> std::io::Result<()> + 'a;
