//! YAML with positions, from the events of a parser.

use std::collections::{BTreeMap, BTreeSet};

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, StrInput, Tag};

use super::aligned::Aligned;
use super::node::{Entry, Kind, Map, Node};
use super::place::Span;
use super::{Duplicate, Fault, MAX_DEPTH, MAX_NODES, Parsed, scalar, short};

pub(super) fn parse(text: &str) -> Parsed {
    leniently(text, |mut reader| {
        let root = reader.document()?;
        Ok((root, reader.duplicates))
    })
}

/// Every document of a text.
pub(super) fn parse_all(text: &str) -> Result<Vec<(Node, Vec<Duplicate>)>, Fault> {
    leniently(text, documents)
}

fn documents(mut reader: Reader<'_>) -> Result<Vec<(Node, Vec<Duplicate>)>, Fault> {
    let mut found = Vec::new();
    loop {
        match reader.next()?.0 {
            Event::DocumentStart(_) => {
                // An anchor ends with its document.
                reader.anchors.clear();
                let first = reader.next()?;
                let root = reader.node(first, 0)?;
                found.push((root, std::mem::take(&mut reader.duplicates)));
            }
            Event::StreamEnd => return Ok(found),
            _ => {}
        }
    }
}

/// Reads a text, and where the parser minds how far to the left a line is, the same with such lines moved.
fn leniently<T>(text: &str, read: fn(Reader<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
    read(Reader::of(text, None)).or_else(|fault| {
        let minds = fault.message.starts_with(INDENTATION);
        let aligned = minds.then(|| Aligned::of(text)).flatten();
        let again = aligned.map(|aligned| read(Reader::of(&aligned.text, Some(&aligned))));
        // One that is wrong in another way too is told of as it stands.
        again.and_then(Result::ok).ok_or(fault)
    })
}

/// How the parser says that a line is too far to the left.
const INDENTATION: &str = "invalid indentation";

struct Reader<'a> {
    events: Parser<'a, StrInput<'a>>,
    /// How the text was moved, if it was.
    moved: Option<&'a Aligned>,
    /// What an anchor stands for, and how many nodes that is.
    anchors: BTreeMap<usize, (Node, usize)>,
    nodes: usize,
    duplicates: Vec<Duplicate>,
}

