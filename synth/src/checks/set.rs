//! The templates that rules look at.

use std::cell::OnceCell;
use std::ops::Deref;

use super::Options;
use super::schema::{self, Violation};
use crate::read::Document;
use crate::read::template::Templates;

/// The templates of a run, and what is known of where they go.
#[derive(Debug)]
pub struct Set<'a> {
    templates: Templates<'a>,
    options: &'a Options,
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
            options,
            together,
            violations: OnceCell::new(),
        }
    }

    /// The regions that a file is deployed to, if somebody said so.
    pub fn regions(&self, file: &str) -> impl Iterator<Item = &'a str> {
        let own = self.options.region_of.get(file);
        self.options.regions.iter().chain(own).map(String::as_str)
    }

    /// Every way in which the resources break their schemas, computed once for all rules.
    pub fn violations(&self) -> &[Violation<'a>] {
        self.violations.get_or_init(|| schema::violations(self))
    }
}
