//! An image that is in the registry.

use super::Setting;
use crate::workflow::pipeline::Registry;
use crate::workflow::value::Value;

/// An image of the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Where it is.
    pub registry: Registry,
    /// What it is.
    pub digest: Value,
}

impl Published {
    /// What the step `image` of the same job resolved.
    pub(super) fn resolved(registry: &Registry) -> Self {
        Self {
            registry: registry.clone(),
            digest: Value::Context("steps.image.outputs.digest"),
        }
    }

    pub(super) fn settings(&self) -> [Setting; 2] {
        [
            ("DIGEST", self.digest.clone()),
            ("IMAGE", (&self.registry.image).into()),
        ]
    }

    pub(super) fn subject(&self) -> [Setting; 2] {
        [
            ("subject-name", (&self.registry.image).into()),
            ("subject-digest", self.digest.clone()),
        ]
    }
}
