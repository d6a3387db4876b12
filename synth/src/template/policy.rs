//! IAM policy documents.

use super::{Function, Literal, Node, ToNode, Value, sub};

/// The version of the policy language; there has been no newer one since 2012
/// (IAM user guide, "IAM JSON policy elements: Version").
const LANGUAGE: &str = "2012-10-17";

/// A policy document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Its statements, in reading order.
    pub statements: Vec<Statement>,
}

impl Document {
    /// A document of these statements.
    #[must_use]
    pub fn new(statements: impl IntoIterator<Item = Statement>) -> Self {
        Self {
            statements: statements.into_iter().collect(),
        }
    }

    /// The same as a text, in which `${name}` stands for a value of the list as in [`sub`]: also in the key of a condition,
    /// where no function can stand.
    #[must_use]
    pub fn text(&self, values: &[(&str, &dyn ToNode)]) -> Value<String> {
        let pieces = match self.to_node().stringify().node {
            Node::Function(function) => match *function {
                Function::Sub(pieces) => pieces,
                other => vec![Node::Function(Box::new(other))],
            },
            text => vec![text],
        };
        let filled = pieces.into_iter().map(|piece| match piece {
            Node::Text(text) => sub(&text, values).node,
            other => other,
        });
        Value::of(Node::concat(filled.collect()))
    }
}

impl ToNode for Document {
    fn to_node(&self) -> Node {
        Node::map([
            ("Version", LANGUAGE.to_node()),
            ("Statement", Node::list(&self.statements)),
        ])
    }
}

impl ToNode for &Statement {
    fn to_node(&self) -> Node {
        (*self).to_node()
    }
}

impl Literal for Document {}

impl From<Document> for Value<Node> {
    fn from(document: Document) -> Self {
        Self::of(document.to_node())
    }
}

/// Whether a statement allows or denies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Effect {
    /// It allows.
    #[default]
    Allow,
    /// It denies, whatever else allows.
    Deny,
}

/// Who a statement of a resource's policy speaks of.
#[derive(Clone, Debug, PartialEq)]
pub enum Principal {
    /// A service of AWS, such as `ecs-tasks.amazonaws.com`.
    Service(Vec<Value<String>>),
    /// Accounts, roles or users by ARN.
    Aws(Vec<Value<String>>),
    /// An identity provider by ARN.
    Federated(Value<String>),
    /// Everyone.
    Anyone,
}

impl Principal {
    /// One service of AWS.
    #[must_use]
    pub fn service(name: &str) -> Self {
        Self::Service(vec![name.into()])
    }
}

/// How a condition compares
/// (IAM user guide, "IAM JSON policy elements: Condition operators").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are IAM's own")]
pub enum Operator {
    StringEquals,
    StringEqualsIfExists,
    StringNotEquals,
    StringLike,
    ArnLike,
    ArnEquals,
    ArnNotEquals,
    Bool,
    Null,
    NumericLessThan,
    ForAnyValueStringEquals,
    ForAllValuesStringEquals,
}

impl Operator {
    /// The operator as IAM writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::StringEquals => "StringEquals",
            Self::StringEqualsIfExists => "StringEqualsIfExists",
            Self::StringNotEquals => "StringNotEquals",
            Self::StringLike => "StringLike",
            Self::ArnLike => "ArnLike",
            Self::ArnEquals => "ArnEquals",
            Self::ArnNotEquals => "ArnNotEquals",
            Self::Bool => "Bool",
            Self::Null => "Null",
            Self::NumericLessThan => "NumericLessThan",
            Self::ForAnyValueStringEquals => "ForAnyValue:StringEquals",
            Self::ForAllValuesStringEquals => "ForAllValues:StringEquals",
        }
    }
}

/// What must hold for a statement: an operator, a condition key, and the values of which one must match.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conditions(Vec<(Operator, String, Vec<Value<String>>)>);

impl Conditions {
    /// No condition.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// This condition too.
    #[must_use]
    pub fn and(mut self, operator: Operator, key: &str, value: impl Into<Value<String>>) -> Self {
        self.0.push((operator, key.to_owned(), vec![value.into()]));
        self
    }

    /// This condition too, with several values of which one must match.
    #[must_use]
    pub fn and_any(mut self, operator: Operator, key: &str, values: Vec<Value<String>>) -> Self {
        self.0.push((operator, key.to_owned(), values));
        self
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn to_node(&self) -> Node {
        let mut operators: Vec<(String, Node)> = Vec::new();
        for (operator, key, values) in &self.0 {
            let pair = (key.clone(), one_or_more(values));
            match operators.iter_mut().find(|(name, _)| name == operator.name()) {
                Some((_, Node::Map(keys))) => keys.push(pair),
                _ => operators.push((operator.name().to_owned(), Node::Map(vec![pair]))),
            }
        }
        Node::Map(operators)
    }
}

/// A statement of a policy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statement {
    /// Its name: letters and digits, unique in the document.
    pub sid: String,
    /// Whether it allows or denies.
    pub effect: Effect,
    /// Who it speaks of, in a resource's policy.
    pub principal: Option<Principal>,
    /// The actions, such as `ecr:BatchGetImage`.
    pub actions: Vec<String>,
    /// The resources, as ARNs; none in a trust policy.
    pub resources: Vec<Value<String>>,
    /// What must hold.
    pub conditions: Conditions,
}

impl Statement {
    /// A statement that allows actions on resources.
    #[must_use]
    pub fn allow<A: Into<String>>(
        sid: &str,
        actions: impl IntoIterator<Item = A>,
        resources: Vec<Value<String>>,
    ) -> Self {
        let actions = actions.into_iter().map(Into::into).collect();
        Self {
            sid: sid.to_owned(),
            actions,
            resources,
            ..Self::default()
        }
    }

    /// The same for a principal, in a resource's policy.
    #[must_use]
    pub fn to(self, principal: Principal) -> Self {
        Self {
            principal: Some(principal),
            ..self
        }
    }

    /// The same where the conditions hold.
    #[must_use]
    pub fn when(self, conditions: Conditions) -> Self {
        Self { conditions, ..self }
    }

    /// The same, denied.
    #[must_use]
    pub fn deny(self) -> Self {
        Self {
            effect: Effect::Deny,
            ..self
        }
    }
}

impl ToNode for Statement {
    fn to_node(&self) -> Node {
        let effect = if self.effect == Effect::Allow { "Allow" } else { "Deny" };
        let mut pairs = vec![("Sid", self.sid.to_node()), ("Effect", effect.to_node())];
        pairs.extend(
            self.principal
                .as_ref()
                .map(|principal| ("Principal", principal.to_node())),
        );
        pairs.push(("Action", one_or_more(&self.actions)));
        if !self.resources.is_empty() {
            pairs.push(("Resource", one_or_more(&self.resources)));
        }
        if !self.conditions.is_empty() {
            pairs.push(("Condition", self.conditions.to_node()));
        }
        Node::map(pairs)
    }
}

impl Principal {
    fn to_node(&self) -> Node {
        match self {
            Self::Service(names) => Node::map([("Service", one_or_more(names))]),
            Self::Aws(arns) => Node::map([("AWS", one_or_more(arns))]),
            Self::Federated(arn) => Node::map([("Federated", arn.to_node())]),
            Self::Anyone => Node::map([("AWS", "*".to_node())]),
        }
    }
}

fn one_or_more<T: ToNode>(items: &[T]) -> Node {
    match items {
        [one] => one.to_node(),
        _ => Node::List(items.iter().map(ToNode::to_node).collect()),
    }
}
