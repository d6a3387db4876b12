//! The objects that rules look at, and what is worked out once for all of them.

use std::cell::OnceCell;
use std::ops::Deref;

use super::shape::{self, Violation};
use crate::checks::Options;
use crate::read::Document;
use crate::read::manifest::{Object, Objects, Pods, Reference, Selector, references};
use crate::read::template::known::Sure;
use crate::schema::kubernetes::{self, Version};

/// The objects of a run.
#[derive(Debug)]
pub struct Manifests<'a> {
    objects: Objects<'a>,
    /// The documents that they stand in.
    pub documents: &'a [Document],
    references: OnceCell<Vec<Reference<'a>>>,
    violations: OnceCell<Vec<(Violation<'a>, Sure)>>,
    /// The version of the cluster.
    pub version: Version,
    /// The same where somebody said it.
    said: Option<Version>,
}

impl<'a> Deref for Manifests<'a> {
    type Target = Objects<'a>;

    fn deref(&self) -> &Self::Target {
        &self.objects
    }
}

impl<'a> Manifests<'a> {
    pub(in crate::checks) fn new(documents: &'a [Document], options: Option<&'a Options>) -> Self {
        let said = options.and_then(|options| options.kubernetes);
        Self {
            objects: Objects::new(documents).partial(options.is_some_and(|options| options.partial)),
            documents,
            references: OnceCell::new(),
            violations: OnceCell::new(),
            version: said.unwrap_or(Version::NEWEST),
            said,
        }
    }

    /// Who names which other object.
    pub(super) fn references(&self) -> &[Reference<'a>] {
        self.references.get_or_init(|| references(self))
    }

    /// Every way in which the objects break their schemas, and how surely.
    pub(super) fn violations(&self) -> &[(Violation<'a>, Sure)] {
        self.violations
            .get_or_init(|| shape::violations(self, &|object| self.version_of(object)))
    }

    /// The version that an object is for: what kubeadm reads says it itself, or is read by any that does.
    pub(super) fn version_of(&self, object: &Object<'a>) -> Version {
        if object.group != kubernetes::KUBEADM {
            return self.version;
        }
        let mut beside = self.configurations();
        let told = beside.find_map(|other| {
            let version = other.text(&["kubernetesVersion"]).and_then(Version::parse);
            version.filter(|_| other.document.file == object.document.file)
        });
        let reads = kubernetes::versions_of(object.group, object.kind);
        let newest = reads
            .get(object.api_version())
            .and_then(|versions| versions.last().copied());
        told.or(self.said).or(newest).unwrap_or(self.version)
    }

    /// What kubeadm makes clusters of.
    pub(super) fn configurations(&self) -> impl Iterator<Item = Object<'a>> {
        let of_kubeadm = |object: &Object<'a>| object.group == kubernetes::KUBEADM;
        self.any("ClusterConfiguration").filter(of_kubeadm)
    }

    /// The pods that a Service finds, if it has a selector.
    pub(in crate::checks) fn behind(&self, service: &Object<'a>) -> Vec<Pods<'a>> {
        let selector = service.dig(&["spec", "selector"]).map(Selector::of_pairs);
        let selector = selector.filter(|selector| !selector.is_empty());
        selector.map_or_else(Vec::new, |selector| self.selected(&selector, service.namespace()))
    }
}
