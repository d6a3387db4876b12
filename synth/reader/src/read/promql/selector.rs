//! Selectors: the name of a metric, and what its labels must be.

use super::functions::Type;
use super::grammar::{Grammar, Read, Seen};
use super::token::Word;
use super::{Comparison, Matcher, Selector};

impl Grammar<'_> {
    pub(super) fn selector(&mut self, name: Option<&str>) -> Read<Seen> {
        let at = self.here();
        let mut selector = Selector {
            name: name.map(str::to_owned),
            ..Selector::default()
        };
        if self.takes("{") {
            self.matchers(&mut selector)?;
        }
        let says_nothing =
            selector.name.is_none() && !selector.varies && selector.matchers.iter().all(Matcher::fits_nothing);
        if says_nothing {
            return self.fault_at(at, "one of the labels must be something, or the metric have a name");
        }
        self.selectors.push(selector);
        Ok(Seen {
            is: Type::Vector,
            moves: true,
            bare: true,
        })
    }

    fn matchers(&mut self, selector: &mut Selector) -> Read<()> {
        loop {
            if self.takes("}") {
                return Ok(());
            }
            self.matcher(selector)?;
            if !self.takes(",") {
                return self.needs("}", " behind the labels");
            }
        }
    }

    fn matcher(&mut self, selector: &mut Selector) -> Read<()> {
        let label = match self.peek() {
            Some(Word::Name(name)) if name.contains(':') => {
                return self.fault(&format!("`{name}` is no name of a label"));
            }
            Some(Word::Name(name) | Word::Text(name)) => Some(name),
            Some(Word::Variable) => None,
            _ => return self.fault("the name of a label, or `}`, is missing here"),
        };
        let is_text = matches!(self.peek(), Some(Word::Text(_)));
        self.next += 1;
        let Some(comparison) = self.comparison() else {
            match label {
                None => selector.varies = true,
                // A name in quotes is that of the metric.
                Some(name) if is_text && selector.name.is_none() => selector.name = Some(name.clone()),
                Some(_) => return self.fault("one of `=`, `!=`, `=~` and `!~` is missing here"),
            }
            return Ok(());
        };
        let value = match self.peek() {
            Some(Word::Text(value)) => Some(value),
            Some(Word::Variable) => None,
            _ => return self.fault("a text in quotes is missing here"),
        };
        self.next += 1;
        match label.zip(value) {
            None => selector.varies = true,
            Some((label, value)) if label == "__name__" && comparison == Comparison::Is => {
                selector.name = Some(value.clone());
            }
            Some((label, value)) => selector.matchers.push(Matcher {
                label: label.clone(),
                comparison,
                value: value.clone(),
            }),
        }
        Ok(())
    }

    fn comparison(&mut self) -> Option<Comparison> {
        let found = match self.peek()? {
            Word::Sign("=") => Comparison::Is,
            Word::Sign("!=") => Comparison::IsNot,
            Word::Sign("=~") => Comparison::Fits,
            Word::Sign("!~") => Comparison::FitsNot,
            _ => return None,
        };
        self.next += 1;
        Some(found)
    }
}
