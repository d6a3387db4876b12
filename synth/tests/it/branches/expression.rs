//! Expressions of GitHub's, as far as conditions of jobs need them
//! (<https://docs.github.com/en/actions/reference/workflows-and-actions/expressions>).

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Null,
    Truth(bool),
    Text(String),
}

impl Value {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn holds(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Truth(truth) => *truth,
            Self::Text(text) => !text.is_empty(),
        }
    }

    /// Texts are the same whatever their case; what differs in kind is compared as numbers.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(one), Self::Text(other)) => one.eq_ignore_ascii_case(other),
            _ => matches!((self.number(), other.number()), (Some(one), Some(other)) if one == other),
        }
    }

    /// A text that is no number is the same as nothing.
    fn number(&self) -> Option<i64> {
        match self {
            Self::Null => Some(0),
            Self::Truth(truth) => Some(i64::from(*truth)),
            Self::Text(text) if text.trim().is_empty() => Some(0),
            Self::Text(text) => text.trim().parse().ok(),
        }
    }
}

/// What is known while an expression is evaluated: names such as `github.ref`, and functions such as `failure`.
pub(super) trait Known {
    fn name(&self, path: &str) -> Value;
    fn function(&self, name: &str) -> bool;
}

/// Evaluates an expression, with or without its `${{ }}`.
pub(super) fn evaluate(text: &str, known: &impl Known) -> Value {
    let text = text.trim();
    let inside = text.strip_prefix("${{").and_then(|text| text.strip_suffix("}}"));
    let mut rest = Rest {
        text: inside.unwrap_or(text),
        known,
    };
    let value = rest.any();
    assert!(rest.text.trim().is_empty(), "what is `{}` in `{text}`?", rest.text);
    value
}

struct Rest<'a, K> {
    text: &'a str,
    known: &'a K,
}

impl<K: Known> Rest<'_, K> {
    fn takes(&mut self, word: &str) -> bool {
        let rest = self.text.trim_start().strip_prefix(word);
        self.text = rest.unwrap_or(self.text);
        rest.is_some()
    }

    /// Gives the first operand that holds, or the last one.
    fn any(&mut self) -> Value {
        let mut value = self.every();
        while self.takes("||") {
            let next = self.every();
            value = if value.holds() { value } else { next };
        }
        value
    }

    /// Gives the first operand that does not hold, or the last one.
    fn every(&mut self) -> Value {
        let mut value = self.compared();
        while self.takes("&&") {
            let next = self.compared();
            value = if value.holds() { next } else { value };
        }
        value
    }

    fn compared(&mut self) -> Value {
        let value = self.single();
        if self.takes("==") {
            Value::Truth(value.is(&self.single()))
        } else if self.takes("!=") {
            Value::Truth(!value.is(&self.single()))
        } else {
            value
        }
    }

    fn single(&mut self) -> Value {
        if self.takes("!") {
            return Value::Truth(!self.single().holds());
        }
        if self.takes("(") {
            let value = self.any();
            assert!(self.takes(")"), "`{}` closes nothing", self.text);
            return value;
        }
        if self.takes("'") {
            let (text, rest) = self.text.split_once('\'').unwrap();
            self.text = rest;
            return Value::text(text);
        }
        let text = self.text.trim_start();
        let is_part = |one: char| one.is_ascii_alphanumeric() || "._-".contains(one);
        let (name, rest) = text.split_at(text.find(|one| !is_part(one)).unwrap_or(text.len()));
        assert!(!name.is_empty(), "what is `{text}`?");
        self.text = rest;
        if self.takes("()") {
            Value::Truth(self.known.function(name))
        } else {
            self.known.name(name)
        }
    }
}

struct Nothing;

impl Known for Nothing {
    fn name(&self, _: &str) -> Value {
        Value::Null
    }

    fn function(&self, _: &str) -> bool {
        false
    }
}

#[test]
fn an_expression_comes_to_what_github_says() {
    let truths = [
        "inputs.nothing == ''",
        "'Main' == 'main'",
        "!failure() && 'a' != 'b'",
        "(github.ref == 'x' && 'dev' || 'prod' == 'prod' && 'prod') == 'prod'",
        "'' || 'a'",
    ];
    for text in truths {
        assert!(evaluate(text, &Nothing).holds(), "{text}");
    }
    for text in [
        "inputs.nothing != ''",
        "'a' && ''",
        "failure() || cancelled()",
        "'a' == ''",
    ] {
        assert!(!evaluate(text, &Nothing).holds(), "{text}");
    }
}
