//! Texts with values in them.

use super::{Function, Node, ToNode, Value};

/// A text in which `${name}` stands for a value of the list and `${AWS::Region}` for a pseudo parameter: what
/// `Fn::Sub` does, with typed values. A name that is in neither is rendered as it is, and the checks refuse it.
#[must_use]
pub fn sub(text: &str, values: &[(&str, &dyn ToNode)]) -> Value<String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, name, after)) = next_variable(rest) {
        push_text(&mut pieces, before);
        match (values.iter().find(|(known, _)| *known == name), pseudo_name(name)) {
            (Some((_, value)), _) => pieces.push(value.to_node()),
            (None, Some(pseudo)) => pieces.push(Function::pseudo(pseudo)),
            (None, None) => push_text(&mut pieces, &format!("${{{name}}}")),
        }
        rest = after;
    }
    push_text(&mut pieces, rest);
    Value::of(Node::concat(pieces))
}

fn next_variable(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("${")?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

fn push_text(pieces: &mut Vec<Node>, text: &str) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(Node::Text(last)) => last.push_str(text),
        _ => pieces.push(text.to_node()),
    }
}

fn pseudo_name(name: &str) -> Option<&'static str> {
    let known = [
        "AWS::AccountId",
        "AWS::Partition",
        "AWS::Region",
        "AWS::StackId",
        "AWS::StackName",
        "AWS::URLSuffix",
    ];
    known.into_iter().find(|known| *known == name)
}

/// The pseudo parameters: what `CloudFormation` knows about where a stack is deployed.
pub mod pseudo {
    use super::{Function, Value};

    /// `AWS::Region`.
    #[must_use]
    pub fn region() -> Value<String> {
        Value::of(Function::pseudo("AWS::Region"))
    }

    /// `AWS::AccountId`.
    #[must_use]
    pub fn account() -> Value<String> {
        Value::of(Function::pseudo("AWS::AccountId"))
    }
}

impl Node {
    /// Pieces one after the other as one text; a nested `Fn::Sub` is taken apart.
    pub(crate) fn concat(pieces: Vec<Node>) -> Node {
        let mut flat = Vec::new();
        for piece in pieces {
            match piece {
                Node::Text(text) => push_text(&mut flat, &text),
                Node::Int(number) => push_text(&mut flat, &number.to_string()),
                Node::Function(function) => match *function {
                    Function::Sub(inner) => inner.into_iter().for_each(|node| match node {
                        Node::Text(text) => push_text(&mut flat, &text),
                        other => flat.push(other),
                    }),
                    other => flat.push(Node::Function(Box::new(other))),
                },
                other => flat.push(other),
            }
        }
        match flat.as_slice() {
            [] => Node::Text(String::new()),
            [one] => one.clone(),
            _ => Node::Function(Box::new(Function::Sub(flat))),
        }
    }

    /// This tree as JSON text, for properties that hold a document as a string (a dashboard's body). A function
    /// inside becomes a variable of the text, in quotes.
    #[must_use]
    pub fn stringify(&self) -> Value<String> {
        let mut pieces = Vec::new();
        self.write_text(&mut pieces);
        Value::of(Node::concat(pieces))
    }

    fn write_text(&self, pieces: &mut Vec<Node>) {
        match self {
            Node::Function(function) => match &**function {
                Function::Sub(inner) => {
                    push_text(pieces, "\"");
                    for node in inner {
                        match node {
                            Node::Text(text) => push_text(pieces, unquoted(text).as_str()),
                            other => pieces.push(other.clone()),
                        }
                    }
                    push_text(pieces, "\"");
                }
                _ => pieces.extend(["\"".to_node(), self.clone(), "\"".to_node()]),
            },
            Node::List(items) => {
                push_text(pieces, "[");
                for (index, item) in items.iter().enumerate() {
                    push_text(pieces, if index == 0 { "" } else { "," });
                    item.write_text(pieces);
                }
                push_text(pieces, "]");
            }
            Node::Map(pairs) => {
                push_text(pieces, "{");
                for (index, (key, value)) in pairs.iter().enumerate() {
                    push_text(pieces, if index == 0 { "" } else { "," });
                    push_text(pieces, &format!("{}:", quoted(key)));
                    value.write_text(pieces);
                }
                push_text(pieces, "}");
            }
            Node::Text(text) => push_text(pieces, &quoted(text)),
            Node::Bool(value) => push_text(pieces, &value.to_string()),
            Node::Int(value) => push_text(pieces, &value.to_string()),
            Node::Float(value) => push_text(pieces, &value.to_string()),
        }
    }
}

/// A text as JSON writes it, with its quotes.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The inside of [`quoted`].
fn unquoted(text: &str) -> String {
    let quoted = quoted(text);
    quoted.get(1..quoted.len() - 1).unwrap_or_default().to_owned()
}
