//! A text with holes for what is not known before it is deployed.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

/// A text in pieces; two texts never stand next to each other, and none is empty.
#[derive(Debug, Clone, Default)]
pub struct Shape<'a> {
    pieces: Vec<Piece<'a>>,
    /// How many bytes its texts have.
    length: usize,
    /// How many texts and holes were added.
    added: usize,
}

/// No template is longer, so that a text that grows further is one that nobody deploys.
const LONGEST: usize = 1 << 20;

/// A text that is put together of more than this is one that nobody wrote: variables in variables multiply.
const MOST: usize = 4096;

impl PartialEq for Shape<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.pieces == other.pieces
    }
}

impl Eq for Shape<'_> {}

impl PartialOrd for Shape<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Shape<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.pieces.cmp(&other.pieces)
    }
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece<'a> {
    /// It is known.
    Text(Cow<'a, str>),
    /// It is not.
    Hole(Hole<'a>),
}

/// What stands where something is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hole<'a> {
    /// What `Ref` gives: of a parameter, a pseudo parameter or a resource.
    Name(&'a str),
    /// What `Fn::GetAtt` gives.
    Attribute(&'a str, &'a str),
    /// `{{resolve:…}}`, which CloudFormation looks up.
    Dynamic(&'a str),
    /// `${…}` that CloudFormation leaves as it is, which a tool puts in before it or a service later; without braces.
    Variable(&'a str),
    /// `{{…}}` of another tool.
    Braces(&'a str),
    /// What another function gives: two of these may differ.
    Function,
}

/// Whether CloudFormation looks up a part of a text elsewhere, so that the text says nothing of what it becomes.
#[must_use]
pub fn is_dynamic(text: &str) -> bool {
    text.contains("{{resolve:")
}

/// Whether something in a text is put in by a tool before CloudFormation reads it, by CloudFormation, or by a service.
#[must_use]
pub fn is_open(text: &str) -> bool {
    hole(text).is_some()
}

/// Where the first hole of a text stands, with what it is; one that nothing closes takes the rest.
fn hole(text: &str) -> Option<(usize, usize, Hole<'_>)> {
    let bytes = text.as_bytes();
    let mut braces = text.match_indices('{').filter_map(|(at, _)| at.checked_sub(1));
    let at = braces.find(|at| matches!(bytes[*at], b'$' | b'{'))?;
    let close = if bytes[at] == b'$' { "}" } else { "}}" };
    let end = text[at..].find(close).map_or(text.len(), |end| at + end + close.len());
    let inside = &text[at..end];
    let hole = if let Some(name) = inside.strip_prefix("${") {
        Hole::Variable(name.strip_suffix('}').unwrap_or(name))
    } else if is_dynamic(inside) {
        Hole::Dynamic(inside)
    } else {
        Hole::Braces(inside)
    };
    Some((at, end, hole))
}

impl<'a> Shape<'a> {
    /// That of what is not known at all.
    #[must_use]
    pub fn unknown() -> Self {
        let mut shape = Self::default();
        shape.hole(Hole::Function);
        shape
    }

    /// Adds a text that stands somewhere, with its own holes.
    pub(super) fn read(&mut self, text: &'a str) {
        let mut rest = text;
        while let Some((at, end, hole)) = hole(rest) {
            self.text(Cow::Borrowed(&rest[..at]));
            self.hole(hole);
            rest = &rest[end..];
        }
        self.text(Cow::Borrowed(rest));
    }

    /// Adds a text that is what it is.
    pub(super) fn text(&mut self, text: Cow<'a, str>) {
        if text.is_empty() || self.is_full() {
            return;
        }
        if self.length + text.len() > LONGEST || self.added + 1 == MOST {
            return self.hole(Hole::Function);
        }
        self.length += text.len();
        self.added += 1;
        match self.pieces.last_mut() {
            Some(Piece::Text(before)) => before.to_mut().push_str(&text),
            _ => self.pieces.push(Piece::Text(text)),
        }
    }

    /// Adds a hole; the last that has room stands for all that comes after it.
    pub(super) fn hole(&mut self, hole: Hole<'a>) {
        if !self.is_full() {
            self.added += 1;
            let hole = if self.is_full() { Hole::Function } else { hole };
            self.pieces.push(Piece::Hole(hole));
        }
    }

    /// Whether nothing more is taken.
    pub(super) fn is_full(&self) -> bool {
        self.added >= MOST
    }

    /// Adds what another one is made of.
    pub(super) fn append(&mut self, other: Self) {
        for piece in other.pieces {
            match piece {
                Piece::Text(text) => self.text(text),
                Piece::Hole(hole) => self.hole(hole),
            }
        }
    }

    /// Its pieces, from left to right.
    #[must_use]
    pub fn pieces(&self) -> &[Piece<'a>] {
        &self.pieces
    }

    /// The text, if all of it is known.
    #[must_use]
    pub fn whole(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [] => Some(""),
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The text, if all of it is known.
    #[must_use]
    pub fn into_whole(mut self) -> Option<Cow<'a, str>> {
        match self.pieces.pop() {
            None => Some(Cow::Borrowed("")),
            Some(Piece::Text(text)) if self.pieces.is_empty() => Some(text),
            Some(_) => None,
        }
    }

    /// Whether a part of it is not known.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.whole().is_none()
    }

    /// Whether it begins with something that is not known.
    #[must_use]
    pub fn begins_open(&self) -> bool {
        matches!(self.pieces.first(), Some(Piece::Hole(_)))
    }

    /// Whether it ends with something that is not known.
    #[must_use]
    pub fn ends_open(&self) -> bool {
        matches!(self.pieces.last(), Some(Piece::Hole(_)))
    }

    /// Whether something in it may differ from what looks the same elsewhere, so that it names nothing.
    #[must_use]
    pub fn is_opaque(&self) -> bool {
        self.pieces.contains(&Piece::Hole(Hole::Function))
    }

    /// What is known of its beginning.
    #[must_use]
    pub fn start(&self) -> &str {
        match self.pieces.first() {
            Some(Piece::Text(text)) => text,
            _ => "",
        }
    }

    /// What is known of its end.
    #[must_use]
    pub fn end(&self) -> &str {
        match self.pieces.last() {
            Some(Piece::Text(text)) => text,
            _ => "",
        }
    }

    /// Whether one of its texts has a piece.
    #[must_use]
    pub fn has(&self, wanted: &str) -> bool {
        let mut pieces = self.pieces.iter();
        pieces.any(|piece| matches!(piece, Piece::Text(text) if text.contains(wanted)))
    }

    /// The same where some holes are filled with what they are or could be.
    #[must_use]
    pub fn filled(&self, with: impl Fn(Hole<'a>) -> Option<&'static str>) -> Self {
        let mut filled = Self::default();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => filled.text(text.clone()),
                Piece::Hole(hole) => match with(*hole) {
                    Some(text) => filled.text(Cow::Borrowed(text)),
                    None => filled.hole(*hole),
                },
            }
        }
        filled
    }

    /// The parts between what separates them in its texts, at most so many: what is not known may hold more of them.
    #[must_use]
    pub fn split(&self, separator: &str, most: usize) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut here = Self::default();
        for piece in &self.pieces {
            let text = match piece {
                Piece::Text(text) => text,
                Piece::Hole(hole) => {
                    here.hole(*hole);
                    continue;
                }
            };
            let mut rest = 0;
            while parts.len() + 1 < most
                && let Some(at) = text[rest..].find(separator)
            {
                here.text(slice(text, rest, rest + at));
                parts.push(std::mem::take(&mut here));
                rest += at + separator.len();
            }
            here.text(slice(text, rest, text.len()));
        }
        parts.push(here);
        parts
    }
}

/// A part of a text, which is borrowed where the text is.
fn slice<'a>(text: &Cow<'a, str>, from: usize, to: usize) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[from..to]),
        Cow::Owned(text) => Cow::Owned(text[from..to].to_owned()),
    }
}

/// As people write it: what is not known as `${Name}`, or `${?}`.
impl fmt::Display for Shape<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => f.write_str(text)?,
                Piece::Hole(Hole::Name(name) | Hole::Variable(name)) => write!(f, "${{{name}}}")?,
                Piece::Hole(Hole::Attribute(name, attribute)) => write!(f, "${{{name}.{attribute}}}")?,
                Piece::Hole(Hole::Dynamic(written) | Hole::Braces(written)) => f.write_str(written)?,
                Piece::Hole(Hole::Function) => f.write_str("${?}")?,
            }
        }
        Ok(())
    }
}
