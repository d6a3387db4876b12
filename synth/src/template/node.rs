//! The tree that everything typed turns into on its way to JSON.

use std::collections::BTreeMap;

use super::Function;

/// A piece of a template: JSON whose leaves may be functions.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// An object; its keys keep their order.
    Map(Vec<(String, Node)>),
    /// An intrinsic function.
    Function(Box<Function>),
}

impl Node {
    /// An object from pairs.
    #[must_use]
    pub fn map<K: Into<String>>(pairs: impl IntoIterator<Item = (K, Node)>) -> Self {
        Self::Map(pairs.into_iter().map(|(key, node)| (key.into(), node)).collect())
    }

    /// A list.
    #[must_use]
    pub fn list<T: ToNode>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(items.into_iter().map(|item| item.to_node()).collect())
    }

    /// Plain JSON as a node. A JSON `null` becomes `AWS::NoValue`, which removes the property.
    #[must_use]
    pub fn from_json(json: &serde_json::Value) -> Self {
        use serde_json::Value as Json;
        match json {
            Json::Null => Function::pseudo("AWS::NoValue"),
            Json::Bool(b) => Self::Bool(*b),
            Json::Number(n) => match n.as_i64() {
                Some(int) => Self::Int(int),
                None => Self::Float(n.as_f64().unwrap_or_default()),
            },
            Json::String(text) => Self::Text(text.clone()),
            Json::Array(items) => Self::List(items.iter().map(Self::from_json).collect()),
            Json::Object(map) => Self::map(map.iter().map(|(k, v)| (k.clone(), Self::from_json(v)))),
        }
    }
}

/// What can stand in a template.
pub trait ToNode {
    /// The tree of this value.
    fn to_node(&self) -> Node;
}

impl ToNode for Node {
    fn to_node(&self) -> Node {
        self.clone()
    }
}

impl ToNode for bool {
    fn to_node(&self) -> Node {
        Node::Bool(*self)
    }
}

impl ToNode for i64 {
    fn to_node(&self) -> Node {
        Node::Int(*self)
    }
}

impl ToNode for f64 {
    fn to_node(&self) -> Node {
        // A whole number is written without a fraction, as a person would: a threshold of 80, not of 80.0.
        #[expect(
            clippy::cast_possible_truncation,
            reason = "checked to be whole and small just before"
        )]
        if self.fract() == 0.0 && self.abs() < 9e15 {
            Node::Int(*self as i64)
        } else {
            Node::Float(*self)
        }
    }
}

impl ToNode for String {
    fn to_node(&self) -> Node {
        Node::Text(self.clone())
    }
}

impl ToNode for &str {
    fn to_node(&self) -> Node {
        Node::Text((*self).to_owned())
    }
}

impl<T: ToNode> ToNode for Vec<T> {
    fn to_node(&self) -> Node {
        Node::List(self.iter().map(ToNode::to_node).collect())
    }
}

impl<T: ToNode> ToNode for BTreeMap<String, T> {
    fn to_node(&self) -> Node {
        Node::Map(self.iter().map(|(key, value)| (key.clone(), value.to_node())).collect())
    }
}

impl<T: ToNode> ToNode for Box<T> {
    fn to_node(&self) -> Node {
        (**self).to_node()
    }
}
