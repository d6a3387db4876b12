//! What operators join: numbers, texts, selectors, what functions and aggregations make of them.

use super::functions::{self, Aggregation, Type};
use super::grammar::{Grammar, Read, Seen};
use super::token::Word;
use crate::schema::nearest;

impl Grammar<'_> {
    pub(super) fn operand(&mut self) -> Read<Seen> {
        match self.peek() {
            Some(Word::Number | Word::Duration) => {
                self.next += 1;
                Ok(Seen::only(Type::Scalar))
            }
            Some(Word::Text(_)) => {
                self.next += 1;
                Ok(Seen::only(Type::Text))
            }
            Some(Word::Variable) => self.variable(),
            Some(Word::Sign("(")) => {
                self.next += 1;
                let is = self.expression(0)?;
                self.needs(")", "")?;
                Ok(Seen::only(is))
            }
            Some(Word::Sign("{")) => self.selector(None),
            Some(Word::Name(name)) => self.named(name),
            Some(Word::Sign(sign)) => self.fault(&format!("an expression is missing before `{sign}`")),
            None => self.fault("an expression is missing at the end"),
        }
    }

    /// What a variable begins: nothing is known of it.
    fn variable(&mut self) -> Read<Seen> {
        self.next += 1;
        if self.is("(") {
            self.arguments()?;
            if self.takes_word(&["by", "without"]) {
                self.labels()?;
            }
            return Ok(Seen::only(Type::Any));
        }
        if self.is("{") {
            self.selector(None)?;
            self.selectors.pop();
        }
        Ok(Seen {
            is: Type::Any,
            moves: true,
            bare: true,
        })
    }

    fn named(&mut self, name: &str) -> Read<Seen> {
        let at = self.here();
        self.next += 1;
        let groups = matches!(self.peek(), Some(Word::Name(word)) if ["by", "without"].iter().any(|known| known.eq_ignore_ascii_case(word)));
        if let Some(Aggregation { before }) = functions::aggregation(name).filter(|_| groups || self.is("(")) {
            return self.aggregation(name, before, at);
        }
        if self.is("(") {
            return self.call(name, at);
        }
        let is_number = ["inf", "nan"].iter().any(|known| known.eq_ignore_ascii_case(name));
        if is_number && !self.is("{") {
            return Ok(Seen::only(Type::Scalar));
        }
        if ["and", "or", "unless"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name))
        {
            return self.fault_at(at, &format!("an expression is missing before `{name}`"));
        }
        self.selector(Some(name))
    }

    fn aggregation(&mut self, name: &str, before: Option<Type>, at: usize) -> Read<Seen> {
        let grouped = self.takes_word(&["by", "without"]);
        if grouped {
            self.labels()?;
        }
        let given = self.arguments()?;
        if !grouped && self.takes_word(&["by", "without"]) {
            self.labels()?;
        }
        let (needed, is_first) = match before {
            Some(first) => (2, given.first().is_none_or(|is| is.is(first))),
            None => (1, true),
        };
        if given.len() != needed {
            let has = given.len();
            return self.fault_at(
                at,
                &format!("`{name}` takes {}, and is given {has}", functions::arguments(needed)),
            );
        }
        if let Some(first) = before.filter(|_| !is_first) {
            return self.fault_at(
                at,
                &format!("`{name}` takes {} first, not {}", first.word(), given[0].word()),
            );
        }
        match given.last() {
            Some(is) if !is.is(Type::Vector) => self.fault_at(
                at,
                &format!("`{name}` takes an instant vector, and is given {}", is.word()),
            ),
            _ => Ok(Seen::only(Type::Vector)),
        }
    }

    fn call(&mut self, name: &str, at: usize) -> Read<Seen> {
        let Some(takes) = functions::takes(name) else {
            let near = nearest(name, functions::names());
            let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            return self.fault_at(at, &format!("there is no function `{name}`{near}"));
        };
        let given = self.arguments()?;
        match functions::misfit(name, takes, &given) {
            Some(what) => self.fault_at(at, &what),
            None => Ok(Seen::only(functions::gives(name))),
        }
    }

    /// Expressions in brackets, and what each gives.
    pub(super) fn arguments(&mut self) -> Read<Vec<Type>> {
        self.needs("(", " before the arguments")?;
        let mut given = Vec::new();
        if self.takes(")") {
            return Ok(given);
        }
        loop {
            given.push(self.expression(0)?);
            if !self.takes(",") {
                self.needs(")", "")?;
                return Ok(given);
            }
        }
    }
}
