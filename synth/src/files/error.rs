//! Why rendered files cannot be compared or written.

use std::io;
use std::path::PathBuf;

/// What stands in the way, a line each.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The system refused.
    #[error("cannot {what} `{path}`: {source}; nothing was changed", path = path.display())]
    Io {
        /// What was tried: `read`, `write`, …
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Writing failed, and so did putting the old files back.
    #[error("cannot write `{path}`: {source}; the old files could not all be put back: run `synth check`", path = path.display())]
    Torn {
        /// The file that could not be put back.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Everything is in place, but the folder that it came from is not gone.
    #[error("cannot remove `{path}`: {source}; all files are written: remove it by hand", path = path.display())]
    Leftover {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A link: what it points to could be anywhere.
    #[error("`{path}` is a symbolic link to `{to}`: links are neither followed nor replaced; remove it", path = path.display(), to = to.display())]
    Link {
        /// The link.
        path: PathBuf,
        /// Where it leads.
        to: PathBuf,
    },
    /// A file where a folder must be.
    #[error("`{path}` is not a folder; move it away or give another --out", path = path.display())]
    NotAFolder {
        /// The path.
        path: PathBuf,
    },
    /// A folder, a pipe or a device where a file must be.
    #[error("`{path}` is not a regular file; move it away", path = path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// Somebody took the right to write away.
    #[error("`{path}` is read-only; allow writing (chmod u+w) or give another --out; nothing was changed", path = path.display())]
    ReadOnly {
        /// The path.
        path: PathBuf,
    },
    /// Somebody else's files where rendered ones must go.
    #[error(
        "synth did not render {}; move away what you want to keep, and let synth take over what it may overwrite with {}; nothing was changed",
        names(paths),
        adopt(paths)
    )]
    Taken {
        /// The files.
        paths: Vec<PathBuf>,
    },
    /// Somebody else's files in a folder that holds rendered ones and nothing else, which would be removed as strays.
    #[error(
        "synth did not render {}, where only rendered files may be; move away what is not synth's, or give an empty folder or one of synth's with --out; nothing was changed",
        names(paths)
    )]
    Foreign {
        /// The files.
        paths: Vec<PathBuf>,
    },
    /// Two at a time would undo each other's work.
    #[error("another synth is writing to `{path}`; wait for it and run again", path = path.display())]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// A renderer made up a path.
    #[error("`{path}` would be outside of `out/` and `.github/workflows/`; nothing was changed", path = path.display())]
    Outside {
        /// The path.
        path: PathBuf,
    },
}

fn names(paths: &[PathBuf]) -> String {
    let names = paths.iter().map(|path| format!("`{}`", path.display()));
    names.collect::<Vec<_>>().join(", ")
}

fn adopt(paths: &[PathBuf]) -> String {
    let options = paths.iter().map(|path| format!("--adopt {}", path.display()));
    format!("`{}`", options.collect::<Vec<_>>().join(" "))
}

impl Error {
    /// Names what was tried and where.
    pub(super) fn io(what: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { what, path, source }
    }
}
