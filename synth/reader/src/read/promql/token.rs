//! The words of PromQL.

use super::{Fault, Variables};

/// A word, and where it begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) at: usize,
    pub(super) word: Word,
}

/// What a word is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Word {
    /// Of a metric, a label, a function, or of the language itself.
    Name(String),
    Number,
    Duration,
    /// What stands in quotes, without them.
    Text(String),
    /// What somebody puts something in place of before Prometheus reads it.
    Variable,
    Sign(&'static str),
}

/// The longest first.
const SIGNS: [&str; 21] = [
    "==", "!=", "<=", ">=", "=~", "!~", "(", ")", "{", "}", "[", "]", ",", "+", "-", "*", "/", "%", "^", "<", ">",
];

/// The units of durations, in the order in which they stand.
const UNITS: [&str; 7] = ["y", "w", "d", "h", "m", "s", "ms"];

/// The words of a text.
pub(super) fn tokens(text: &str, variables: Variables) -> Result<Vec<Token>, Fault> {
    let mut reader = Reader {
        text,
        at: 0,
        in_range: false,
        variables,
    };
    let mut found = Vec::new();
    while let Some(token) = reader.next()? {
        match token.word {
            Word::Sign("[") => reader.in_range = true,
            Word::Sign("]") => reader.in_range = false,
            _ => {}
        }
        found.push(token);
    }
    Ok(found)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// Between `[` and `]` a colon is a sign, elsewhere a letter.
    in_range: bool,
    variables: Variables,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn next(&mut self) -> Result<Option<Token>, Fault> {
        self.skip();
        let at = self.at;
        let Some(first) = self.rest().chars().next() else {
            return Ok(None);
        };
        let word = if self.begins_variable()? {
            self.name();
            Word::Variable
        } else if matches!(first, '"' | '\'' | '`') {
            self.quoted(first)?
        } else if first.is_ascii_digit() || (first == '.' && self.rest()[1..].starts_with(|c: char| c.is_ascii_digit()))
        {
            self.number()?
        } else if is_letter(first) && !(first == ':' && self.in_range) {
            if self.name() {
                Word::Variable
            } else {
                Word::Name(self.text[at..self.at].to_owned())
            }
        } else {
            self.sign(first)?
        };
        Ok(Some(Token { at, word }))
    }

    /// Blanks, and what stands behind a `#`.
    fn skip(&mut self) {
        loop {
            let rest = self.rest();
            let blanks = rest.len() - rest.trim_start().len();
            let comment = if rest[blanks..].starts_with('#') {
                rest[blanks..].find('\n').unwrap_or(rest.len() - blanks)
            } else {
                0
            };
            if blanks + comment == 0 {
                return;
            }
            self.at += blanks + comment;
        }
    }

    /// Whether a variable begins here: `$name` and `[[name]]` are Grafana's, `${name}` is anybody's.
    fn begins_variable(&self) -> Result<bool, Fault> {
        let rest = self.rest();
        let named = rest.strip_prefix('$').is_some_and(|rest| rest.starts_with(is_letter));
        if named && self.variables == Variables::Braced {
            let end = rest[1..].find(|c| !is_part(c)).map_or(rest.len(), |end| end + 1);
            let what = format!(
                "`{}` is a variable of Grafana's, which nobody fills in here",
                &rest[..end]
            );
            return Err(Fault { at: self.at, what });
        }
        Ok(named || rest.starts_with("${") || rest.starts_with("{{") || rest.starts_with("[["))
    }

    /// Takes a name; whether a variable is a part of it.
    fn name(&mut self) -> bool {
        let mut varies = false;
        loop {
            let rest = self.rest();
            let closed = [("${", "}"), ("[[", "]]"), ("{{", "}}")]
                .iter()
                .find(|(open, _)| rest.starts_with(open));
            let taken = match closed {
                Some((_, close)) => rest.find(close).map_or(rest.len(), |end| end + close.len()),
                None if rest.starts_with('$') => 1,
                None => rest
                    .find(|c| !is_part(c) || (c == ':' && self.in_range))
                    .unwrap_or(rest.len()),
            };
            if taken == 0 {
                return varies;
            }
            varies |= closed.is_some() || rest.starts_with('$');
            self.at += taken;
        }
    }

    fn quoted(&mut self, quote: char) -> Result<Word, Fault> {
        let at = self.at;
        let fault = |at: usize, what: String| Err(Fault { at, what });
        let mut letters = self.text[at + 1..].char_indices();
        let mut text = String::new();
        while let Some((offset, letter)) = letters.next() {
            let here = at + 1 + offset;
            match letter {
                _ if letter == quote => {
                    self.at = here + quote.len_utf8();
                    return Ok(Word::Text(text));
                }
                '\n' if quote != '`' => return fault(at, "a text ends at the end of its line".to_owned()),
                '\\' if quote != '`' => match letters.next() {
                    Some((_, next)) if next == quote || "abfnrtvxuU\\01234567".contains(next) => {
                        text.extend(['\\', next]);
                    }
                    Some((_, next)) => {
                        let what = format!("`\\{next}` is no escape of a text in quotes; write `\\\\{next}`");
                        return fault(here, what);
                    }
                    None => break,
                },
                _ => text.push(letter),
            }
        }
        fault(at, format!("what begins with {quote} does not end"))
    }

    fn number(&mut self) -> Result<Word, Fault> {
        let (at, rest) = (self.at, self.rest());
        let mut end = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '.')
            .unwrap_or(rest.len());
        let taken = &rest[..end];
        // `1e-5` goes on behind the sign.
        let is_hex = taken.starts_with("0x") || taken.starts_with("0X");
        if !is_hex && taken.ends_with(['e', 'E']) && rest[end..].starts_with(['+', '-']) {
            let more = rest[end + 1..].find(|c: char| !c.is_ascii_digit());
            end += 1 + more.unwrap_or(rest.len() - end - 1);
        }
        let taken = &rest[..end];
        let word = if is_hex && u64::from_str_radix(&taken[2..], 16).is_ok() || taken.parse::<f64>().is_ok() {
            Word::Number
        } else if is_duration(taken) {
            Word::Duration
        } else {
            let what = format!("`{taken}` is neither a number nor a duration such as `5m`");
            return Err(Fault { at, what });
        };
        self.at += end;
        Ok(word)
    }

    fn sign(&mut self, first: char) -> Result<Word, Fault> {
        let rest = self.rest();
        let more = ["=", ":", "@"];
        let known = SIGNS.into_iter().chain(more).find(|sign| rest.starts_with(sign));
        let Some(sign) = known else {
            let what = format!("`{first}` means nothing here");
            return Err(Fault { at: self.at, what });
        };
        self.at += sign.len();
        Ok(Word::Sign(sign))
    }
}

fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphabetic() || letter == '_' || letter == ':'
}

fn is_part(letter: char) -> bool {
    is_letter(letter) || letter.is_ascii_digit()
}

/// Whether a text is a duration: numbers with units, the larger first, each once.
fn is_duration(text: &str) -> bool {
    let (mut rest, mut next) = (text, 0);
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let unit = rest[digits..].find(|c: char| c.is_ascii_digit());
        let unit = &rest[digits..unit.map_or(rest.len(), |end| digits + end)];
        let Some(at) = UNITS.iter().position(|known| *known == unit) else {
            return false;
        };
        if digits == 0 || at < next {
            return false;
        }
        next = at + 1;
        rest = &rest[digits + unit.len()..];
    }
    true
}
