//! What a text refers to.

use std::collections::{BTreeMap, BTreeSet};

use crate::fixups::{ATTRIBUTES, PROPERTIES};

/// The kinds that properties and attributes have, by the formats of the schemas and by the fixups.
pub(crate) struct Kinds {
    /// Resource types that are generated, with the paths of their structs.
    paths: BTreeMap<String, String>,
    used: BTreeSet<usize>,
}

impl Kinds {
    pub(crate) fn new<'a>(types: impl IntoIterator<Item = &'a str>) -> Self {
        let paths = types.into_iter().map(|name| (name.to_owned(), path(name))).collect();
        Self {
            paths,
            used: BTreeSet::new(),
        }
    }

    /// `AWS::EC2::VPC.Id` is `Id<crate::aws::ec2::Vpc>`, if that type is generated.
    pub(super) fn of_format(&self, format: &str) -> Option<String> {
        let (name, what) = format.split_once('.')?;
        // The format's name of the service differs from the type's.
        let name = if name == "AWS::ACM::Certificate" {
            "AWS::CertificateManager::Certificate"
        } else {
            name
        };
        let path = self.paths.get(name)?;
        let what = what.strip_suffix('s').unwrap_or(what);
        ["Id", "Arn", "Name"].contains(&what).then(|| format!("{what}<{path}>"))
    }

    /// What a fixup says of a property of a type (at any depth).
    pub(super) fn of_property(&mut self, resource: &str, property: &str) -> Option<String> {
        let found = PROPERTIES.iter().position(|fixup| {
            fixup.property == property
                && (fixup.resource == resource
                    || resource.starts_with(fixup.resource) && fixup.resource.ends_with("::"))
        })?;
        self.used.insert(found);
        self.of_format(PROPERTIES.get(found)?.kind)
    }

    /// What a fixup says of an attribute.
    pub(super) fn of_attribute(&self, resource: &str, attribute: &str) -> Option<String> {
        let found = ATTRIBUTES
            .iter()
            .find(|fixup| fixup.resource == resource && fixup.property == attribute)?;
        self.of_format(found.kind)
    }

    /// The struct of a type.
    pub(super) fn path(&self, resource: &str) -> String {
        self.paths.get(resource).cloned().unwrap_or_default()
    }

    /// Fixups that no property has matched: the schema has changed, or the fixup is wrong.
    pub(crate) fn unmatched(&self) -> Vec<String> {
        let unused = PROPERTIES
            .iter()
            .enumerate()
            .filter(|(index, _)| !self.used.contains(index));
        unused
            .map(|(_, fixup)| format!("{} {}", fixup.resource, fixup.property))
            .collect()
    }
}

fn path(name: &str) -> String {
    let mut parts = name.split("::").skip(1);
    let service = parts.next().unwrap_or_default().to_ascii_lowercase();
    format!(
        "crate::aws::{service}::{}",
        super::names::pascal(parts.next().unwrap_or_default())
    )
}
