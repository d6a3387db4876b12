//! Any document, JSON or YAML, as a tree with positions: a template, a workflow, the manifests of a file.
//!
//! Both notations give the same tree: the short forms of YAML (`!Ref x`) arrive as the full
//! function (`{"Ref": "x"}`), anchors are expanded, merge keys are merged, loops are written out. Hostile input ends in
//! an [`Error`], never in a panic or in unbounded time or memory.

mod aligned;
mod block;
mod inside;
mod json;
pub mod kustomize;
mod loops;
pub mod manifest;
mod node;
mod part;
mod place;
pub mod promql;
mod scalar;
mod short;
pub mod template;
pub mod tofu;
mod yaml;

pub(crate) use block::Block;
pub use inside::inside;
pub use node::{Entry, Kind, Map, Node};
pub use part::Part;
pub use place::{Span, Step};

use std::sync::Arc;

use serde_json::Number;

/// CloudFormation takes 1 MB; more is read so that the limit can be reported as a finding.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;

/// No real template comes near; the limit keeps the stack of a recursive reader small.
pub const MAX_DEPTH: usize = 128;

/// Bounds what anchors can expand to ("billion laughs").
pub const MAX_NODES: usize = 500_000;

/// A text under its path, before anybody reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it lies in the repository, such as `.github/workflows/ci.yml`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// One file as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The name to show, usually a path.
    pub file: String,
    /// The text as read, to quote from; the documents of one file share it.
    pub text: Arc<str>,
    /// The outermost value.
    pub root: Node,
    /// Keys that stand twice in one map; the tree keeps the last value.
    pub duplicates: Vec<Duplicate>,
    /// Parameters that loops ran over, whose names are no longer in the tree.
    pub used: Vec<String>,
    /// Other files of which values were put into the tree.
    pub parts: Arc<[Part]>,
}

/// A key that stands twice in one map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The key.
    pub key: String,
    /// Where it stands first.
    pub first: Span,
    /// Where it stands again.
    pub again: Span,
}

/// Why a text is not a template's text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {message}", line = at.line, column = at.column)]
pub struct Error {
    /// The name of the file.
    pub file: String,
    /// Where reading stopped.
    pub at: Span,
    /// What was wrong there.
    pub message: String,
}

/// What a parser reports; the file is added by [`document`].
#[derive(Debug)]
struct Fault {
    at: Span,
    message: String,
}

impl Fault {
    fn new(at: Span, message: impl Into<String>) -> Self {
        Self {
            at,
            message: message.into(),
        }
    }

    fn of(self, file: &str) -> Error {
        Error {
            file: file.to_owned(),
            at: self.at,
            message: self.message,
        }
    }
}

type Parsed = Result<(Node, Vec<Duplicate>), Fault>;

/// Reads the text of one file.
///
/// A text that begins with `{` is JSON; if it is not quite JSON it is tried as YAML, of which
/// JSON is nearly a subset, because CloudFormation does so too.
///
/// # Errors
///
/// If the text is neither JSON nor YAML, or passes one of the limits of this module.
pub fn document(file: &str, text: &str) -> Result<Document, Error> {
    let (text, parsed) = (unmarked(text), parsed(text));
    match parsed {
        Ok((root, duplicates)) => Ok(written(file, text, root, duplicates)),
        Err(fault) => Err(fault.of(file)),
    }
}

/// Reads the text of one file whose language takes JSON and nothing else.
///
/// # Errors
///
/// If the text is not JSON, or passes one of the limits of this module.
pub fn strict(file: &str, text: &str) -> Result<Document, Error> {
    let text = unmarked(text);
    let parsed = bounded(text).and_then(|()| json::parse(text));
    let (root, duplicates) = parsed.map_err(|fault| fault.of(file))?;
    Ok(Document {
        file: file.to_owned(),
        text: text.into(),
        root,
        duplicates,
        used: Vec::new(),
        parts: Arc::new([]),
    })
}

/// Reads the text of one file that may hold several documents, such as manifests; empty ones are left out.
///
/// # Errors
///
/// Those of [`document`], for the whole of the file.
pub fn documents(file: &str, text: &str) -> Result<Vec<Document>, Error> {
    let is_json = unmarked(text).trim_start().starts_with('{');
    let all = match is_json.then(|| parsed(text)) {
        Some(Ok(one)) => Ok(vec![one]),
        _ => bounded(unmarked(text)).and_then(|()| yaml::parse_all(unmarked(text))),
    };
    let all = all.map_err(|fault| fault.of(file))?;
    let text: Arc<str> = unmarked(text).into();
    let filled = all.into_iter().filter(|(root, _)| root.kind != Kind::Null);
    let document = |(root, duplicates)| Document {
        file: file.to_owned(),
        text: Arc::clone(&text),
        root,
        duplicates,
        used: Vec::new(),
        parts: Arc::new([]),
    };
    Ok(filled.map(document).collect())
}

/// The text without the mark of its byte order.
fn unmarked(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn bounded(text: &str) -> Result<(), Fault> {
    if text.len() <= MAX_BYTES {
        return Ok(());
    }
    let message = format!("file has {} bytes; at most {MAX_BYTES} are read", text.len());
    Err(Fault::new(Span::START, message))
}

fn parsed(text: &str) -> Parsed {
    let text = unmarked(text);
    bounded(text)?;
    if !text.trim_start().starts_with('{') {
        return yaml::parse(text);
    }
    json::parse(text).or_else(|fault| match yaml::parse(text) {
        // To YAML a comment of other languages is a part of the next key.
        Ok(parsed) if !fault.message.ends_with(json::COMMENT) => Ok(parsed),
        _ => Err(fault),
    })
}

/// The document with its loops written out.
fn written(file: &str, text: &str, root: Node, mut duplicates: Vec<Duplicate>) -> Document {
    let (root, used) = match loops::expand(&root) {
        Some(expanded) => {
            duplicates.extend(expanded.duplicates);
            (expanded.root, expanded.used)
        }
        None => (root, Vec::new()),
    };
    Document {
        file: file.to_owned(),
        text: text.into(),
        root,
        duplicates,
        used,
        parts: Arc::new([]),
    }
}

/// Reads the bytes of one file.
///
/// # Errors
///
/// Those of [`document`], and if the bytes are no UTF-8.
pub fn bytes(file: &str, bytes: &[u8]) -> Result<Document, Error> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return document(file, text),
        Err(error) => error,
    };
    let wide = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
    let line = before.rsplit('\n').next().unwrap_or_default();
    let place = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let (row, column) = (place(before.matches('\n').count() + 1), place(line.chars().count() + 1));
    Err(Error {
        file: file.to_owned(),
        at: Span {
            line: row,
            column,
            end_line: row,
            end_column: column + 1,
        },
        message: if wide {
            "file is UTF-16; save it as UTF-8".to_owned()
        } else {
            format!(
                "byte 0x{:02x} is no UTF-8; save the file as UTF-8",
                bytes[error.valid_up_to()]
            )
        },
    })
}

/// A finite number, or nothing: JSON has no infinity.
fn number(text: &str) -> Option<Number> {
    if let Ok(whole) = text.parse::<i64>() {
        return Some(whole.into());
    }
    if let Ok(whole) = text.parse::<u64>() {
        return Some(whole.into());
    }
    text.parse::<f64>().ok().and_then(Number::from_f64)
}
