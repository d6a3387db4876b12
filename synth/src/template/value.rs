//! Values that carry what they stand for.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use super::{Condition, Function, Node, ToNode};

/// Marks the id of a resource of type `R`, such as `vpc-0abc`.
#[derive(Debug)]
pub struct Id<R>(PhantomData<fn() -> R>);

/// Marks the ARN of a resource of type `R`.
#[derive(Debug)]
pub struct Arn<R>(PhantomData<fn() -> R>);

/// Marks the name of a resource of type `R`.
#[derive(Debug)]
pub struct Name<R>(PhantomData<fn() -> R>);

/// What can be written down literally where a `Value<Self>` belongs. References cannot: they come from handles.
pub trait Literal: ToNode {}

impl Literal for bool {}
impl Literal for i64 {}
impl Literal for f64 {}
impl Literal for String {}
impl Literal for Node {}

/// A literal or an intrinsic function that stands for a `T`.
#[derive(Debug)]
pub struct Value<T> {
    pub(crate) node: Node,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for Value<T> {
    fn clone(&self) -> Self {
        Self::of(self.node.clone())
    }
}

impl<T> PartialEq for Value<T> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl<T> ToNode for Value<T> {
    fn to_node(&self) -> Node {
        self.node.clone()
    }
}

impl<T> Value<T> {
    pub(crate) fn of(node: Node) -> Self {
        Self {
            node,
            kind: PhantomData,
        }
    }

    fn function(function: Function) -> Self {
        Self::of(Node::Function(Box::new(function)))
    }

    /// Something that exists outside of these templates, by its id, name or ARN. Nothing checks what it is: this is
    /// the one door through which an untyped text becomes a reference.
    #[must_use]
    pub fn existing(text: impl Into<String>) -> Self {
        Self::of(Node::Text(text.into()))
    }

    /// The same value where a plain text is asked for, such as an environment variable.
    #[must_use]
    pub fn text(&self) -> Value<String> {
        Value::of(self.node.clone())
    }

    /// The same value as something else: for what `sub` has put together and what the schemas say less of than we know.
    #[must_use]
    pub(crate) fn assume<U>(&self) -> Value<U> {
        Value::of(self.node.clone())
    }

    /// `Fn::If`: the first value where the condition holds, else the second.
    #[must_use]
    pub fn either(condition: &Condition, then: impl Into<Self>, otherwise: impl Into<Self>) -> Self {
        Self::function(Function::If(
            condition.name().to_owned(),
            then.into().node,
            otherwise.into().node,
        ))
    }

    /// `Fn::If` with `AWS::NoValue`: the property is there only where the condition holds.
    #[must_use]
    pub fn only(condition: &Condition, then: impl Into<Self>) -> Self {
        Self::either(condition, then, Self::of(Function::pseudo("AWS::NoValue")))
    }

    /// `Fn::If` with `AWS::NoValue`: the property is there unless the condition holds.
    #[must_use]
    pub fn unless(condition: &Condition, then: impl Into<Self>) -> Self {
        Self::either(condition, Self::of(Function::pseudo("AWS::NoValue")), then)
    }

    /// `Fn::Select`: the item of a list at an index that starts at 0.
    #[must_use]
    pub fn select(index: u32, list: &Value<Vec<T>>) -> Self {
        Self::function(Function::Select(index, list.node.clone()))
    }

    /// `Fn::ImportValue`: an export of a stack that is not part of this system. Stacks of the same system need no
    /// import: a handle of one is simply used in the other.
    #[must_use]
    pub fn import(export: &Value<String>) -> Self {
        Self::function(Function::ImportValue(export.node.clone()))
    }
}

impl Value<String> {
    /// `Fn::Join`: the items with a delimiter between them.
    #[must_use]
    pub fn join<T>(delimiter: &str, items: &Value<Vec<T>>) -> Self {
        Self::function(Function::Join(delimiter.to_owned(), items.node.clone()))
    }

    /// `Fn::Base64`.
    #[must_use]
    pub fn base64(text: &Value<String>) -> Self {
        Self::function(Function::Base64(text.node.clone()))
    }

    /// A dynamic reference to a plain parameter of the Parameter Store, read at deploy time.
    #[must_use]
    pub fn from_ssm(name: &str) -> Self {
        Self::existing(format!("{{{{resolve:ssm:{name}}}}}"))
    }

    /// A dynamic reference to one key of a JSON secret: the value is read at deploy time and is in no template.
    #[must_use]
    pub fn from_secret(secret: &str, key: &str) -> Self {
        Self::existing(format!("{{{{resolve:secretsmanager:{secret}:SecretString:{key}}}}}"))
    }
}

impl Value<Vec<String>> {
    /// `Fn::Split`: the pieces of a text between delimiters.
    #[must_use]
    pub fn split(delimiter: &str, text: &Value<String>) -> Self {
        Self::function(Function::Split(delimiter.to_owned(), text.node.clone()))
    }

    /// `Fn::GetAZs` of the stack's region: the names of its availability zones, in AWS's order for this account.
    #[must_use]
    pub fn availability_zones() -> Self {
        Self::function(Function::GetAzs)
    }

    /// `Fn::Cidr`: `count` (1 to 256) blocks, each with `bits` host bits, cut from a block.
    #[must_use]
    pub fn cidr(block: &Value<String>, count: u16, bits: u8) -> Self {
        Self::function(Function::Cidr(block.node.clone(), count, bits))
    }
}

impl<T: Literal> From<T> for Value<T> {
    fn from(literal: T) -> Self {
        Self::of(literal.to_node())
    }
}

impl<T> From<&Value<T>> for Value<T> {
    fn from(value: &Value<T>) -> Self {
        value.clone()
    }
}

impl From<&str> for Value<String> {
    fn from(text: &str) -> Self {
        Self::of(text.to_node())
    }
}

impl From<i32> for Value<i64> {
    fn from(number: i32) -> Self {
        Self::of(Node::Int(number.into()))
    }
}

impl From<u32> for Value<i64> {
    fn from(number: u32) -> Self {
        Self::of(Node::Int(number.into()))
    }
}

impl From<u16> for Value<i64> {
    fn from(number: u16) -> Self {
        Self::of(Node::Int(number.into()))
    }
}

impl<T> From<Vec<Value<T>>> for Value<Vec<T>> {
    fn from(items: Vec<Value<T>>) -> Self {
        Self::of(items.to_node())
    }
}

impl<T: Literal> From<Vec<T>> for Value<Vec<T>> {
    fn from(items: Vec<T>) -> Self {
        Self::of(items.to_node())
    }
}

impl From<Vec<&str>> for Value<Vec<String>> {
    fn from(items: Vec<&str>) -> Self {
        Self::of(Node::list(items))
    }
}

impl<T, const N: usize> From<[Value<T>; N]> for Value<Vec<T>> {
    fn from(items: [Value<T>; N]) -> Self {
        Self::of(Node::list(items))
    }
}

impl<const N: usize> From<[&str; N]> for Value<Vec<String>> {
    fn from(items: [&str; N]) -> Self {
        Self::of(Node::list(items))
    }
}

impl<T: Literal, const N: usize> From<[T; N]> for Value<Vec<T>> {
    fn from(items: [T; N]) -> Self {
        Self::of(Node::list(items))
    }
}

impl<T> From<BTreeMap<String, Value<T>>> for Value<BTreeMap<String, T>> {
    fn from(map: BTreeMap<String, Value<T>>) -> Self {
        Self::of(map.to_node())
    }
}
