//! The documents that rules look at.

use std::cell::OnceCell;
use std::ops::Deref;

use super::Options;
use super::manifest::Manifests;
use super::schema::{self, Violation};
use super::tofu::Modules;
use super::workflow::View;
use crate::read::Document;
use crate::read::manifest::is_manifest;
use crate::read::template::{Template, Templates};

/// The documents of a run, and what is known of where they go.
#[derive(Debug)]
pub struct Set<'a> {
    templates: Templates<'a>,
    /// The workflows of one repository.
    pub workflows: Vec<View<'a>>,
    /// The objects of all manifests.
    pub manifests: Manifests<'a>,
    /// The modules of `OpenTofu`.
    pub modules: Modules<'a>,
    /// What somebody said of the templates, such as to which regions they go.
    options: Option<&'a Options>,
    /// Whether they are all deployed, to one account and region; otherwise they only refer to each other.
    pub together: bool,
    violations: OnceCell<Vec<Violation<'a>>>,
}

impl<'a> Deref for Set<'a> {
    type Target = Templates<'a>;

    fn deref(&self) -> &Self::Target {
        &self.templates
    }
}

impl<'a> Set<'a> {
    pub(super) fn new(documents: &'a [Document], options: &'a Options, together: bool) -> Self {
        Self {
            templates: Templates::new(documents),
            workflows: Vec::new(),
            manifests: Manifests::new(&[], None),
            modules: Modules::new(&[], None),
            options: Some(options),
            together,
            violations: OnceCell::new(),
        }
    }

    /// Templates and manifests, in any order.
    pub(super) fn of_both(documents: &'a [Document], options: &'a Options, together: bool) -> Self {
        let templates = documents.iter().filter(|document| !is_manifest(&document.root));
        Self {
            templates: Templates {
                templates: templates.map(Template::new).collect(),
            },
            workflows: Vec::new(),
            manifests: Manifests::new(documents, Some(options)),
            modules: Modules::new(&[], None),
            options: Some(options),
            together,
            violations: OnceCell::new(),
        }
    }

    pub(super) fn of_workflows(documents: &'a [Document]) -> Self {
        Self {
            templates: Templates::new(&[]),
            workflows: documents.iter().map(View::new).collect(),
            manifests: Manifests::new(&[], None),
            modules: Modules::new(&[], None),
            options: None,
            together: true,
            violations: OnceCell::new(),
        }
    }

    pub(super) fn of_manifests(documents: &'a [Document], options: &'a Options) -> Self {
        Self {
            templates: Templates::new(&[]),
            workflows: Vec::new(),
            manifests: Manifests::new(documents, Some(options)),
            modules: Modules::new(&[], None),
            options: Some(options),
            together: true,
            violations: OnceCell::new(),
        }
    }

    pub(super) fn of_modules(documents: &'a [Document], options: &'a Options) -> Self {
        Self {
            templates: Templates::new(&[]),
            workflows: Vec::new(),
            manifests: Manifests::new(&[], None),
            modules: Modules::new(documents, Some(options)),
            options: Some(options),
            together: true,
            violations: OnceCell::new(),
        }
    }

    /// The regions that a file is deployed to, if somebody said so.
    pub fn regions(&self, file: &str) -> impl Iterator<Item = &'a str> {
        let all = self.options.into_iter().flat_map(move |options| {
            let own = options.region_of.get(file);
            options.regions.iter().chain(own)
        });
        all.map(String::as_str)
    }

    /// Every way in which the resources break their schemas, computed once for all rules.
    pub fn violations(&self) -> &[Violation<'a>] {
        self.violations.get_or_init(|| schema::violations(self))
    }
}
