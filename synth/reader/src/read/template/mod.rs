//! What a template says before it is deployed: the only place that knows what its functions come to.

mod ask;
pub mod branch;
pub mod condition;
pub mod function;
pub mod json;
pub mod kind;
pub mod known;
pub mod mapping;
pub mod parameter;
pub mod path;
pub mod scenario;
pub mod settle;
pub mod shape;
mod sure;
pub mod transform;
pub mod worlds;

use std::collections::BTreeMap;

use crate::read::{Document, Entry, Map, Node};
use function::Reference;

/// The sections of a template (CloudFormation user guide, "Template sections").
pub const SECTIONS: [&str; 12] = [
    "AWSTemplateFormatVersion",
    "Description",
    "Metadata",
    "Parameters",
    "Rules",
    "Mappings",
    "Conditions",
    "Transform",
    "Resources",
    "Outputs",
    "Hooks",
    "Globals",
];

/// What a resource may have (CloudFormation template reference, "Resource attributes").
pub const ATTRIBUTES: [&str; 11] = [
    "Type",
    "Properties",
    "DependsOn",
    "Condition",
    "Metadata",
    "DeletionPolicy",
    "UpdateReplacePolicy",
    "CreationPolicy",
    "UpdatePolicy",
    "Version",
    "Connectors",
];

/// All templates of a run: exports and imports resolve among them.
#[derive(Debug)]
pub struct Templates<'a> {
    /// In the order given.
    pub templates: Vec<Template<'a>>,
}

/// One template.
#[derive(Debug)]
pub struct Template<'a> {
    /// As read.
    pub document: &'a Document,
    /// In the order of the file.
    pub resources: Vec<Resource<'a>>,
    /// Every `Ref`, `Fn::GetAtt` and `Fn::Sub` placeholder.
    pub references: Vec<Reference<'a>>,
    /// Whether names of it are only written by a macro or a loop, so that names cannot be judged.
    pub generated: bool,
    /// Whether a macro may use what nothing else seems to use.
    pub hidden: bool,
    by_id: BTreeMap<&'a str, usize>,
}

/// One resource.
#[derive(Debug, Clone, Copy)]
pub struct Resource<'a> {
    /// Its logical id.
    pub id: &'a str,
    /// Its `Type`, empty if it has none.
    pub kind: &'a str,
    /// Its key and everything behind it.
    pub entry: &'a Entry,
    /// Its `Properties`, if they are a map.
    pub properties: Option<&'a Map>,
}

impl<'a> Resource<'a> {
    /// A top-level property.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&'a Node> {
        self.properties?.get(name)
    }

    /// A property behind a path of keys.
    #[must_use]
    pub fn dig(&self, keys: &[&str]) -> Option<&'a Node> {
        let (first, rest) = keys.split_first()?;
        self.property(first)?.dig(rest)
    }

    /// An attribute beside `Properties`, such as `DependsOn`.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&'a Node> {
        self.entry.value.get(name)
    }

    /// Where to point when the resource lacks something.
    #[must_use]
    pub fn heading(&self) -> &'a Entry {
        self.entry
    }

    /// The logical ids in `DependsOn`.
    pub fn depends_on(&self) -> impl Iterator<Item = &'a Node> + use<'a> {
        let node = self.attribute("DependsOn");
        let one = node.filter(|node| node.text().is_some());
        let many = node.and_then(Node::list).unwrap_or_default();
        one.into_iter().chain(many)
    }
}

impl<'a> Template<'a> {
    /// Looks at a document.
    #[must_use]
    pub fn new(document: &'a Document) -> Self {
        let resources: Vec<Resource<'a>> = section(document, "Resources").filter_map(resource).collect();
        let by_id = resources.iter().enumerate().map(|(at, r)| (r.id, at)).collect();
        let references = function::references(document);
        let generated = transform::adds_names(document);
        let hidden = generated || transform::hides(&document.root);
        Self {
            document,
            resources,
            references,
            generated,
            hidden,
            by_id,
        }
    }

