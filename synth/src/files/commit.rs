//! All changes or none: new files are staged beside the old ones, then renamed over them.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::{Before, Change, Error, Plan, Root, STAGE, guard};

/// One step of a write, told before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// The new text of a file is written beside it.
    Stage(&'a Path),
    /// A file gets its new text, or goes.
    Swap(&'a Path),
    /// What was staged is cleaned up.
    Clean,
}

/// A failed attempt to do something to a path.
type Failure = (&'static str, PathBuf, io::Error);

/// Names what was tried and where.
fn failed(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Failure {
    let path = path.to_path_buf();
    move |source| (what, path, source)
}

/// Keeps other processes out for as long as the result lives.
pub(super) fn lock(out: &Path) -> Result<File, Error> {
    fs::create_dir_all(out).map_err(Error::io("make the folder", out))?;
    let folder = File::open(out).map_err(Error::io("open", out))?;
    match folder.try_lock() {
        Ok(()) => Ok(folder),
        Err(TryLockError::WouldBlock) => Err(Error::Busy {
            path: out.to_path_buf(),
        }),
        // Some file systems have no locks; two writers at a time are then still told by `check`.
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => Ok(folder),
        Err(TryLockError::Error(error)) => Err(Error::io("lock", out)(error)),
    }
}

/// Makes the changes.
pub(super) fn run(root: &Root, plan: &Plan, before: &mut Before<'_>) -> Result<(), Error> {
    for change in &plan.changes {
        preflight(&change.path)?;
    }
    let stage = root.out.join(STAGE);
    let mut commit = Commit {
        stage: &stage,
        before,
        made: Vec::new(),
        swapped: Vec::new(),
    };
    if let Err((what, path, source)) = commit.all(plan) {
        commit.undo()?;
        return Err(Error::Io { what, path, source });
    }
    commit.clean()?;
    for change in plan.changes.iter().filter(|change| change.new.is_none()) {
        sweep(root, &change.path);
    }
    Ok(())
}

/// Refuses what the mode forbids before anything is touched: the file, and the folder that it is renamed in.
fn preflight(path: &Path) -> Result<(), Error> {
    guard::writable(path)?;
    for folder in path.ancestors().skip(1).filter(|it| *it != Path::new("")) {
        if guard::look(folder)?.is_some() {
            return guard::writable(folder);
        }
    }
    Ok(())
}

/// A write on its way.
struct Commit<'a, 'b> {
    stage: &'a Path,
    before: &'a mut Before<'b>,
    /// Folders that were not there.
    made: Vec<PathBuf>,
    /// Changes that are done, with their numbers.
    swapped: Vec<(usize, &'a Change)>,
}

impl<'a> Commit<'a, '_> {
    fn all(&mut self, plan: &'a Plan) -> Result<(), Failure> {
        clear(self.stage).map_err(failed("remove", self.stage))?;
        self.make(self.stage)?;
        for (number, change) in plan.changes.iter().enumerate() {
            if let Some(text) = &change.new {
                self.put(number, change, text)?;
            }
        }
        for (number, change) in plan.changes.iter().enumerate() {
            self.swap(number, change)?;
        }
        (self.before)(Step::Clean).map_err(failed("remove", self.stage))
    }

    /// Makes a folder and those on the way to it, and remembers which.
    fn make(&mut self, folder: &Path) -> Result<(), Failure> {
        let missing = |it: &&Path| *it != Path::new("") && !it.exists();
        let mut missing: Vec<PathBuf> = folder.ancestors().take_while(missing).map(Path::to_path_buf).collect();
        missing.reverse();
        for folder in missing {
            fs::create_dir(&folder).map_err(failed("make the folder", &folder))?;
            self.made.push(folder);
        }
        Ok(())
    }

    fn put(&mut self, number: usize, change: &Change, text: &str) -> Result<(), Failure> {
        let path = &change.path;
        let fail = || failed("write", path);
        (self.before)(Step::Stage(path)).map_err(fail())?;
        let mut file = File::create_new(self.staged(number)).map_err(fail())?;
        file.write_all(text.as_bytes()).map_err(fail())?;
        if change.old.is_some() {
            let mode = fs::metadata(path).map_err(fail())?.permissions();
            file.set_permissions(mode).map_err(fail())?;
        } else if text.starts_with("#!") {
            executable(&file).map_err(fail())?;
        }
        // A full disk may only say so when the bytes arrive.
        file.sync_data().map_err(fail())
    }

    fn swap(&mut self, number: usize, change: &'a Change) -> Result<(), Failure> {
        let path = &change.path;
        let fail = || failed("replace", path);
        (self.before)(Step::Swap(path)).map_err(fail())?;
        if change.old.is_some() {
            keep(path, &self.kept(number)).map_err(fail())?;
        } else if let Some(folder) = path.parent() {
            self.make(folder)?;
        }
        if change.new.is_some() {
            fs::rename(self.staged(number), path).map_err(fail())?;
        } else {
            fs::remove_file(path).map_err(fail())?;
        }
        self.swapped.push((number, change));
        Ok(())
    }

    /// Puts the old files back, the last one first.
    fn undo(&mut self) -> Result<(), Error> {
        while let Some((number, change)) = self.swapped.pop() {
            let path = &change.path;
            let undone = if change.old.is_some() {
                fs::rename(self.kept(number), path)
            } else {
                fs::remove_file(path)
            };
            undone.map_err(|source| Error::Torn {
                path: path.clone(),
                source,
            })?;
        }
        self.clean()?;
        while let Some(folder) = self.made.pop() {
            // It may hold what somebody else has put there meanwhile.
            let _ = fs::remove_dir(folder);
        }
        Ok(())
    }

    fn clean(&self) -> Result<(), Error> {
        clear(self.stage).map_err(|source| Error::Leftover {
            path: self.stage.to_path_buf(),
            source,
        })
    }

    fn staged(&self, number: usize) -> PathBuf {
        self.stage.join(format!("{number}.new"))
    }

    fn kept(&self, number: usize) -> PathBuf {
        self.stage.join(format!("{number}.old"))
    }
}

/// Lets whoever may read a script run it.
#[cfg(unix)]
fn executable(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    let mut mode = file.metadata()?.permissions();
    let readers = mode.mode() & 0o444;
    mode.set_mode(mode.mode() | readers >> 2);
    file.set_permissions(mode)
}

/// There is no such permission.
#[cfg(not(unix))]
fn executable(_: &File) -> io::Result<()> {
    Ok(())
}

/// Keeps a file under a second name, for which a full disk has room; a copy where there are no hard links.
fn keep(path: &Path, old: &Path) -> io::Result<()> {
    fs::hard_link(path, old).or_else(|_| fs::copy(path, old).map(|_| ()))
}

/// Removes a folder, if it is there.
fn clear(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Removes the folders that a stray leaves empty.
fn sweep(root: &Root, path: &Path) {
    let ours = |it: &&Path| it.starts_with(&root.out) && *it != root.out;
    for folder in path.ancestors().skip(1).take_while(ours) {
        // It fails for a folder that still holds something, which is the end of it.
        if fs::remove_dir(folder).is_err() {
            return;
        }
    }
}
