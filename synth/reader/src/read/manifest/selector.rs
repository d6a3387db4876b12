//! Selectors that match labels.

use super::{Labels, is_settled};
use crate::read::{Entry, Map, Node};

/// What finds objects by their labels.
#[derive(Debug, Clone, Default)]
pub struct Selector<'a> {
    pairs: Option<&'a Map>,
    expressions: &'a [Node],
}

impl<'a> Selector<'a> {
    /// That of a Service or a `nodeSelector`: pairs and nothing else.
    #[must_use]
    pub fn of_pairs(node: &'a Node) -> Self {
        Self {
            pairs: node.map(),
            expressions: &[],
        }
    }

    /// That of everybody else: `matchLabels` and `matchExpressions`.
    #[must_use]
    pub fn of(node: &'a Node) -> Self {
        let expressions = node.get("matchExpressions").and_then(Node::list);
        Self {
            pairs: node.get("matchLabels").and_then(Node::map),
            expressions: expressions.unwrap_or_default(),
        }
    }

    /// Whether it finds everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_none_or(Map::is_empty) && self.expressions.is_empty()
    }

    /// The entries of its pairs.
    pub fn entries(&self) -> impl Iterator<Item = &'a Entry> + use<'a> {
        self.pairs.into_iter().flat_map(Map::iter)
    }

    /// The pairs whose texts are what will be applied.
    pub fn pairs(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let pairs = self
            .entries()
            .filter_map(|entry| Some((entry.key.as_str(), entry.value.text()?)));
        pairs.filter(|(key, value)| is_settled(key) && is_settled(value))
    }

    /// Whether it finds an object with these labels; what is filled in later fits.
    #[must_use]
    pub fn matches(&self, labels: Labels<'_>) -> bool {
        self.pairs().all(|pair| fits(labels, pair)) && self.expressions.iter().all(|node| holds(node, labels))
    }

    /// The pairs that these labels lack or have otherwise.
    pub fn missed(&self, labels: Labels<'a>) -> impl Iterator<Item = &'a Entry> + use<'a> {
        self.entries().filter(move |entry| {
            let value = entry.value.text().filter(|value| is_settled(value));
            value.is_some_and(|value| is_settled(&entry.key) && !fits(labels, (&entry.key, value)))
        })
    }
}

fn fits(labels: Labels<'_>, (key, value): (&str, &str)) -> bool {
    labels
        .get(key)
        .is_some_and(|label| label == value || !is_settled(label))
}

fn holds(expression: &Node, labels: Labels<'_>) -> bool {
    let text = |key: &str| expression.get(key).and_then(Node::text);
    let (Some(key), Some(operator)) = (text("key"), text("operator")) else {
        return true;
    };
    let values = expression.get("values").and_then(Node::list).unwrap_or_default();
    let among = |label: &str| !is_settled(label) || values.iter().any(|value| value.text() == Some(label));
    match operator {
        "In" => labels.get(key).is_some_and(among),
        "NotIn" => labels.get(key).is_none_or(|label| !is_settled(label) || !among(label)),
        "Exists" => labels.has(key),
        "DoesNotExist" => !labels.has(key),
        _ => true,
    }
}
