//! Parameters and mappings: what a template learns at deploy time, and tables.

use std::collections::BTreeMap;

use super::{Function, Node, ToNode, Value};

/// What a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// A text.
    String,
    /// A number.
    Number,
    /// Texts, separated by commas.
    CommaDelimitedList,
    /// A parameter of the Parameter Store whose value is one of AWS's ids.
    Ssm(SsmKind),
}

/// What a parameter of the Parameter Store holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SsmKind {
    /// A text.
    String,
    /// The id of a machine image.
    ImageId,
}

impl ParameterKind {
    /// The type as `CloudFormation` names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::Number => "Number",
            Self::CommaDelimitedList => "CommaDelimitedList",
            Self::Ssm(SsmKind::String) => "AWS::SSM::Parameter::Value<String>",
            Self::Ssm(SsmKind::ImageId) => "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>",
        }
    }
}

/// A parameter: something that is only known when the stack is deployed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// What it takes.
    pub kind: ParameterKind,
    /// What it is for, in a sentence.
    pub description: String,
    /// The value that is used when none is given. Without one, the first deployment must give it.
    pub default: Option<String>,
    /// The only values that it takes, if they are few.
    pub allowed_values: Vec<String>,
    /// A regular expression that the whole value must match.
    pub allowed_pattern: Option<String>,
    /// What is said when a value is refused.
    pub constraint: Option<String>,
    /// Whether the value is hidden in what AWS shows.
    pub no_echo: bool,
}

impl Parameter {
    /// A text with a description and no more.
    #[must_use]
    pub fn text(description: &str) -> Self {
        Self {
            kind: ParameterKind::String,
            description: description.to_owned(),
            default: None,
            allowed_values: Vec::new(),
            allowed_pattern: None,
            constraint: None,
            no_echo: false,
        }
    }

    pub(crate) fn to_node(&self) -> Node {
        let mut pairs = vec![
            ("Type", self.kind.name().to_node()),
            ("Description", self.description.to_node()),
        ];
        pairs.extend(self.default.as_ref().map(|text| ("Default", text.to_node())));
        if !self.allowed_values.is_empty() {
            pairs.push(("AllowedValues", self.allowed_values.to_node()));
        }
        pairs.extend(
            self.allowed_pattern
                .as_ref()
                .map(|text| ("AllowedPattern", text.to_node())),
        );
        pairs.extend(
            self.constraint
                .as_ref()
                .map(|text| ("ConstraintDescription", text.to_node())),
        );
        pairs.extend(self.no_echo.then_some(("NoEcho", Node::Bool(true))));
        Node::map(pairs)
    }
}

/// A table of a template: by a top-level key, then by a second-level key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    pub(crate) name: String,
}

impl Mapping {
    /// `Fn::FindInMap`.
    #[must_use]
    pub fn find(&self, top: &Value<String>, second: &Value<String>) -> Value<String> {
        let function = Function::FindInMap(self.name.clone(), top.to_node(), second.to_node());
        Value::of(Node::Function(Box::new(function)))
    }
}

/// The rows of a [`Mapping`].
pub(crate) type Rows = BTreeMap<String, BTreeMap<String, String>>;
