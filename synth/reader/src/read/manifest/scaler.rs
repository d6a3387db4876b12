//! What autoscalers scale.

use super::{Object, Objects};
use crate::read::Node;

/// The workload that an autoscaler names.
#[derive(Debug, Clone, Copy)]
pub struct Scaled<'a> {
    /// Its kind; an autoscaler that is none of Kubernetes itself may leave it out.
    pub kind: Option<&'a str>,
    /// Its name.
    pub name: &'a str,
    /// Where the name is written.
    pub at: &'a Node,
}

impl<'a> Object<'a> {
    /// What it scales, if it is an autoscaler.
    #[must_use]
    pub fn scaled(&self) -> Option<Scaled<'a>> {
        let target = self.dig(&["spec", "scaleTargetRef"])?;
        let at = target.get("name")?;
        Some(Scaled {
            kind: target.get("kind").and_then(Node::text),
            name: at.text()?,
            at,
        })
    }
}

impl<'a> Objects<'a> {
    /// The autoscalers: those of Kubernetes itself, and those of KEDA, each with what it scales.
    pub fn scalers(&self) -> impl Iterator<Item = (Object<'a>, Scaled<'a>)> {
        let all = self.any("HorizontalPodAutoscaler").chain(self.any("ScaledObject"));
        all.filter_map(|scaler| Some((scaler, scaler.scaled()?)))
    }
}
