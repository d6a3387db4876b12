//! The grammar of PromQL, read from the left, no deeper than [`MOST_DEPTH`].

use super::functions::Type;
use super::token::{Token, Word};
use super::{Fault, Selector};

/// What people write nests less than ten times.
const MOST_DEPTH: usize = 64;

/// Why reading stopped.
pub(super) enum Stop {
    Fault(Fault),
    /// It nests deeper than is read.
    Deep,
}

pub(super) type Read<T> = Result<T, Stop>;

pub(super) struct Grammar<'a> {
    tokens: &'a [Token],
    pub(super) next: usize,
    /// Where the text ends.
    end: usize,
    depth: usize,
    pub(super) selectors: Vec<Selector>,
}

/// What an expression is so far.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    pub(super) is: Type,
    /// Whether `offset` and `@` may stand behind it.
    pub(super) moves: bool,
    /// Whether it is a selector that nothing stands behind yet.
    pub(super) bare: bool,
}

impl Seen {
    pub(super) fn only(is: Type) -> Self {
        Self {
            is,
            moves: false,
            bare: false,
        }
    }
}

/// The operators, and how strongly they hold together.
const OPERATORS: [(&str, u8); 16] = [
    ("or", 1),
    ("and", 2),
    ("unless", 2),
    ("==", 3),
    ("!=", 3),
    ("<=", 3),
    (">=", 3),
    ("<", 3),
    (">", 3),
    ("+", 4),
    ("-", 4),
    ("*", 5),
    ("/", 5),
    ("%", 5),
    ("atan2", 5),
    ("^", POWER),
];
const SETS: u8 = 2;
pub(super) const COMPARES: u8 = 3;
const POWER: u8 = 6;

impl<'a> Grammar<'a> {
    pub(super) fn new(tokens: &'a [Token], end: usize) -> Self {
        Self {
            tokens,
            next: 0,
            end,
            depth: 0,
            selectors: Vec::new(),
        }
    }

    /// Whether a variable stands outside of quotes.
    pub(super) fn varies(&self) -> bool {
        self.tokens.iter().any(|token| token.word == Word::Variable)
    }

    /// All of it is one expression.
    pub(super) fn whole(&mut self) -> Read<()> {
        if self.tokens.is_empty() {
            return self.fault("there is no expression");
        }
        self.expression(0)?;
        match self.peek() {
            None => Ok(()),
            Some(Word::Sign(sign)) if ")]}".contains(sign) => self.fault(&format!("`{sign}` closes nothing")),
            Some(_) => self.fault("an operator is missing before this"),
        }
    }

