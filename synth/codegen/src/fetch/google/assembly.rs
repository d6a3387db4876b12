//! The description of the classes that the CDK makes of a provider's schema.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value as Json;

use crate::Failure;

/// All classes, by their paths.
#[derive(Deserialize)]
pub(super) struct Assembly {
    pub(super) types: BTreeMap<String, Type>,
}

/// A class, or the arguments of one.
#[derive(Deserialize)]
pub(super) struct Type {
    pub(super) kind: String,
    #[serde(default)]
    pub(super) docs: Docs,
    #[serde(default)]
    pub(super) properties: Vec<Property>,
}

/// An argument, or what can be asked of a class.
#[derive(Deserialize)]
pub(super) struct Property {
    pub(super) name: String,
    #[serde(default)]
    pub(super) optional: bool,
    #[serde(rename = "type")]
    pub(super) kind: Json,
    #[serde(default)]
    pub(super) docs: Docs,
}

/// What the provider says of it, and a link to its page.
#[derive(Default, Deserialize)]
pub(super) struct Docs {
    #[serde(default)]
    summary: String,
    #[serde(default)]
    remarks: String,
}

pub(super) fn read(path: &Path) -> Result<Assembly, Failure> {
    serde_json::from_str(&crate::fetch::text(path)?)
        .map_err(|error| Failure(format!("{} is not as it was: {error}", path.display())))
}

impl Assembly {
    /// The version of the provider, which each link has in it.
    pub(super) fn version(&self) -> Option<&str> {
        let texts = self.types.values().flat_map(|one| one.docs.texts());
        texts
            .into_iter()
            .find_map(|text| text.split_once("/hashicorp/google/")?.1.split('/').next())
    }
}

/// The link to the page of an argument or a kind, from `/docs` on; a description may have others in it.
pub(super) fn link(text: &str) -> Option<&str> {
    text.split_once("Docs at Terraform Registry: {@link ")?
        .1
        .split_once("/docs")
        .map(|(_, rest)| rest)
}

impl Docs {
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        [self.summary.as_str(), self.remarks.as_str()].into_iter()
    }
}

impl Property {
    /// The name in the language, which the link ends with: from the name of the class no rule leads to `ipv6_range`. A few
    /// have no link.
    pub(super) fn argument(&self) -> Option<&str> {
        self.docs.texts().find_map(|text| {
            let after = link(text)?.split_once('#')?.1;
            let end = after.find([' ', '}']).unwrap_or(after.len());
            Some(&after[..end])
        })
    }

    /// The only texts that the provider takes, as the end of its description has them.
    pub(super) fn values(&self) -> Vec<&str> {
        let list = self.docs.texts().find_map(|text| {
            let list = text.split_once("Possible values: [")?.1;
            Some(list.split_once(']')?.0)
        });
        list.map_or_else(Vec::new, |list| list.split('"').skip(1).step_by(2).collect())
    }
}
