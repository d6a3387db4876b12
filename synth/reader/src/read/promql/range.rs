//! What stands behind a selector: how far back it looks, and from when.

use super::functions::Type;
use super::grammar::{COMPARES, Grammar, Read, Seen};
use super::token::Word;

impl Grammar<'_> {
    /// An expression with all that stands behind it: a range, `offset`, `@`.
    pub(super) fn moved(&mut self) -> Read<Seen> {
        let mut seen = self.operand()?;
        loop {
            let at = self.here();
            if self.is("[") {
                seen = self.range(seen)?;
            } else if self.takes_word(&["offset"]) {
                self.may_move(seen, at, "offset")?;
                seen.bare = false;
                if !self.takes("-") {
                    self.takes("+");
                }
                self.duration()?;
            } else if self.takes("@") {
                self.may_move(seen, at, "@")?;
                seen.bare = false;
                self.moment()?;
            } else if seen.moves && self.takes_word(&["anchored", "smoothed"]) {
                seen.bare = false;
            } else {
                return Ok(seen);
            }
        }
    }

    fn may_move(&self, seen: Seen, at: usize, word: &str) -> Read<()> {
        if seen.moves {
            return Ok(());
        }
        self.fault_at(at, &format!("`{word}` stands behind a selector or a subquery"))
    }

    /// `[5m]`, or `[1h:5m]` of a subquery.
    fn range(&mut self, seen: Seen) -> Read<Seen> {
        let at = self.here();
        self.next += 1;
        self.reckoned()?;
        let is_subquery = self.takes(":");
        if is_subquery && !self.is("]") {
            self.reckoned()?;
        }
        self.needs("]", " behind the range")?;
        if seen.is == Type::Matrix || seen.is == Type::Text {
            return self.fault_at(
                at,
                &format!("a range stands behind an instant vector, not {}", seen.is.word()),
            );
        }
        if !is_subquery && !seen.bare && seen.is != Type::Any {
            let what =
                "a range stands at once behind a selector; behind anything else it is that of a subquery, `[1h:]`";
            return self.fault_at(at, what);
        }
        Ok(Seen {
            is: Type::Matrix,
            moves: true,
            bare: false,
        })
    }

    /// A duration, with which newer versions reckon.
    fn reckoned(&mut self) -> Read<()> {
        self.duration()?;
        while self.operator().is_some_and(|(_, holds)| holds > COMPARES) {
            self.next += 1;
            self.duration()?;
        }
        Ok(())
    }

    fn duration(&mut self) -> Read<()> {
        match self.peek() {
            Some(Word::Duration | Word::Number | Word::Variable) => {
                self.next += 1;
                Ok(())
            }
            Some(Word::Sign("(")) => {
                self.next += 1;
                self.expression(0)?;
                self.needs(")", " behind the duration")
            }
            Some(Word::Name(name)) if ["step", "range", "min", "max"].contains(&name.as_str()) => {
                self.next += 1;
                self.arguments().map(drop)
            }
            _ => self.fault("a duration such as `5m` is missing here"),
        }
    }

    fn moment(&mut self) -> Read<()> {
        if self.takes_word(&["start", "end"]) {
            self.needs("(", " behind this")?;
            return self.needs(")", " behind this");
        }
        if !self.takes("-") {
            self.takes("+");
        }
        match self.peek() {
            Some(Word::Number | Word::Variable | Word::Duration) => {
                self.next += 1;
                Ok(())
            }
            _ => self.fault("a moment in seconds, `start()` or `end()` is missing here"),
        }
    }
}
