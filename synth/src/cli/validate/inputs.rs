//! From arguments to files.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::read::MAX_BYTES;
use crate::read::kustomize::NAMES;

/// Something to judge.
pub(super) struct Input {
    /// What to call it.
    pub(super) name: String,
    /// Whether the user named it; what was only found in a folder may be something else than a template.
    pub(super) named: bool,
    pub(super) source: Source,
}

/// Where the text of an input is.
pub(super) enum Source {
    File(PathBuf),
    Text(String),
    /// There is none.
    Missing(String),
}

impl Input {
    /// A text that nobody has to write to the disk.
    pub(super) fn written(name: &str, text: &str, named: bool) -> Self {
        Self {
            name: name.to_owned(),
            named,
            source: Source::Text(text.to_owned()),
        }
    }

    /// The text. No more is read than a template can have.
    pub(super) fn text(&self) -> Result<String, NoText> {
        match &self.source {
            Source::File(path) => File::open(path).map_err(|error| cannot(&error)).and_then(text),
            Source::Text(text) => Ok(text.clone()),
            Source::Missing(why) => Err(NoText::Missing(why.clone())),
        }
    }
}

/// Why there is no text.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoText {
    #[error("{0}")]
    Missing(String),
    /// What there is, as far as it can be read.
    #[error("not UTF-8, at line {line}; save the file as UTF-8")]
    NotUtf8 { line: usize, lossy: String },
}

fn cannot(error: &dyn std::fmt::Display) -> NoText {
    NoText::Missing(format!("cannot read the file: {error}"))
}

fn text(from: impl Read) -> Result<String, NoText> {
    let mut bytes = Vec::new();
    // One more than what is taken, so that the reader of templates says what is wrong.
    from.take(MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| cannot(&error))?;
    String::from_utf8(bytes).or_else(|error| {
        let at = error.utf8_error().valid_up_to();
        let lossy = String::from_utf8_lossy(error.as_bytes()).into_owned();
        // A limit can fall into the middle of a character.
        if error.as_bytes().len() > MAX_BYTES {
            return Ok(lossy);
        }
        let line = error.as_bytes()[..at].split(|byte| *byte == b'\n').count();
        Err(NoText::NotUtf8 { line, lossy })
    })
}

/// The inputs that arguments stand for, each file once, in the order of the arguments and then of the names.
pub(super) fn expand(arguments: &[PathBuf], stdin: &mut dyn Read) -> Vec<Input> {
    let mut found = Found::default();
    for argument in arguments {
        let shown = argument.to_string_lossy();
        if shown == "-" {
            let source = text(&mut *stdin).map_or_else(|why| Source::Missing(why.to_string()), Source::Text);
            found.push("<stdin>".to_owned(), true, source);
        } else if argument.is_dir() {
            found.folder(argument);
        } else if argument.exists() || !shown.contains(['*', '?', '[']) {
            found.file(argument, true);
        } else {
            found.glob(&shown);
        }
    }
    found.inputs
}

#[derive(Default)]
struct Found {
    names: BTreeSet<String>,
    inputs: Vec<Input>,
}

impl Found {
    fn push(&mut self, name: String, named: bool, source: Source) {
        if self.names.insert(name.clone()) {
            self.inputs.push(Input { name, named, source });
        }
    }

    fn file(&mut self, path: &Path, named: bool) {
        let shown = path.to_string_lossy();
        let name = shown.strip_prefix("./").unwrap_or(&shown);
        self.push(name.to_owned(), named, Source::File(path.to_path_buf()));
    }

    /// What lies below a folder and can be a template by its name.
    fn folder(&mut self, folder: &Path) {
        let entries = match entries(folder) {
            Ok(entries) => entries,
            Err(error) => {
                let why = format!("cannot read the folder: {error}");
                return self.push(folder.display().to_string(), true, Source::Missing(why));
            }
        };
        for path in entries {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            // A link to a folder can lead in a circle.
            if path.is_dir() && !path.is_symlink() {
                if !name.starts_with('.') && name != "node_modules" {
                    self.folder(&path);
                }
            } else if path.is_file() && can_be_template(&path) {
                self.file(&path, false);
            }
        }
    }

    fn glob(&mut self, pattern: &str) {
        let options = glob::MatchOptions {
            require_literal_leading_dot: true,
            require_literal_separator: true,
            ..glob::MatchOptions::new()
        };
        let paths = match glob::glob_with(pattern, options) {
            Ok(paths) => paths,
            Err(error) => return self.push(pattern.to_owned(), true, Source::Missing(format!("no glob: {error}"))),
        };
        let before = self.inputs.len();
        let mut any = false;
        for path in paths {
            match path {
                Ok(path) if path.is_dir() => {}
                Ok(path) => {
                    any = true;
                    self.file(&path, false);
                }
                Err(error) => {
                    let why = cannot(error.error()).to_string();
                    self.push(error.path().display().to_string(), true, Source::Missing(why));
                }
            }
        }
        if !any && self.inputs.len() == before {
            self.push(
                pattern.to_owned(),
                true,
                Source::Missing("no file matches the glob".to_owned()),
            );
        }
    }
}

/// What a folder holds, sorted by name.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        found.push(entry?.path());
    }
    found.sort();
    Ok(found)
}

fn can_be_template(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if NAMES.contains(&&*name) {
        return true;
    }
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    matches!(extension.as_deref(), Some("json" | "yaml" | "yml" | "template"))
}
