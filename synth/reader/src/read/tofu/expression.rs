//! What a text names: `${google_compute_network.main.self_link}` within what else stands there.
//!
//! A text is gone through once from its first sign to its last, and what is nested is kept on a list: no text takes more
//! than its length in time, however deep it nests.

use std::collections::BTreeSet;

/// A key within brackets that is longer is not read as one.
const LONGEST_KEY: usize = 256;

/// A name in an expression, such as `var.project` or `google_compute_instance.node[0].name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name<'a> {
    /// Its first word.
    pub root: &'a str,
    /// What follows.
    pub steps: Vec<Step<'a>>,
}

/// A step of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// A name behind a dot.
    Key(&'a str),
    /// One of several: a number or a text in brackets, or `*`.
    Index,
}

/// Why a text is no template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// What begins with `${` or `%{` does not end.
    Unclosed,
    /// A text within an expression has no second `"`.
    Unquoted,
}

/// What is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// A text within an expression, with its quotes.
    Quoted,
    /// An expression that began with `${` or `%{`, or with a brace inside of one.
    Expression,
}

/// Whether no expression begins in a text.
#[must_use]
pub fn is_literal(text: &str) -> bool {
    !text.contains("${") && !text.contains("%{") || next_begin(text, 0).is_none()
}

/// The names that the expressions of a text have, in their order.
///
/// # Errors
///
/// If an expression or a text in one does not end.
pub fn names(text: &str) -> Result<Vec<Name<'_>>, Fault> {
    let mut reader = Reader {
        text,
        at: 0,
        modes: Vec::new(),
        bound: BTreeSet::new(),
        found: Vec::new(),
    };
    reader.all()?;
    let Reader { bound, mut found, .. } = reader;
    found.retain(|name| !bound.contains(name.root));
    Ok(found)
}

/// Where the next `${` or `%{` is that is none of `$${` and `%%{`.
fn next_begin(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        let sign = bytes[at];
        if (sign == b'$' || sign == b'%') && bytes.get(at + 1) == Some(&b'{') {
            return Some(at);
        }
        let escapes =
            (sign == b'$' || sign == b'%') && bytes.get(at + 1) == Some(&sign) && bytes.get(at + 2) == Some(&b'{');
        at += if escapes { 3 } else { 1 };
    }
    None
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    modes: Vec<Mode>,
    /// The names that a `for` gives to what it goes through.
    bound: BTreeSet<&'a str>,
    found: Vec<Name<'a>>,
}

impl<'a> Reader<'a> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    fn all(&mut self) -> Result<(), Fault> {
        while self.at < self.text.len() {
            match self.modes.last() {
                None => match next_begin(self.text, self.at) {
                    Some(at) => self.enter(at),
                    None => return Ok(()),
                },
                Some(Mode::Quoted) => self.quoted(),
                Some(Mode::Expression) => self.expression(),
            }
        }
        match self.modes.last() {
            None => Ok(()),
            Some(Mode::Quoted) => Err(Fault::Unquoted),
            Some(Mode::Expression) => Err(Fault::Unclosed),
        }
    }

    fn enter(&mut self, at: usize) {
        self.at = at + 2;
        self.modes.push(Mode::Expression);
    }

    /// One sign of a text in quotes.
    fn quoted(&mut self) {
        match (self.peek(0), self.peek(1)) {
            (Some(b'\\'), _) => self.at += 2,
            (Some(b'"'), _) => {
                self.at += 1;
                self.modes.pop();
            }
            (Some(sign @ (b'$' | b'%')), Some(b'{')) => {
                let escaped = self.at > 0 && self.text.as_bytes()[self.at - 1] == sign;
                if escaped {
                    self.at += 2;
                } else {
                    self.enter(self.at);
                }
            }
            _ => self.at += 1,
        }
    }

    /// One word or sign of an expression.
    fn expression(&mut self) {
        match self.peek(0) {
            Some(b'"') => {
                self.at += 1;
                self.modes.push(Mode::Quoted);
            }
            Some(b'{') => {
                self.at += 1;
                self.modes.push(Mode::Expression);
            }
            Some(b'}') => {
                self.at += 1;
                self.modes.pop();
            }
            Some(byte) if is_letter(byte) => self.word(),
            // A number such as `1e3` holds no word.
            Some(byte) if byte.is_ascii_digit() => _ = self.take(),
            _ => self.at += 1,
        }
    }

    /// The letters, digits, `_` and `-` from here on.
    fn take(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let end = rest
            .bytes()
            .position(|byte| !(is_letter(byte) || byte.is_ascii_digit() || byte == b'-'));
        let word = &rest[..end.unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    fn blank(&mut self) {
        while self.peek(0).is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn word(&mut self) {
        // What follows a dot here is a name of something that is no name: `one(var.all).id`.
        let after_dot = self.at > 0 && self.text.as_bytes()[self.at - 1] == b'.';
        let root = self.take();
        if root == "for" && !after_dot {
            return self.bind();
        }
        let mut steps = Vec::new();
        while let Some(step) = self.step() {
            steps.push(step);
        }
        if !after_dot && !steps.is_empty() {
            self.found.push(Name { root, steps });
        }
    }

    /// `for name in` and `for key, name in`.
    fn bind(&mut self) {
        loop {
            self.blank();
            let name = self.take();
            if name.is_empty() || name == "in" {
                return;
            }
            self.bound.insert(name);
            self.blank();
            if self.peek(0) == Some(b',') {
                self.at += 1;
            }
        }
    }

    /// The next step of a name; nothing where it ends, or where only whoever runs it knows which one is meant.
    fn step(&mut self) -> Option<Step<'a>> {
        match self.peek(0)? {
            b'.' if self.peek(1) == Some(b'*') => {
                self.at += 2;
                Some(Step::Index)
            }
            b'.' if self.peek(1).is_some_and(|byte| byte.is_ascii_digit()) => {
                self.at += 1;
                self.take();
                Some(Step::Index)
            }
            b'.' if self.peek(1).is_some_and(is_letter) => {
                self.at += 1;
                Some(Step::Key(self.take()))
            }
            b'[' => {
                let rest = &self.text[self.at + 1..];
                // A key is short; without a bound, each of many brackets would look for an end that never comes.
                let end = rest.bytes().take(LONGEST_KEY).position(|byte| byte == b']');
                let inside = &rest[..end?];
                is_key(inside).then(|| self.at += inside.len() + 2)?;
                Some(Step::Index)
            }
            _ => None,
        }
    }
}

/// Whether a number, `*` or a text stands between brackets.
fn is_key(inside: &str) -> bool {
    let plain = |byte: u8| is_letter(byte) || byte.is_ascii_digit() || b"-./:".contains(&byte);
    let text = inside.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let number = !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit());
    inside == "*" || number || text.is_some_and(|key| key.bytes().all(plain))
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || !byte.is_ascii()
}

#[cfg(test)]
mod tests;
