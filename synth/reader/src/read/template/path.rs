//! Values behind a path of properties: `A/*/B` is the `B` of each item of `A`.

use super::branch::{branches, values};
use super::known::{Ask, Known, Text};
use super::{Resource, Template, Templates};
use crate::read::Node;

/// The values at a path, of both branches of a choice; no path is the node itself.
pub fn at<'a>(node: &'a Node, path: &str) -> Vec<&'a Node> {
    let mut here = vec![node];
    if path.is_empty() {
        return here;
    }
    for step in path.split('/') {
        here = here
            .into_iter()
            .flat_map(branches)
            .flat_map(|node| match step {
                "*" => node.list().unwrap_or_default().iter().collect(),
                key => node.get(key).into_iter().collect::<Vec<_>>(),
            })
            .collect();
    }
    here.into_iter().flat_map(values).collect()
}

/// The name of the property that a path ends with.
#[must_use]
pub fn name(path: &str) -> &str {
    path.trim_end_matches("/*").rsplit('/').next().unwrap_or(path)
}

/// A value of a resource, and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Place<'s, 'a> {
    /// The templates among which imports resolve.
    pub set: &'s Templates<'a>,
    /// The template that it stands in.
    pub template: &'s Template<'a>,
    /// The resource that it stands in.
    pub resource: &'s Resource<'a>,
    /// The value.
    pub node: &'a Node,
}

impl<'s, 'a> Place<'s, 'a> {
    /// The values at a path below it.
    pub fn below(self, path: &str) -> impl Iterator<Item = Self> + use<'s, 'a> {
        at(self.node, path).into_iter().map(move |node| Self { node, ..self })
    }

    /// What it holds under a key.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Self> {
        let node = self.node.get(key)?;
        Some(Self { node, ..self })
    }

    fn ask(self) -> Ask<'s, 'a> {
        Ask::of(self.template).across(self.set)
    }

    /// The text that it is known to be.
    #[must_use]
    pub fn text(self) -> Option<Text<'a>> {
        self.ask().text(self.node)
    }

    /// Every text that it is known to be able to be.
    #[must_use]
    pub fn texts(self) -> Vec<Text<'a>> {
        self.ask().texts(self.node)
    }

    /// The number that it is known to be.
    #[must_use]
    pub fn number(self) -> Option<Known<f64>> {
        self.ask().number(self.node)
    }
}

impl<'a> Templates<'a> {
    /// The values at a path of all resources of a type, in the order of the files.
    pub fn at<'s>(&'s self, kind: &'s str, path: &'s str) -> impl Iterator<Item = Place<'s, 'a>> {
        self.of(kind).flat_map(move |(template, resource)| {
            let properties = resource.attribute("Properties").into_iter();
            properties.flat_map(move |node| at(node, path)).map(move |node| Place {
                set: self,
                template,
                resource,
                node,
            })
        })
    }
}