    /// A resource by its logical id.
    #[must_use]
    pub fn resource(&self, id: &str) -> Option<&Resource<'a>> {
        self.resources.get(*self.by_id.get(id)?)
    }

    /// All resources of a type, in the order of the file.
    pub fn of<'s>(&'s self, kind: &'s str) -> impl Iterator<Item = &'s Resource<'a>> {
        self.resources.iter().filter(move |resource| resource.kind == kind)
    }

    /// The entries of a section such as `Parameters`.
    pub fn section(&self, name: &str) -> std::slice::Iter<'a, Entry> {
        section(self.document, name)
    }

    /// One entry of a section.
    #[must_use]
    pub fn named(&self, section: &str, name: &str) -> Option<&'a Node> {
        self.document.root.get(section)?.get(name)
    }

    /// The resource that a `Ref` or `Fn::GetAtt` names, if the node is one.
    #[must_use]
    pub fn target(&self, node: &Node) -> Option<&Resource<'a>> {
        self.resource(function::target(node)?.0)
    }

    /// The resources that anything below a node refers to.
    pub fn targets<'s>(&'s self, node: &'s Node) -> impl Iterator<Item = &'s Resource<'a>> {
        let mut found = Vec::new();
        function::names(node, &mut found);
        found.into_iter().filter_map(|name| self.resource(name))
    }

    /// Whether SAM or a module makes a resource of this name from one of the template's.
    #[must_use]
    pub fn makes(&self, name: &str) -> bool {
        let serverless = |resource: &Resource<'_>| resource.kind.starts_with("AWS::Serverless::");
        let module = |resource: &Resource<'_>| resource.kind.ends_with("::MODULE");
        let mut resources = self.resources.iter();
        resources.any(|resource| {
            let begins = name.starts_with(resource.id);
            (begins && module(resource)) || (serverless(resource) && (begins || name.starts_with("Serverless")))
        })
    }

    /// The names of resources and parameters.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        let parameters = self.section("Parameters").map(|entry| entry.key.as_str());
        self.resources.iter().map(|resource| resource.id).chain(parameters)
    }

    /// Whether a macro of somebody's own writes the template anew.
    #[must_use]
    pub fn rewritten(&self) -> bool {
        transform::names(self.document)
            .iter()
            .any(|(_, name)| transform::is_own(name))
    }

    /// Whether the template is transformed by a macro before it is deployed.
    #[must_use]
    pub fn transformed(&self) -> bool {
        self.document.root.get("Transform").is_some()
    }

    /// Whether SAM makes resources of its `AWS::Serverless::*`.
    #[must_use]
    pub fn serverless(&self) -> bool {
        transform::has(self.document, "AWS::Serverless-")
    }
}

impl<'a> Templates<'a> {
    /// Those of some documents.
    #[must_use]
    pub fn new(documents: &'a [Document]) -> Self {
        Self {
            templates: documents.iter().map(Template::new).collect(),
        }
    }

    /// All resources of a type with their templates.
    pub fn of<'s>(&'s self, kind: &'s str) -> impl Iterator<Item = (&'s Template<'a>, &'s Resource<'a>)> {
        self.templates
            .iter()
            .flat_map(move |template| template.of(kind).map(move |resource| (template, resource)))
    }

    /// The value behind an `Fn::ImportValue`, with the template that exports it.
    #[must_use]
    pub fn import(&self, template: &Template<'a>, node: &Node) -> Option<(&Template<'a>, &'a Node)> {
        let name = function::argument(node, "Fn::ImportValue")?;
        let name = known::text(template, name)?;
        self.templates.iter().find_map(|exporter| {
            let output = exporter.section("Outputs").find(|output| {
                output
                    .value
                    .dig(&["Export", "Name"])
                    .and_then(|export| known::text(exporter, export))
                    .is_some_and(|export| export == name)
            })?;
            Some((exporter, output.value.get("Value")?))
        })
    }

    /// The resource that a node names, also through imports.
    #[must_use]
    pub fn target<'s>(
        &'s self,
        template: &'s Template<'a>,
        node: &Node,
    ) -> Option<(&'s Template<'a>, &'s Resource<'a>)> {
        if let Some(resource) = template.target(node) {
            return Some((template, resource));
        }
        let (exporter, value) = self.import(template, node)?;
        Some((exporter, exporter.target(value)?))
    }
}

fn section<'a>(document: &'a Document, name: &str) -> std::slice::Iter<'a, Entry> {
    document.root.get(name).and_then(Node::map).map_or([].iter(), Map::iter)
}

fn resource(entry: &Entry) -> Option<Resource<'_>> {
    let map = entry.value.map()?;
    Some(Resource {
        id: &entry.key,
        kind: map.get("Type").and_then(Node::text).unwrap_or_default(),
        entry,
        properties: map.get("Properties").and_then(Node::map),
    })
}
