//! The parts of an expression.

use std::iter::Peekable;
use std::str::Bytes;

/// One thing, so many times.
pub(super) struct Item {
    pub(super) what: What,
    pub(super) least: usize,
    pub(super) most: usize,
}

pub(super) enum What {
    /// One of the characters of ASCII, a bit each.
    Set(u128),
    /// One of some alternatives.
    Group(Vec<Vec<Item>>),
    /// The beginning of the text.
    Start,
    /// Its end.
    End,
}

const DIGIT: u128 = range(b'0', b'9');
const WORD: u128 = DIGIT | range(b'a', b'z') | range(b'A', b'Z') | 1 << b'_';
const SPACE: u128 = 1 << b' ' | range(b'\t', b'\r');
const BREAK: u128 = 1 << b'\n';

/// Groups stand this deep in each other.
const MOST_DEPTH: usize = 16;

/// A bit for each character from one to another.
const fn range(first: u8, last: u8) -> u128 {
    let mut set = 0;
    let mut byte = first;
    while byte <= last {
        set |= 1 << byte;
        byte += 1;
    }
    set
}

/// The alternatives of an expression.
pub(super) fn parse(text: &str) -> Option<Vec<Vec<Item>>> {
    let mut reader = Reader {
        rest: text.bytes().peekable(),
    };
    let all = reader.alternatives(0)?;
    (text.is_ascii() && reader.rest.next().is_none()).then_some(all)
}

struct Reader<'t> {
    rest: Peekable<Bytes<'t>>,
}

impl Reader<'_> {
    /// Up to the end of the text or of the group.
    fn alternatives(&mut self, depth: usize) -> Option<Vec<Vec<Item>>> {
        let mut all = vec![Vec::new()];
        while let Some(byte) = self.rest.next_if(|byte| *byte != b')') {
            let what = match byte {
                b'|' => {
                    all.push(Vec::new());
                    continue;
                }
                b'^' => What::Start,
                b'$' => What::End,
                b'(' => What::Group(self.group(depth)?),
                b'[' => What::Set(self.set()?),
                b'.' => What::Set(!BREAK),
                b'\\' => What::Set(self.escaped()?),
                b'*' | b'+' | b'?' | b'{' | b'}' | b']' | 128.. => return None,
                other => What::Set(1 << other),
            };
            let (least, most) = match what {
                // The ends of a text are there once.
                What::Start | What::End => (1, 1),
                _ => self.times()?,
            };
            all.last_mut()?.push(Item { what, least, most });
        }
        Some(all)
    }

    fn group(&mut self, depth: usize) -> Option<Vec<Vec<Item>>> {
        if self.rest.next_if_eq(&b'?').is_some() {
            // What looks ahead or behind, or has a name, is not known here.
            self.rest.next_if_eq(&b':')?;
        }
        let inner = (depth < MOST_DEPTH).then(|| self.alternatives(depth + 1))??;
        self.rest.next_if_eq(&b')')?;
        Some(inner)
    }

    /// How often what stands before comes.
    fn times(&mut self) -> Option<(usize, usize)> {
        let times = match self.rest.peek() {
            Some(b'*') => (0, usize::MAX),
            Some(b'+') => (1, usize::MAX),
            Some(b'?') => (0, 1),
            Some(b'{') => {
                self.rest.next();
                let least = self.number()?;
                let most = match self.rest.next_if_eq(&b',') {
                    None => least,
                    Some(_) if self.rest.peek() == Some(&b'}') => usize::MAX,
                    Some(_) => self.number()?,
                };
                (self.rest.peek() == Some(&b'}') && least <= most).then_some((least, most))?
            }
            _ => return Some((1, 1)),
        };
        self.rest.next();
        // One that is as short as can be describes the same texts.
        self.rest.next_if_eq(&b'?');
        Some(times)
    }

    fn number(&mut self) -> Option<usize> {
        let mut number: Option<usize> = None;
        while let Some(digit) = self.rest.next_if(u8::is_ascii_digit) {
            number = Some(
                number
                    .unwrap_or(0)
                    .checked_mul(10)?
                    .checked_add(usize::from(digit - b'0'))?,
            );
        }
        number
    }

    /// A set, behind its `[`.
    fn set(&mut self) -> Option<u128> {
        let other = self.rest.next_if_eq(&b'^').is_some();
        let mut set = 0;
        let mut is_empty = true;
        loop {
            let first = match self.rest.next()? {
                b']' if is_empty => return None,
                b']' => return Some(if other { !set } else { set }),
                byte => self.member(byte)?,
            };
            is_empty = false;
            set |= first;
            if self.rest.next_if_eq(&b'-').is_none() {
                continue;
            }
            if self.rest.peek() == Some(&b']') {
                set |= 1 << b'-';
                continue;
            }
            let last = self.rest.next()?;
            let last = self.member(last)?;
            let single = first.is_power_of_two() && last.is_power_of_two() && first <= last;
            // All bits from the one to the other.
            set |= single.then(|| last | (last - first))?;
        }
    }

    /// A character of a set, or a class. Sets within sets and what is done with them are no expression of ECMAScript.
    fn member(&mut self, byte: u8) -> Option<u128> {
        match byte {
            b'\\' => self.escaped(),
            b'[' | 128.. => None,
            b'&' | b'~' | b'-' if self.rest.peek() == Some(&byte) => None,
            _ => Some(1 << byte),
        }
    }

    /// What stands behind a `\`.
    fn escaped(&mut self) -> Option<u128> {
        Some(match self.rest.next()? {
            b'd' => DIGIT,
            b'D' => !DIGIT,
            b'w' => WORD,
            b'W' => !WORD,
            b's' => SPACE,
            b'S' => !SPACE,
            b'n' => 1 << b'\n',
            b'r' => 1 << b'\r',
            b't' => 1 << b'\t',
            byte if byte.is_ascii_punctuation() => 1 << byte,
            _ => return None,
        })
    }
}
