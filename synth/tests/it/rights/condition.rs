//! The conditions of statements, as IAM evaluates them.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::pattern::Pattern;

/// What is known of a request besides its action and its resource.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    /// By names in lower case, which IAM does not tell apart.
    keys: BTreeMap<String, Vec<String>>,
    /// Whether the caller sets all other keys as it likes.
    open: bool,
    /// Beginnings of keys that are not there then.
    absent: Vec<String>,
}

/// What a request has of a key.
enum Seen<'a> {
    Nothing,
    Values(&'a [String]),
    Chosen,
}

/// Whether a condition holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Holds {
    Never,
    /// The caller can make it hold, and can make it not hold.
    AsCallerLikes,
    Always,
}

impl Context {
    /// A key with its values; no value is no key.
    pub(super) fn set<T: Into<String>>(&mut self, key: &str, values: impl IntoIterator<Item = T>) {
        let values: Vec<String> = values.into_iter().map(Into::into).collect();
        if !values.is_empty() {
            self.keys.insert(key.to_ascii_lowercase(), values);
        }
    }

    pub(super) fn with<T: Into<String>>(mut self, key: &str, values: impl IntoIterator<Item = T>) -> Self {
        self.set(key, values);
        self
    }

    /// The same where a key is not there.
    pub(super) fn without(mut self, key: &str) -> Self {
        self.keys.remove(&key.to_ascii_lowercase());
        self
    }

    /// All keys that are not set are as the caller likes, but for those that begin so: they are not there.
    pub(super) fn open_but<'a>(mut self, absent: impl IntoIterator<Item = &'a str>) -> Self {
        self.open = true;
        self.absent = absent.into_iter().map(str::to_ascii_lowercase).collect();
        self
    }

    fn get(&self, key: &str) -> Seen<'_> {
        match self.keys.get(key) {
            Some(values) => Seen::Values(values),
            None if self.open && !self.absent.iter().any(|start| key.starts_with(start)) => Seen::Chosen,
            None => Seen::Nothing,
        }
    }
}

/// How often it has to be true, of the values of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// The request has one value.
    One,
    Any,
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compare {
    Text,
    TextInAnyCase,
    Like,
    Arn,
    Number(Order),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Same,
    Less,
    LessOrSame,
    More,
    MoreOrSame,
}

/// One operator with one key.
#[derive(Debug)]
pub(super) struct Condition {
    operator: String,
    key: String,
    of: Of,
    /// `Null`: whether the key has to be absent.
    absent: Option<bool>,
    compare: Compare,
    negated: bool,
    if_exists: bool,
    values: Vec<Pattern>,
}

impl Condition {
    /// All conditions of a `Condition` block.
    pub(super) fn all(block: &Json) -> Vec<Self> {
        let operators = block.as_object().into_iter().flatten();
        let all = operators.flat_map(|(operator, keys)| {
            let keys = keys.as_object().expect("an operator has keys");
            keys.iter().map(|(key, values)| Self::new(operator, key, values))
        });
        all.collect()
    }

    fn new(operator: &str, key: &str, values: &Json) -> Self {
        let (of, rest) = match operator.split_once(':') {
            None => (Of::One, operator),
            Some(("ForAnyValue", rest)) => (Of::Any, rest),
            Some(("ForAllValues", rest)) => (Of::All, rest),
            Some(_) => panic!("IAM knows no operator {operator}"),
        };
        let values = texts(values);
        let (rest, if_exists) = rest.strip_suffix("IfExists").map_or((rest, false), |rest| (rest, true));
        let (compare, negated) = compare(rest).unwrap_or_else(|| panic!("{operator}: the evaluator has to learn it"));
        Self {
            operator: operator.to_owned(),
            key: key.to_ascii_lowercase(),
            of,
            absent: (rest == "Null").then(|| values == ["true"]),
            compare,
            negated,
            if_exists,
            values: values.iter().map(|value| Pattern::new(value)).collect(),
        }
    }

    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// Whether it takes a key that can have several values for one that has one, which IAM leaves undefined.
    pub(super) fn takes_one(&self) -> bool {
        self.of == Of::One && self.absent.is_none()
    }

