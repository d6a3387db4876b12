//! Texts whose brackets and quotes go on too far to the left: YAML's own rules want every line of a value further right than
//! its key (YAML 1.2.2, section 6.1), and the readers that everybody uses, libyaml and those after it, do not ask for that in
//! brackets and quotes. So such lines are moved to the right, and what is found there is moved back.

use super::Span;

/// A text that has been moved, and by how much each of its lines.
pub(super) struct Aligned {
    pub(super) text: String,
    pads: Vec<u32>,
}

/// What a line stands in when it begins.
#[derive(Default)]
struct Place {
    /// How many brackets are open.
    depth: usize,
    /// The quote that is open.
    quote: Option<char>,
    /// The column of what was opened first.
    opened: usize,
    /// The least column of a text that is kept in lines (`|`, `>`), while one goes on.
    kept: Option<usize>,
}

impl Aligned {
    /// A text with such lines moved; nothing if it has none.
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut place = Place::default();
        let (mut moved, mut pads) = (String::new(), Vec::new());
        for line in text.split_inclusive('\n') {
            let pad = place.pad(line);
            moved.extend(std::iter::repeat_n(' ', pad));
            moved.push_str(line);
            pads.push(u32::try_from(pad).unwrap_or_default());
            place.read(line);
        }
        let text = moved;
        pads.iter().any(|pad| *pad > 0).then_some(Self { text, pads })
    }

    /// Where something stands in the text as it was.
    pub(super) fn back(&self, at: Span) -> Span {
        let pad = |line: u32| {
            let line = usize::try_from(line).unwrap_or_default().saturating_sub(1);
            self.pads.get(line).copied().unwrap_or_default()
        };
        Span {
            column: at.column.saturating_sub(pad(at.line)).max(1),
            end_column: at.end_column.saturating_sub(pad(at.end_line)).max(1),
            ..at
        }
    }
}

impl Place {
    /// By how much a line is moved.
    fn pad(&self, line: &str) -> usize {
        let is_open = self.depth > 0 || self.quote.is_some();
        let indent = indent(line);
        if !is_open || line.trim().is_empty() || indent > self.opened {
            return 0;
        }
        self.opened + 1 - indent
    }

    fn read(&mut self, line: &str) {
        if let Some(least) = self.kept {
            if line.trim().is_empty() || indent(line) >= least {
                return;
            }
            self.kept = None;
        }
        // Whether a value may begin here, and where the last key or item did.
        let (mut fresh, mut home) = (true, indent(line));
        let mut letters = line.chars().enumerate().peekable();
        let mut before = ' ';
        while let Some((column, letter)) = letters.next() {
            let next = letters.peek().map_or('\n', |(_, next)| *next);
            if let Some(quote) = self.quote {
                let escapes = (quote == '"' && letter == '\\') || (quote == '\'' && letter == '\'' && next == '\'');
                if escapes {
                    letters.next();
                } else if letter == quote {
                    self.quote = None;
                    fresh = false;
                }
            } else if letter == '#' && before.is_whitespace() {
                return;
            } else if fresh && self.depth == 0 && matches!(letter, '|' | '>') {
                self.kept = Some(home + 1);
                return;
            } else if fresh && matches!(letter, '!' | '&') {
                // A tag or an anchor: the value comes after it.
                while letters.next_if(|(_, letter)| !letter.is_whitespace()).is_some() {}
            } else {
                fresh = self.letter((column, letter), next, fresh);
                if fresh && self.depth == 0 && matches!(letter, '-' | '?') {
                    home = column + 1;
                }
            }
            before = letter;
        }
    }

    /// Takes in a letter outside of quotes, and tells whether a value may begin after it.
    fn letter(&mut self, (column, letter): (usize, char), next: char, fresh: bool) -> bool {
        let opens = fresh || self.depth > 0;
        match letter {
            '"' | '\'' if fresh => {
                self.open(column);
                self.quote = Some(letter);
                false
            }
            '{' | '[' if opens => {
                self.open(column);
                self.depth += 1;
                true
            }
            '}' | ']' if self.depth > 0 => {
                self.depth -= 1;
                false
            }
            ',' if self.depth > 0 => true,
            ':' if next.is_whitespace() || (self.depth > 0 && !fresh) => true,
            '-' | '?' if fresh && next.is_whitespace() => true,
            letter if letter.is_whitespace() => fresh,
            _ => false,
        }
    }

    fn open(&mut self, column: usize) {
        if self.depth == 0 && self.quote.is_none() {
            self.opened = column;
        }
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
