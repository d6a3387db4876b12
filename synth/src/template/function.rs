//! Intrinsic functions.

use std::borrow::Cow;

use super::{LogicalId, Node, StackName};

/// What a `Ref` or `Fn::GetAtt` leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reference {
    /// A resource of a stack of this system; `None` is what `Ref` gives, else the attribute.
    Resource(StackName, LogicalId, Option<Cow<'static, str>>),
    /// A parameter of the template itself.
    Parameter(String),
    /// A pseudo parameter such as `AWS::Region`.
    Pseudo(&'static str),
}

/// An intrinsic function
/// (AWS `CloudFormation` template reference, "Intrinsic function reference").
#[derive(Clone, Debug, PartialEq)]
pub enum Function {
    /// `Ref` or `Fn::GetAtt`; across stacks `Fn::ImportValue`.
    Reference(Reference),
    /// `Fn::Sub`: pieces of text and values, one after the other.
    Sub(Vec<Node>),
    /// `Fn::Join`.
    Join(String, Node),
    /// `Fn::Select`.
    Select(u32, Node),
    /// `Fn::Split`.
    Split(String, Node),
    /// `Fn::If` on a condition's name.
    If(String, Node, Node),
    /// `Fn::ImportValue` of an export that is not of this system.
    ImportValue(Node),
    /// `Fn::FindInMap`: the mapping, the top-level key, the second-level key.
    FindInMap(String, Node, Node),
    /// `Fn::GetAZs` of the stack's region.
    GetAzs,
    /// `Fn::Cidr`: the block, how many, host bits.
    Cidr(Node, u16, u8),
    /// `Fn::Base64`.
    Base64(Node),
}

impl Function {
    /// A pseudo parameter.
    pub(crate) fn pseudo(name: &'static str) -> Node {
        Node::Function(Box::new(Self::Reference(Reference::Pseudo(name))))
    }
}