    pub(super) fn says(&self) -> String {
        let values: Vec<_> = self.values.iter().map(Pattern::text).collect();
        format!("{} {} {}", self.key, self.operator, values.join(" "))
    }

    pub(super) fn holds(&self, context: &Context) -> Holds {
        let known = match context.get(&self.key) {
            Seen::Chosen => return Holds::AsCallerLikes,
            Seen::Values(values) => Some(values),
            Seen::Nothing => None,
        };
        let holds = match (self.absent, known) {
            (Some(absent), known) => known.is_none() == absent,
            (None, None) => self.if_exists || self.of == Of::All || (self.of == Of::One && self.negated),
            (None, Some(values)) if self.of == Of::All => values.iter().all(|value| self.takes(value)),
            // Several values for an operator that takes one: `takes_one` tells, so that a test can refuse it.
            (None, Some(values)) => values.iter().any(|value| self.takes(value)),
        };
        if holds { Holds::Always } else { Holds::Never }
    }

    /// Whether one value of the request is as the policy has it.
    fn takes(&self, seen: &str) -> bool {
        let one = |wanted: &Pattern| match self.compare {
            Compare::Text => wanted.text() == seen,
            Compare::TextInAnyCase => wanted.text().eq_ignore_ascii_case(seen),
            Compare::Like => wanted.covers(seen),
            Compare::Arn => wanted.covers_arn(seen),
            Compare::Number(order) => number(seen, order, wanted.text()),
        };
        self.values.iter().any(one) != self.negated
    }
}

fn number(seen: &str, order: Order, wanted: &str) -> bool {
    let (Ok(seen), Ok(wanted)) = (seen.parse::<f64>(), wanted.parse::<f64>()) else {
        return false;
    };
    match order {
        Order::Same => (seen - wanted).abs() < f64::EPSILON,
        Order::Less => seen < wanted,
        Order::LessOrSame => seen <= wanted,
        Order::More => seen > wanted,
        Order::MoreOrSame => seen >= wanted,
    }
}

/// How an operator compares, and whether it holds when that is not so.
fn compare(operator: &str) -> Option<(Compare, bool)> {
    Some(match operator {
        "StringEquals" => (Compare::Text, false),
        "StringNotEquals" => (Compare::Text, true),
        "StringEqualsIgnoreCase" | "Bool" | "Null" => (Compare::TextInAnyCase, false),
        "StringNotEqualsIgnoreCase" => (Compare::TextInAnyCase, true),
        "StringLike" => (Compare::Like, false),
        "StringNotLike" => (Compare::Like, true),
        "ArnEquals" | "ArnLike" => (Compare::Arn, false),
        "ArnNotEquals" | "ArnNotLike" => (Compare::Arn, true),
        "NumericEquals" => (Compare::Number(Order::Same), false),
        "NumericNotEquals" => (Compare::Number(Order::Same), true),
        "NumericLessThan" => (Compare::Number(Order::Less), false),
        "NumericLessThanEquals" => (Compare::Number(Order::LessOrSame), false),
        "NumericGreaterThan" => (Compare::Number(Order::More), false),
        "NumericGreaterThanEquals" => (Compare::Number(Order::MoreOrSame), false),
        _ => return None,
    })
}

/// One value or several, as text.
pub(super) fn texts(json: &Json) -> Vec<String> {
    match json {
        Json::Array(items) => items.iter().flat_map(texts).collect(),
        Json::String(text) => vec![text.clone()],
        Json::Bool(_) | Json::Number(_) => vec![json.to_string()],
        other => panic!("a policy has {other}, which is not resolved"),
    }
}

#[cfg(test)]
mod tests;
