//! Expressions of ECMAScript as nearly all are, read without an engine: compiling one takes longer than using it once.
//!
//! It knows sets of ASCII characters, groups, alternatives, repetitions and the two ends of a text. Of an expression
//! with anything else, and of a match that takes long to find, it says nothing.

mod parse;

use parse::{Item, What, parse};

/// So many steps are taken to find a match; by then an engine is the faster one.
const MOST_STEPS: usize = 20_000;

/// Groups are repeated this often, one call inside the other.
const MOST_REPEATED: usize = 64;

/// An expression that was read.
pub(super) struct Expression(Vec<Vec<Item>>);

impl Expression {
    /// Reads an expression; `None` if there is something in it that is not known here.
    pub(super) fn read(text: &str) -> Option<Self> {
        parse(text).map(Self)
    }

    /// Whether it describes a text of ASCII somewhere; `None` for others, and if that takes long to find out.
    pub(super) fn describes(&self, text: &str) -> Option<bool> {
        if !text.is_ascii() {
            return None;
        }
        let mut search = Search {
            text: text.as_bytes(),
            steps: MOST_STEPS,
            repeated: 0,
        };
        let found = (0..=text.len()).any(|start| search.any(&self.0, start, &mut |_, _| true));
        (search.steps > 0).then_some(found)
    }
}

/// What is to match behind a place of the text.
type Rest<'r> = dyn FnMut(&mut Search<'_>, usize) -> bool + 'r;

struct Search<'t> {
    text: &'t [u8],
    steps: usize,
    repeated: usize,
}

impl Search<'_> {
    /// Whether one of some alternatives matches at a place, and the rest behind it.
    fn any(&mut self, alternatives: &[Vec<Item>], at: usize, rest: &mut Rest<'_>) -> bool {
        alternatives.iter().any(|items| self.all(items, at, rest))
    }

    fn all(&mut self, items: &[Item], at: usize, rest: &mut Rest<'_>) -> bool {
        self.steps = self.steps.saturating_sub(1);
        if self.steps == 0 {
            return false;
        }
        let Some((item, others)) = items.split_first() else {
            return rest(self, at);
        };
        match &item.what {
            What::Start => at == 0 && self.all(others, at, rest),
            What::End => at == self.text.len() && self.all(others, at, rest),
            What::Set(set) => {
                let characters = self.text[at..].iter();
                let here = characters.take(item.most).take_while(|byte| set >> **byte & 1 == 1);
                let longest = here.count();
                (item.least..=longest)
                    .rev()
                    .any(|many| self.all(others, at + many, rest))
            }
            What::Group(inner) => self.repeated(item, inner, (at, 0), &mut |search, at| search.all(others, at, rest)),
        }
    }

    /// A group that has matched so many times before a place.
    fn repeated(&mut self, item: &Item, inner: &[Vec<Item>], (at, times): (usize, usize), rest: &mut Rest<'_>) -> bool {
        if self.repeated == MOST_REPEATED {
            self.steps = 0;
            return false;
        }
        self.repeated += 1;
        let again = times < item.most
            && self.any(inner, at, &mut |search, next| {
                // What matches nothing once more leads nowhere.
                (next > at || times < item.least) && search.repeated(item, inner, (next, times + 1), rest)
            });
        self.repeated -= 1;
        again || times >= item.least && rest(self, at)
    }
}

#[cfg(test)]
mod tests {
    use super::Expression;

    fn describes(expression: &str, text: &str) -> Option<bool> {
        Expression::read(expression)?.describes(text)
    }

    #[test]
    fn sets_groups_alternatives_and_repetitions_are_read() {
        for (expression, fits, fits_not) in [
            ("^[a-zA-Z][-a-z0-9]{0,3}$", "ab-1", "ab-12"),
            (
                r"^(arn:aws(-\w+)*:s3:::.+|\d{12})$",
                "arn:aws-us-gov:s3:::x",
                "arn:s3:::x",
            ),
            ("b+", "abc", "ac"),
            (r"^[^\s/]*\.(zip|jar)?$", "a.zip", "a b.zip"),
            ("^(a|ab)(c|bcd)$", "abcd", "abd"),
            ("^(a*)*$", "aaa", "aab"),
            ("^(a?){3}b$", "b", "aaaab"),
            ("^(|x)y$", "y", "xxy"),
        ] {
            assert_eq!(describes(expression, fits), Some(true), "{expression}");
            assert_eq!(describes(expression, fits_not), Some(false), "{expression}");
        }
    }

    #[test]
    fn of_what_it_does_not_know_it_says_nothing() {
        for expression in [
            "^(?!aws)", r"\bx", r"(a)\1", r"\p{L}", "[a[b]]", "[a--]", "[]a]", "x{,3}", "a**", "(", "a)", "[", "x{2",
            "é", r"[a-\d]", "[z-a]", r"\x41", "a{3,2}", "*",
        ] {
            assert!(Expression::read(expression).is_none(), "{expression}");
        }
        assert_eq!(describes("^(a|a|a)*(a|a)*(a|a)*b$", &"a".repeat(40)), None);
    }
}
