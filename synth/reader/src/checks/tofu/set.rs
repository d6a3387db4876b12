//! The modules that rules look at, and what is worked out once for all of them.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Deref;

use super::shape::{self, Violation};
use crate::checks::Options;
use crate::read::template::known::Sure;
use crate::read::tofu::{Block, Module, modules};
use crate::read::{Document, Node};
use crate::schema::google;

/// The modules of a run.
#[derive(Debug)]
pub struct Modules<'a> {
    all: Vec<Module<'a>>,
    /// Whether files may be missing.
    pub partial: bool,
    violations: OnceCell<Vec<(Violation<'a>, Sure)>>,
}

impl<'a> Deref for Modules<'a> {
    type Target = [Module<'a>];

    fn deref(&self) -> &Self::Target {
        &self.all
    }
}

impl<'a> Modules<'a> {
    pub(in crate::checks) fn new(documents: &'a [Document], options: Option<&Options>) -> Self {
        Self {
            all: modules(documents),
            partial: options.is_some_and(|options| options.partial),
            violations: OnceCell::new(),
        }
    }

    /// The blocks of a room, of all modules.
    pub(super) fn all(&self, room: &'a str) -> impl Iterator<Item = &Block<'a>> {
        self.all.iter().flat_map(move |module| module.of(room))
    }

    /// The resources of a kind, of all modules.
    pub(super) fn resources(&self, kind: &'a str) -> impl Iterator<Item = &Block<'a>> {
        self.all("resource").filter(move |block| block.kind == kind)
    }

    /// Every way in which the blocks break their schemas, and how surely.
    pub(super) fn violations(&self) -> &[(Violation<'a>, Sure)] {
        self.violations.get_or_init(|| {
            let of = |module: &Module<'a>| {
                let sure = how_sure(module);
                shape::violations(module)
                    .into_iter()
                    .map(move |violation| (violation, sure))
                    .collect::<Vec<_>>()
            };
            self.all.iter().flat_map(of).collect()
        })
    }
}

/// The versions that a module takes of a provider, by the name that it has there.
pub(super) fn constraint<'a>(module: &Module<'a>, provider: &str) -> Option<&'a Node> {
    let mut required = module
        .of("terraform")
        .filter_map(|block| block.get("required_providers")?.get(provider));
    let required = required.next()?;
    // The older form is the constraint by itself.
    required.get("version").or_else(|| required.text().map(|_| required))
}

/// The names of the providers that a module uses: the kinds of its resources begin with them.
pub(super) fn providers<'a>(module: &Module<'a>) -> BTreeSet<&'a str> {
    let kinds = module.blocks.iter().filter(|block| !block.kind.is_empty());
    let of_kinds = kinds.filter_map(|block| block.kind.split('_').next());
    of_kinds
        .chain(module.of("provider").map(|block| block.name))
        .filter(|name| *name != "terraform")
        .collect()
}

/// How surely a module takes a version whose arguments are those that are known here: of the same first number, or the
/// newest.
pub(super) fn how_sure(module: &Module<'_>) -> Sure {
    let constraint = constraint(module, "google").and_then(Node::text).unwrap_or_default();
    let first = |text: &str| {
        let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
        digits
            .split(|c: char| !c.is_ascii_digit())
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    if constraint.is_empty() || first(constraint) == first(google::version()) {
        Sure::Written
    } else {
        Sure::OneOf
    }
}
