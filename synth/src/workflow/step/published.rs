//! An image that is in the registry.

use super::Setting;
use crate::workflow::pipeline::Kept;
use crate::workflow::value::Value;

/// An image of the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Where it is.
    pub kept: Kept,
    /// What it is.
    pub digest: Value,
}

impl Published {
    /// What the step `image` of the same job resolved.
    pub(super) fn resolved(kept: &Kept) -> Self {
        Self {
            kept: kept.clone(),
            digest: Value::Context("steps.image.outputs.digest"),
        }
    }

    pub(super) fn settings(&self) -> [Setting; 2] {
        [("DIGEST", self.digest.clone()), ("IMAGE", self.kept.image().into())]
    }

    pub(super) fn subject(&self) -> [Setting; 2] {
        [
            ("subject-name", self.kept.image().into()),
            ("subject-digest", self.digest.clone()),
        ]
    }
}
