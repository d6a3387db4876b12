//! A system as it is rendered: what pages, scripts and checks read.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::StackEntry;
use crate::cluster::{Beside, Waiver};
use crate::model::{Environment, System, Systems};
use crate::permissions::Rule;
use crate::resources::{Access, Duty};
use crate::workflow::{Workflow, pipeline::Pipeline};

/// A stack as it is written.
pub(crate) struct Part {
    pub(crate) entry: StackEntry,
    pub(crate) template: Json,
}

/// An environment with everything that is rendered for it.
pub(crate) struct Site<'a> {
    pub(crate) environment: &'a Environment,
    /// In the order of deployment.
    pub(crate) parts: Vec<Part>,
    pub(crate) access: Access,
    /// The file of parameters.
    pub(crate) parameters: Json,
    /// The dashboard for Grafana.
    pub(crate) grafana: Json,
    /// Nothing without a cluster.
    pub(crate) manifests: Manifests,
    /// What stands beside the manifests.
    pub(crate) beside: Vec<Beside>,
    /// The values of each operator: the name of its chart, and the text.
    pub(crate) operators: Vec<(&'static str, String)>,
}

/// The objects of an environment's cluster.
#[derive(Default)]
pub(crate) struct Manifests {
    /// Their files, in the order in which they are applied.
    pub(crate) files: Vec<(String, String)>,
    /// Their kinds, one for each object.
    pub(crate) kinds: Vec<&'static str>,
    /// What each group may do.
    pub(crate) rules: BTreeMap<&'static str, Vec<Rule>>,
    /// The checks that do not apply to them.
    pub(crate) waivers: Vec<Waiver>,
}

/// A system with everything that is rendered for it.
pub(crate) struct Whole<'a> {
    pub(crate) system: &'a System,
    /// All systems, of which some may stand in the same accounts.
    pub(crate) systems: &'a Systems,
    pub(crate) sites: Vec<Site<'a>>,
    pub(crate) pipeline: Pipeline,
    pub(crate) workflows: Vec<Workflow>,
    pub(crate) notices: Vec<String>,
}

impl Whole<'_> {
    /// Everything that the stacks hold, in reading order: where, the logical id, the resource.
    pub(crate) fn resources(&self) -> impl Iterator<Item = (&Site<'_>, &StackEntry, &String, &Json)> {
        self.sites.iter().flat_map(|site| {
            let parts = site.parts.iter();
            parts.flat_map(move |part| {
                part.resources()
                    .map(move |(id, resource)| (site, &part.entry, id, resource))
            })
        })
    }
}

impl Site<'_> {
    pub(crate) fn name(&self) -> &str {
        self.environment.name.as_str()
    }

    /// How many objects of a kind its cluster has.
    pub(crate) fn objects_of(&self, kind: &str) -> usize {
        self.manifests.kinds.iter().filter(|other| **other == kind).count()
    }

    /// Its resources of a type.
    pub(crate) fn of_type(&self, kind: &str) -> impl Iterator<Item = &Json> {
        let all = self.parts.iter().flat_map(Part::resources);
        all.map(|(_, resource)| resource)
            .filter(move |resource| resource["Type"].as_str() == Some(kind))
    }
}

impl Part {
    /// Its resources, in reading order.
    pub(crate) fn resources(&self) -> impl Iterator<Item = (&String, &Json)> {
        self.template["Resources"].as_object().into_iter().flatten()
    }
}

/// The ARN of one of the roles that a person makes with the first stacks.
pub(crate) fn role(system: &System, environment: &Environment, duty: Duty) -> String {
    environment.account().role(&system.named(environment, duty.name()))
}