    pub(super) fn peek(&self) -> Option<&'a Word> {
        self.tokens.get(self.next).map(|token| &token.word)
    }

    pub(super) fn here(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |token| token.at)
    }

    pub(super) fn fault<T>(&self, what: &str) -> Read<T> {
        self.fault_at(self.here(), what)
    }

    #[expect(clippy::unused_self, reason = "reads like its sibling")]
    pub(super) fn fault_at<T>(&self, at: usize, what: &str) -> Read<T> {
        let what = what.to_owned();
        Err(Stop::Fault(Fault { at, what }))
    }

    pub(super) fn is(&self, sign: &str) -> bool {
        matches!(self.peek(), Some(Word::Sign(known)) if *known == sign)
    }

    pub(super) fn takes(&mut self, sign: &str) -> bool {
        let is = self.is(sign);
        self.next += usize::from(is);
        is
    }

    pub(super) fn needs(&mut self, sign: &str, for_what: &str) -> Read<()> {
        if self.takes(sign) {
            return Ok(());
        }
        self.fault(&format!("`{sign}` is missing{for_what}"))
    }

    /// Takes a word of the language, in letters of any size.
    pub(super) fn takes_word(&mut self, words: &[&str]) -> bool {
        let is =
            matches!(self.peek(), Some(Word::Name(name)) if words.iter().any(|word| word.eq_ignore_ascii_case(name)));
        self.next += usize::from(is);
        is
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth == MOST_DEPTH {
            return Err(Stop::Deep);
        }
        self.depth += 1;
        let found = read(self);
        self.depth -= 1;
        found
    }

    /// The operator that comes next, and how strongly it holds.
    pub(super) fn operator(&self) -> Option<(&'static str, u8)> {
        let word: &str = match self.peek()? {
            Word::Sign(sign) => sign,
            Word::Name(name) => name,
            _ => return None,
        };
        OPERATORS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(word))
            .copied()
    }

    /// An expression whose operators hold at least so strongly.
    pub(super) fn expression(&mut self, least: u8) -> Read<Type> {
        self.deeper(|grammar| {
            let mut left = grammar.signed()?;
            while let Some((operator, holds)) = grammar.operator().filter(|(_, holds)| *holds >= least) {
                let at = grammar.here();
                grammar.next += 1;
                let (compares, matches) = grammar.matching(holds)?;
                // Powers are reckoned from the right.
                let right = grammar.expression(if holds == POWER { holds } else { holds + 1 })?;
                left = grammar.joined(at, (operator, holds), (left, right), (compares, matches))?;
            }
            Ok(left)
        })
    }

    fn joined(
        &self,
        at: usize,
        (operator, holds): (&str, u8),
        (left, right): (Type, Type),
        (compares, matches): (bool, bool),
    ) -> Read<Type> {
        let number = |is: Type| is == Type::Scalar;
        for side in [left, right] {
            if side == Type::Matrix || side == Type::Text {
                let what = format!("`{operator}` joins numbers and instant vectors, not {}", side.word());
                return self.fault_at(at, &what);
            }
        }
        let a_number = number(left) || number(right);
        if holds <= SETS && a_number {
            return self.fault_at(at, &format!("`{operator}` joins instant vectors, not numbers"));
        }
        if matches && a_number {
            return self.fault_at(at, "only instant vectors are matched by labels");
        }
        if holds == COMPARES && number(left) && number(right) && !compares {
            return self.fault_at(at, &format!("two numbers are compared by `{operator} bool`"));
        }
        Ok(match (left, right) {
            (Type::Any, _) | (_, Type::Any) => Type::Any,
            _ if number(left) && number(right) => Type::Scalar,
            _ => Type::Vector,
        })
    }

    /// What stands behind an operator: whether that is `bool`, and whether it says which labels are matched.
    fn matching(&mut self, holds: u8) -> Read<(bool, bool)> {
        let at = self.here();
        let compares = self.takes_word(&["bool"]);
        if compares && holds != COMPARES {
            return self.fault_at(at, "`bool` stands behind comparisons only");
        }
        let matches = self.takes_word(&["on", "ignoring"]);
        if matches {
            self.labels()?;
        }
        let at = self.here();
        if self.takes_word(&["group_left", "group_right"]) {
            if !matches {
                return self.fault_at(at, "this stands behind `on (...)` or `ignoring (...)`");
            }
            if holds <= SETS {
                return self.fault_at(at, "sets are not grouped");
            }
            if self.is("(") {
                self.labels()?;
            }
        }
        while self.takes_word(&["fill", "fill_left", "fill_right"]) {
            self.needs("(", " behind this")?;
            self.expression(0)?;
            self.needs(")", " behind this")?;
        }
        Ok((compares, matches))
    }

    /// Names of labels in brackets.
    pub(super) fn labels(&mut self) -> Read<()> {
        self.needs("(", " before the labels")?;
        loop {
            if self.takes(")") {
                return Ok(());
            }
            match self.peek() {
                Some(Word::Name(name)) if name.contains(':') => {
                    return self.fault(&format!("`{name}` is no name of a label"));
                }
                Some(Word::Name(_) | Word::Text(_) | Word::Variable) => self.next += 1,
                _ => return self.fault("the name of a label, or `)`, is missing here"),
            }
            if !self.takes(",") {
                return self.needs(")", " behind the labels");
            }
        }
    }

    fn signed(&mut self) -> Read<Type> {
        let at = self.here();
        if !self.takes("-") && !self.takes("+") {
            return Ok(self.moved()?.is);
        }
        let is = self.expression(POWER)?;
        if is == Type::Matrix || is == Type::Text {
            return self.fault_at(
                at,
                &format!("a sign stands before numbers and instant vectors, not {}", is.word()),
            );
        }
        Ok(is)
    }
}
