//! The files of a rendering: who gives them, and the one space of lines that their positions share.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::edit;
use crate::read::{self, Document, Error, Kind, Node, Part, Span};

/// Whoever has the files. Paths use `/`, are relative to where the outermost one is, and may begin with `../`.
pub trait Files {
    /// What a file holds.
    fn bytes(&self, path: &str) -> Option<Vec<u8>>;

    /// Whether a folder is there.
    fn is_folder(&self, path: &str) -> bool;
}

/// A path from a folder on, without `.` and `..` where that can be.
pub(super) fn join(folder: &str, path: &str) -> String {
    let whole = if folder.is_empty() || path.starts_with('/') {
        path.to_owned()
    } else {
        format!("{folder}/{path}")
    };
    let mut steps: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." if steps.last().is_some_and(|last| *last != "..") => _ = steps.pop(),
            step => steps.push(step),
        }
    }
    let root = if whole.starts_with('/') { "/" } else { "" };
    format!("{root}{}", steps.join("/"))
}

/// The folder of a file.
pub(super) fn folder(path: &str) -> &str {
    path.rfind('/')
        .map_or("", |end| &path[..end.max(usize::from(end == 0))])
}

/// Whether a path lies in a folder or below.
pub(super) fn is_below(path: &str, folder: &str) -> bool {
    match folder {
        "" => !path.starts_with("..") && !path.starts_with('/'),
        folder => path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')) || folder == "/",
    }
}

/// The texts that were read, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Space {
    parts: Vec<Part>,
    lines: u32,
    parsed: BTreeMap<String, Rc<Vec<Document>>>,
}

impl Space {
    /// The documents of a file, with spans of this space.
    pub(super) fn documents(&mut self, path: &str, text: &str) -> Result<Rc<Vec<Document>>, Error> {
        if let Some(known) = self.parsed.get(path) {
            return Ok(Rc::clone(known));
        }
        let before = self.add(path, text);
        let mut documents = read::documents(path, text).map_err(|error| Error {
            at: shifted(error.at, before),
            ..error
        })?;
        for document in &mut documents {
            words(&mut document.root, &text.lines().collect::<Vec<_>>());
            edit::places(&mut document.root, &|at| shifted(at, before));
            for twice in &mut document.duplicates {
                twice.first = shifted(twice.first, before);
                twice.again = shifted(twice.again, before);
            }
        }
        let documents = Rc::new(documents);
        self.parsed.insert(path.to_owned(), Rc::clone(&documents));
        Ok(documents)
    }

    fn add(&mut self, path: &str, text: &str) -> u32 {
        let before = self.lines;
        self.parts.push(Part {
            file: path.to_owned(),
            text: text.into(),
            before,
        });
        // A carriage return alone ends a line of YAML, and the end may stand on the line behind the last.
        let lines = text.matches(['\n', '\r']).count();
        self.lines = before
            .saturating_add(u32::try_from(lines).unwrap_or(u32::MAX))
            .saturating_add(2);
        before
    }

    /// The documents that stand as a text in another one.
    pub(super) fn inside(&self, holder: &Node) -> Result<Vec<Document>, Error> {
        let text = holder.text().unwrap_or_default();
        let place = self
            .literal(holder)
            .map_or(Place::Whole(holder.at), |(line, column)| Place::From(line, column));
        let mut documents = read::documents("patch", text).map_err(|error| Error {
            at: place.of(error.at),
            ..error
        })?;
        for document in &mut documents {
            words(&mut document.root, &text.lines().collect::<Vec<_>>());
            edit::places(&mut document.root, &|at| place.of(at));
        }
        Ok(documents)
    }

    /// Of a text behind `|`: the line before its first one, and how far it is indented.
    fn literal(&self, holder: &Node) -> Option<(u32, u32)> {
        let at = holder.at;
        let part = self.parts.iter().rev().find(|part| at.line > part.before)?;
        // The parser says where the first line is that is not empty.
        let empty = holder.text()?.chars().take_while(|letter| *letter == '\n').count();
        let first = ((at.line - part.before) as usize).checked_sub(empty + 1)?;
        let mark = part.text.lines().nth(first.checked_sub(1)?)?;
        let mark = mark.split(" #").next().unwrap_or(mark).trim_end();
        let is_literal = mark
            .trim_end_matches(|letter: char| "-+".contains(letter) || letter.is_ascii_digit())
            .ends_with('|');
        let before = u32::try_from(first).ok()?;
        is_literal.then(|| (part.before + before, at.column.saturating_sub(1)))
    }

    /// The file of a span, and the span there.
    pub(super) fn place(&self, at: Span) -> (&str, Span) {
        let part = self.parts.iter().rev().find(|part| at.line > part.before);
        part.map_or(("", at), |part| (part.file.as_str(), back(at, part.before)))
    }

    /// What a document of the rendering is of: the outermost file, its text, and all others.
    pub(super) fn into_parts(self) -> (String, Arc<str>, Arc<[Part]>) {
        let mut parts = self.parts.into_iter();
        let first = parts.next();
        let (file, text) = first.map_or_else(|| (String::new(), "".into()), |first| (first.file, first.text));
        (file, text, parts.collect())
    }
}

/// To kustomize, which reads YAML 1.2 here, `yes`, `no`, `on` and `off` are texts.
fn words(node: &mut Node, lines: &[&str]) {
    match &mut node.kind {
        Kind::Bool(_) => {
            let at = node.at;
            let line = lines
                .get((at.line as usize).wrapping_sub(1))
                .copied()
                .unwrap_or_default();
            let width = at.end_column.saturating_sub(at.column) as usize;
            let word: String = line
                .chars()
                .skip((at.column as usize).saturating_sub(1))
                .take(width)
                .collect();
            if ["yes", "no", "on", "off"]
                .iter()
                .any(|known| word.eq_ignore_ascii_case(known))
            {
                node.kind = Kind::Text(word);
            }
        }
        Kind::List(items) => items.iter_mut().for_each(|item| words(item, lines)),
        Kind::Map(map) => map.entries_mut().for_each(|entry| words(&mut entry.value, lines)),
        _ => {}
    }
}

/// Where a text stands that is a value of a file.
enum Place {
    /// All of it there.
    Whole(Span),
    /// Behind a line, indented.
    From(u32, u32),
}

impl Place {
    fn of(&self, at: Span) -> Span {
        match self {
            Self::Whole(holder) => *holder,
            Self::From(line, column) => Span {
                line: at.line.saturating_add(*line),
                column: at.column.saturating_add(*column),
                end_line: at.end_line.saturating_add(*line),
                end_column: at.end_column.saturating_add(*column),
            },
        }
    }
}

fn shifted(at: Span, by: u32) -> Span {
    Span {
        line: at.line.saturating_add(by),
        end_line: at.end_line.saturating_add(by),
        ..at
    }
}

fn back(at: Span, by: u32) -> Span {
    Span {
        line: at.line.saturating_sub(by),
        end_line: at.end_line.saturating_sub(by),
        ..at
    }
}