impl<'a> Reader<'a> {
    fn of(text: &'a str, moved: Option<&'a Aligned>) -> Self {
        Self {
            events: Parser::new_from_str(text),
            moved,
            anchors: BTreeMap::new(),
            nodes: 0,
            duplicates: Vec::new(),
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), Fault> {
        let back = |at: Span| self.moved.map_or(at, |moved| moved.back(at));
        match self.events.next_event() {
            Some(Ok((event, at))) => Ok((event, back(span(at)))),
            Some(Err(error)) => {
                let fault = fault(&error);
                Err(Fault {
                    at: back(fault.at),
                    ..fault
                })
            }
            None => Ok((Event::StreamEnd, Span::START)),
        }
    }

    fn document(&mut self) -> Result<Node, Fault> {
        loop {
            match self.next()? {
                (Event::StreamStart | Event::Nothing, _) => {}
                (Event::DocumentStart(_), _) => break,
                (_, at) => return Err(Fault::new(at, "file is empty; a template is a map")),
            }
        }
        let first = self.next()?;
        let root = self.node(first, 0)?;
        loop {
            match self.next()? {
                (Event::StreamEnd, _) => return Ok(root),
                (Event::DocumentStart(_), at) => {
                    return Err(Fault::new(at, "a second document begins; a template is one"));
                }
                _ => {}
            }
        }
    }

    fn node(&mut self, (event, at): (Event<'a>, Span), depth: usize) -> Result<Node, Fault> {
        if depth > MAX_DEPTH {
            return Err(Fault::new(at, format!("nested more than {MAX_DEPTH} levels deep")));
        }
        let before = self.nodes;
        self.count(1, at)?;
        let (node, anchor, tag) = match event {
            Event::Alias(anchor) => return self.alias(anchor, at, depth),
            Event::Scalar(text, style, anchor, tag) => {
                let kind = scalar_kind(&text, style, tag.as_deref());
                (Node { at, kind }, anchor, tag)
            }
            Event::SequenceStart(anchor, tag) => (self.sequence(at, depth)?, anchor, tag),
            Event::MappingStart(anchor, tag) => (self.mapping(at, depth)?, anchor, tag),
            _ => return Err(Fault::new(at, "expected a value, found the end")),
        };
        let node = tagged(node, tag.as_deref(), at);
        if anchor != 0 {
            let size = self.nodes - before;
            self.count(size, at)?;
            self.anchors.insert(anchor, (node.clone(), size));
        }
        Ok(node)
    }

    fn count(&mut self, nodes: usize, at: Span) -> Result<(), Fault> {
        self.nodes += nodes;
        if self.nodes > MAX_NODES {
            let message = format!("more than {MAX_NODES} values, anchors expanded");
            return Err(Fault::new(at, message));
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, at: Span, depth: usize) -> Result<Node, Fault> {
        let Some((node, size)) = self.anchors.get(&anchor) else {
            return Err(Fault::new(at, "alias stands inside of what it names"));
        };
        let (node, size) = (node.clone(), *size);
        if depth + height(&node) > MAX_DEPTH {
            return Err(Fault::new(at, format!("nested more than {MAX_DEPTH} levels deep")));
        }
        self.count(size, at)?;
        Ok(node)
    }

    fn sequence(&mut self, start: Span, depth: usize) -> Result<Node, Fault> {
        let mut items = Vec::new();
        loop {
            let (event, at) = self.next()?;
            if event == Event::SequenceEnd {
                let at = enclose(start, items.last().map(|node: &Node| node.at), at);
                return Ok(Node {
                    at,
                    kind: Kind::List(items),
                });
            }
            items.push(self.node((event, at), depth + 1)?);
        }
    }

    fn mapping(&mut self, start: Span, depth: usize) -> Result<Node, Fault> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut merged: Vec<Node> = Vec::new();
        loop {
            let (event, key_at) = self.next()?;
            if event == Event::MappingEnd {
                let at = enclose(start, entries.last().map(|entry| entry.value.at), key_at);
                return Ok(self.map(at, entries, &merged));
            }
            let plain = matches!(&event, Event::Scalar(_, ScalarStyle::Plain, _, None));
            let key = self.key((event, key_at), depth)?;
            let value = self.next()?;
            let value = self.node(value, depth + 1)?;
            if plain && key == "<<" {
                merged.push(value);
            } else {
                entries.push(Entry { key, key_at, value });
            }
        }
    }

    /// Keys are text as written: `8080`, `yes` and `2012-10-17` are names here.
    fn key(&mut self, (event, at): (Event<'a>, Span), depth: usize) -> Result<String, Fault> {
        match event {
            Event::Scalar(text, _, 0, None) => {
                self.count(1, at)?;
                Ok(text.into_owned())
            }
            event => {
                let node = self.node((event, at), depth + 1)?;
                node.scalar().ok_or_else(|| {
                    let message = format!("a key is a string, found {}", node.kind_name());
                    Fault::new(at, message)
                })
            }
        }
    }

    fn map(&mut self, at: Span, mut entries: Vec<Entry>, merged: &[Node]) -> Node {
        if !merged.is_empty() {
            let mut known: BTreeSet<String> = entries.iter().map(|entry| entry.key.clone()).collect();
            for entry in merged.iter().flat_map(maps).flat_map(Map::iter) {
                if known.insert(entry.key.clone()) {
                    entries.push(entry.clone());
                }
            }
        }
        let (map, duplicates) = Map::new(entries);
        self.duplicates.extend(duplicates);
        Node {
            at,
            kind: Kind::Map(map),
        }
    }
}

/// What stands behind `<<`: a map, or a list of maps of which the first wins.
fn maps(node: &Node) -> Vec<&Map> {
    match &node.kind {
        Kind::Map(map) => vec![map],
        Kind::List(items) => items.iter().flat_map(maps).collect(),
        _ => Vec::new(),
    }
}

fn height(node: &Node) -> usize {
    match &node.kind {
        Kind::List(items) => 1 + items.iter().map(height).max().unwrap_or_default(),
        Kind::Map(map) => 1 + map.iter().map(|e| height(&e.value)).max().unwrap_or_default(),
        _ => 0,
    }
}

/// The value of a short form is text even where it looks like a number: `!Ref 123` is a name.
fn scalar_kind(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Kind {
    match tag {
        Some(tag) if tag.is_yaml_core_schema() && tag.suffix != "str" => scalar::plain(text),
        None if style == ScalarStyle::Plain => scalar::plain(text),
        _ => Kind::Text(text.to_owned()),
    }
}

fn tagged(node: Node, tag: Option<&Tag>, at: Span) -> Node {
    match tag
        .filter(|tag| tag.handle == "!")
        .and_then(|tag| short::function(&tag.suffix))
    {
        Some(name) => {
            let at = Span {
                line: at.line,
                column: at.column,
                ..node.at
            };
            short::wrap(name, node, at)
        }
        None => node,
    }
}

/// The end event of a block collection stands at the next token, so its last item bounds it.
fn enclose(start: Span, last: Option<Span>, end: Span) -> Span {
    let closed = (end.line, end.column) != (end.end_line, end.end_column);
    let bound = if closed { end } else { last.unwrap_or(start) };
    Span {
        end_line: bound.end_line,
        end_column: bound.end_column,
        ..start
    }
}

fn span(at: saphyr_parser::Span) -> Span {
    let place = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Span {
        line: place(at.start.line()),
        column: place(at.start.col()).saturating_add(1),
        end_line: place(at.end.line()),
        end_column: place(at.end.col()).saturating_add(1),
    }
}

fn fault(error: &ScanError) -> Fault {
    let mark = error.marker();
    Fault::new(span(saphyr_parser::Span::empty(*mark)), error.info().to_owned())
}
