//! `synth.toml`: how a repository wants its files to be judged.
//!
//! The nearest one counts, from the working folder upwards to the root of the repository; settings are not merged with
//! those of another. Paths in it are from the folder that it is in.

mod read;
pub(super) mod schema;

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf, absolute};

use super::args::ValidateArgs;
use super::{Error, root};

/// How the file is called.
const NAME: &str = "synth.toml";

/// What a file of settings says; nothing if there is none.
#[derive(Debug, Default)]
pub(super) struct Config {
    /// The folder of the file.
    pub(super) folder: PathBuf,
    pub(super) rules: Rules,
    pub(super) regions: Vec<Word>,
    pub(super) kubernetes: Option<Word>,
    pub(super) schemas: Vec<Word>,
    pub(super) baseline: Option<Word>,
    /// Other rules for some of the files.
    pub(super) paths: Vec<ByPath>,
}

/// What is asked of rules, by name.
#[derive(Debug, Default)]
pub(super) struct Rules {
    pub(super) allow: Vec<Word>,
    pub(super) deny: Vec<Word>,
}

/// What is asked of rules in some files.
#[derive(Debug, Default)]
pub(super) struct ByPath {
    pub(super) files: Vec<Word>,
    pub(super) rules: Rules,
}

/// A text of the file, and where it stands: `synth.toml:3:8`.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) place: String,
}

impl Word {
    /// An error about it.
    pub(super) fn wrong(&self, why: &dyn std::fmt::Display) -> Error {
        Error::Usage(format!("{}: {why}", self.place))
    }
}

impl Config {
    /// The settings of the file that is asked for, or of the nearest one.
    pub(super) fn of(args: &ValidateArgs) -> Result<Self, Error> {
        match (&args.config, args.no_config) {
            (Some(file), _) => Self::read(file),
            (None, true) => Ok(Self::default()),
            (None, false) => nearest().map_or_else(|| Ok(Self::default()), |file| Self::read(&file)),
        }
    }

    fn read(file: &Path) -> Result<Self, Error> {
        let cannot = |error: &dyn std::fmt::Display| {
            let help = "name another with --config, or leave it out with --no-config";
            Error::Usage(format!("cannot read the settings {}: {error}; {help}", file.display()))
        };
        let text = fs::read_to_string(file).map_err(|error| cannot(&error))?;
        let whole = whole(file).map_err(|error| cannot(&error))?;
        let config = read::config(&file.display().to_string(), &text)?;
        Ok(Self {
            folder: whole.parent().unwrap_or(Path::new("/")).to_path_buf(),
            ..config
        })
    }
}

/// The nearest file of settings.
fn nearest() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let mut files = root::above(&here).map(|(_, way)| way.join(NAME));
    files.find(|file| file.is_file())
}

/// A path from the root of the disk, without steps up.
pub(super) fn whole(path: &Path) -> io::Result<PathBuf> {
    let mut plain = PathBuf::new();
    for part in absolute(path)?.components() {
        if part == Component::ParentDir {
            plain.pop();
        } else {
            plain.push(part);
        }
    }
    Ok(plain)
}
