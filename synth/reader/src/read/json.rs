//! Strict JSON with positions.

use super::node::{Entry, Kind, Map, Node};
use super::place::Span;
use super::{Duplicate, Fault, MAX_DEPTH, MAX_NODES, Parsed};

pub(super) const COMMENT: &str = "a comment, of which JSON has none";

pub(super) fn parse(text: &str) -> Parsed {
    let mut reader = Reader {
        text,
        at: 0,
        line: 1,
        column: 1,
        nodes: 0,
        duplicates: Vec::new(),
    };
    reader.blank();
    let root = reader.value(0)?;
    reader.blank();
    match reader.peek() {
        None => Ok((root, reader.duplicates)),
        Some(_) => Err(reader.unexpected("the end of the file")),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    column: u32,
    nodes: usize,
    duplicates: Vec<Duplicate>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Moves over ASCII that is no line break.
    fn skip(&mut self, bytes: usize) {
        self.at += bytes;
        self.column = self.column.saturating_add(u32::try_from(bytes).unwrap_or(u32::MAX));
    }

    fn blank(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'\n' => {
                    self.at += 1;
                    self.line += 1;
                    self.column = 1;
                }
                b' ' | b'\t' | b'\r' => self.skip(1),
                _ => return,
            }
        }
    }

    fn here(&self) -> Span {
        Span {
            line: self.line,
            column: self.column,
            end_line: self.line,
            end_column: self.column + 1,
        }
    }

    fn since(&self, start: Span) -> Span {
        Span {
            end_line: self.line,
            end_column: self.column,
            ..start
        }
    }

    fn unexpected(&self, wanted: &str) -> Fault {
        let saw = match self.text[self.at..].chars().next() {
            None => "the end of the file".to_owned(),
            Some('/') if self.text[self.at..].starts_with("//") || self.text[self.at..].starts_with("/*") => {
                COMMENT.to_owned()
            }
            Some(character) if character.is_control() => character.escape_debug().to_string(),
            Some(character) => format!("`{character}`"),
        };
        Fault::new(self.here(), format!("expected {wanted}, found {saw}"))
    }

    fn value(&mut self, depth: usize) -> Result<Node, Fault> {
        if depth > MAX_DEPTH {
            let message = format!("nested more than {MAX_DEPTH} levels deep");
            return Err(Fault::new(self.here(), message));
        }
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(Fault::new(self.here(), format!("more than {MAX_NODES} values")));
        }
        let start = self.here();
        let kind = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Kind::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.word("true", Kind::Bool(true))?,
            Some(b'f') => self.word("false", Kind::Bool(false))?,
            Some(b'n') => self.word("null", Kind::Null)?,
            _ => return Err(self.unexpected("a value")),
        };
        Ok(Node {
            at: self.since(start),
            kind,
        })
    }

    fn word(&mut self, word: &str, kind: Kind) -> Result<Kind, Fault> {
        if !self.text[self.at..].starts_with(word) {
            return Err(self.unexpected("a value"));
        }
        self.skip(word.len());
        Ok(kind)
    }

    fn object(&mut self, depth: usize) -> Result<Kind, Fault> {
        self.skip(1);
        let mut entries = Vec::new();
        self.blank();
        if self.peek() == Some(b'}') {
            self.skip(1);
            return Ok(Kind::Map(Map::default()));
        }
        loop {
            self.blank();
            if self.peek() != Some(b'"') {
                return Err(self.unexpected("a key in double quotes"));
            }
            let start = self.here();
            let key = self.string()?;
            let key_at = self.since(start);
            self.blank();
            if self.peek() != Some(b':') {
                return Err(self.unexpected("`:`"));
            }
            self.skip(1);
            self.blank();
            entries.push(Entry {
                key,
                key_at,
                value: self.value(depth + 1)?,
            });
            if self.closes(b'}', "`,` or `}`")? {
                let (map, duplicates) = Map::new(entries);
                self.duplicates.extend(duplicates);
                return Ok(Kind::Map(map));
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Kind, Fault> {
        self.skip(1);
        let mut items = Vec::new();
        self.blank();
        if self.peek() == Some(b']') {
            self.skip(1);
            return Ok(Kind::List(items));
        }
        loop {
            self.blank();
            items.push(self.value(depth + 1)?);
            if self.closes(b']', "`,` or `]`")? {
                return Ok(Kind::List(items));
            }
        }
    }

    /// Moves over what follows an item: true at the end of its container.
    fn closes(&mut self, end: u8, wanted: &str) -> Result<bool, Fault> {
        self.blank();
        match self.peek() {
            Some(b',') => {
                self.skip(1);
                Ok(false)
            }
            Some(byte) if byte == end => {
                self.skip(1);
                Ok(true)
            }
            _ => Err(self.unexpected(wanted)),
        }
    }

    fn number(&mut self) -> Result<Kind, Fault> {
        let start = self.here();
        let from = self.at;
        while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')) {
            self.skip(1);
        }
        let text = &self.text[from..self.at];
        let digits = text.strip_prefix('-').unwrap_or(text);
        let leading_zero = digits.starts_with('0') && digits[1..].starts_with(|c: char| c.is_ascii_digit());
        let shape = digits.starts_with(|c: char| c.is_ascii_digit())
            && !digits.ends_with('.')
            && !digits.contains(".e")
            && !digits.contains(".E");
        match super::number(text) {
            Some(number) if shape && !leading_zero => Ok(Kind::Number(number)),
            _ => Err(Fault::new(
                self.since(start),
                format!("`{text}` is not a number of JSON"),
            )),
        }
    }

    fn string(&mut self) -> Result<String, Fault> {
        let start = self.here();
        self.skip(1);
        let mut out = String::new();
        loop {
            self.plain(&mut out);
            match self.peek() {
                Some(b'"') => {
                    self.skip(1);
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                Some(_) => return Err(self.unexpected("`\"` before the end of the line")),
                None => return Err(Fault::new(start, "string has no closing `\"`")),
            }
        }
    }

    /// Takes characters up to a quote, a backslash or a control character.
    fn plain(&mut self, out: &mut String) {
        let rest = &self.text[self.at..];
        let end = rest
            .bytes()
            .position(|b| b == b'"' || b == b'\\' || b < b' ')
            .unwrap_or(rest.len());
        let part = &rest[..end];
        out.push_str(part);
        self.at += end;
        self.column = self
            .column
            .saturating_add(u32::try_from(part.chars().count()).unwrap_or(u32::MAX));
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let start = self.here();
        self.skip(1);
        let plain = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(start),
            _ => return Err(self.unexpected("one of `\"\\/bfnrtu` behind `\\`")),
        };
        self.skip(1);
        Ok(plain)
    }

    fn unicode(&mut self, start: Span) -> Result<char, Fault> {
        let first = self.unit(start)?;
        if !(0xD800..0xDC00).contains(&first) {
            // A lone low surrogate is no character; JSON's readers replace it.
            return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        if !self.text[self.at..].starts_with("\\u") {
            return Ok(char::REPLACEMENT_CHARACTER);
        }
        self.skip(1);
        let second = self.unit(start)?;
        if !(0xDC00..0xE000).contains(&second) {
            return Ok(char::REPLACEMENT_CHARACTER);
        }
        let code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// Reads `uXXXX`.
    fn unit(&mut self, start: Span) -> Result<u32, Fault> {
        let digits = self.text.get(self.at + 1..self.at + 5);
        match digits.filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit())) {
            Some(digits) => {
                let unit = u32::from_str_radix(digits, 16).unwrap_or_default();
                self.skip(5);
                Ok(unit)
            }
            None => Err(Fault::new(self.since(start), "`\\u` takes four hexadecimal digits")),
        }
    }
}
