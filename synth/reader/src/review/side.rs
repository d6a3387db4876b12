//! One side of the comparison.

use super::manifest::{self, Manifests};
use super::stack::Stack;
use super::tofu::{self, Parts};
use super::workflow::{self, Workflow};
use crate::read::Document;

/// All templates and workflows of one side, in the form in which they are compared.
#[derive(Default)]
pub struct Side {
    pub(super) stacks: Vec<Stack>,
    pub(super) workflows: Vec<Workflow>,
    pub(super) manifests: Manifests,
    pub(super) parts: Parts,
    /// Whether templates that are the same on both sides are not among them.
    pub(super) left_out: bool,
}

impl Side {
    /// Takes in a template or a workflow, which need not be kept.
    pub fn push(&mut self, document: &Document) {
        if tofu::is_one(document) {
            self.parts.push(document);
        } else if workflow::is_one(document) {
            self.workflows.push(Workflow::new(document));
        } else if manifest::is_one(document) {
            self.manifests.push(document);
        } else {
            self.stacks.push(Stack::new(document));
        }
    }

    /// Leaves what some files say.
    pub fn retain(&mut self, wanted: impl Fn(&str) -> bool) {
        self.stacks.retain(|stack| wanted(&stack.file));
        self.workflows.retain(|workflow| wanted(&workflow.file));
        self.parts.retain(&wanted);
        self.manifests.retain(wanted);
    }
}

impl std::fmt::Debug for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.stacks.iter().map(|stack| &stack.file))
            .entries(self.manifests.files())
            .entries(self.parts.files())
            .entries(self.workflows.iter().map(|workflow| &workflow.file))
            .finish()
    }
}
