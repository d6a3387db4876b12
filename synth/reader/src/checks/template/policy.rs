//! IAM's policy documents as rules want to see them.

use crate::checks::Set;
use crate::read::template::known::{self, Known, Shape};
use crate::read::template::{Resource, Template};
use crate::read::{Kind, Map, Node};

/// One statement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Statement<'a> {
    /// As it stands.
    pub node: &'a Node,
    /// Whether its effect is `Allow`.
    pub allows: bool,
}

impl<'a> Statement<'a> {
    /// The statements of a document; nothing if it is not written out in the template.
    #[must_use]
    pub(super) fn all(document: &'a Node) -> Option<Vec<Self>> {
        let statements = document.get("Statement")?;
        let of = |node: &'a Node| {
            node.get("Effect").and_then(Node::text).map(|effect| Self {
                node,
                allows: effect == "Allow",
            })
        };
        match &statements.kind {
            Kind::List(items) => items.iter().map(of).collect(),
            _ => of(statements).map(|one| vec![one]),
        }
    }

    /// The actions that are named.
    pub(super) fn actions(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        one_or_many(self.node.get("Action")).filter_map(Node::text)
    }

    /// The resources that are named, with holes for what is not known.
    pub(super) fn resources<'t>(
        &self,
        template: &'t Template<'a>,
    ) -> impl Iterator<Item = Known<Shape<'a>>> + use<'a, 't> {
        one_or_many(self.node.get("Resource")).filter_map(|node| known::shape(template, node))
    }

    /// Whether everyone is its principal.
    #[must_use]
    pub(super) fn is_for_everyone(&self) -> bool {
        let principal = self.node.get("Principal");
        let aws = principal.and_then(|principal| principal.get("AWS"));
        one_or_many(principal)
            .chain(one_or_many(aws))
            .any(|node| node.text() == Some("*"))
    }

    /// Whether it allows a service an action, which is given in lower case.
    #[must_use]
    pub(super) fn lets_service(&self, service: &str, action: &str) -> bool {
        let services = self
            .node
            .get("Principal")
            .and_then(|principal| principal.get("Service"));
        self.allows
            && one_or_many(services).any(|node| node.text() == Some(service))
            && self
                .actions()
                .any(|pattern| matches(&pattern.to_ascii_lowercase(), action))
    }

    /// The values of a condition key, whichever operator it stands under.
    #[must_use]
    pub(super) fn conditions(&self, template: &Template<'a>, key: &str) -> Vec<(&'a str, &'a Node, Known<Shape<'a>>)> {
        let mut found = Vec::new();
        for operator in self
            .node
            .get("Condition")
            .and_then(Node::map)
            .into_iter()
            .flat_map(Map::iter)
        {
            for entry in operator.value.map().into_iter().flat_map(Map::iter) {
                if entry.key.eq_ignore_ascii_case(key) {
                    for node in one_or_many(Some(&entry.value)) {
                        let shape = known::shape(template, node).unwrap_or_else(|| Known::written(Shape::unknown()));
                        found.push((operator.key.as_str(), node, shape));
                    }
                }
            }
        }
        found
    }
}

/// A value that may stand alone or in a list.
pub(super) fn one_or_many(node: Option<&Node>) -> impl Iterator<Item = &Node> {
    let many = node.and_then(Node::list);
    let one = node.filter(|_| many.is_none());
    one.into_iter().chain(many.unwrap_or_default())
}

/// Whether a pattern of IAM, with `*` and `?`, covers a text.
#[must_use]
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut from) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while from < text.len() {
        if pattern.get(at) == Some(&b'*') {
            star = Some((at, from));
            at += 1;
        } else if pattern.get(at).is_some_and(|byte| *byte == b'?' || *byte == text[from]) {
            at += 1;
            from += 1;
        } else if let Some((back, taken)) = star {
            star = Some((back, taken + 1));
            at = back + 1;
            from = taken + 1;
        } else {
            return false;
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

/// Every statement of a policy that says what a principal may do.
pub(super) fn allowances<'s, 'a>(set: &'s Set<'a>) -> impl Iterator<Item = (&'s Template<'a>, Statement<'a>)> {
    policies(set).into_iter().flat_map(|(template, document)| {
        let statements = Statement::all(document).unwrap_or_default().into_iter();
        statements.map(move |statement| (template, statement))
    })
}

/// Every statement that says who may assume a role.
pub(super) fn trusts<'s, 'a>(
    set: &'s Set<'a>,
) -> impl Iterator<Item = (&'s Template<'a>, &'s Resource<'a>, Statement<'a>)> {
    set.of("AWS::IAM::Role").flat_map(|(template, role)| {
        let document = role.property("AssumeRolePolicyDocument");
        let statements = document.and_then(Statement::all).unwrap_or_default().into_iter();
        statements.map(move |statement| (template, role, statement))
    })
}

/// Every policy that says what a principal may do: of roles, users, groups and on their own.
fn policies<'s, 'a>(set: &'s Set<'a>) -> Vec<(&'s Template<'a>, &'a Node)> {
    let mut found = Vec::new();
    for template in &set.templates {
        for resource in &template.resources {
            match resource.kind {
                "AWS::IAM::Policy"
                | "AWS::IAM::ManagedPolicy"
                | "AWS::IAM::RolePolicy"
                | "AWS::IAM::UserPolicy"
                | "AWS::IAM::GroupPolicy" => {
                    found.extend(resource.property("PolicyDocument").map(|node| (template, node)));
                }
                "AWS::IAM::Role" | "AWS::IAM::User" | "AWS::IAM::Group" => {
                    let inline = resource.property("Policies").and_then(Node::list).unwrap_or_default();
                    let documents = inline.iter().filter_map(|policy| policy.get("PolicyDocument"));
                    found.extend(documents.map(|node| (template, node)));
                }
                _ => {}
            }
        }
    }
    found
}
