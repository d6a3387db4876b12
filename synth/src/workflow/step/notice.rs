//! The step that tells people how a deployment ended.

use super::{Shape, runs, script};
use crate::workflow::value::Value;

/// Tells a channel at Slack how the jobs before it ended. What it says is made of fixed words, numbers and ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The system's name.
    pub system: String,
    /// The GitHub environment that has the address.
    pub environment: String,
}

impl Notice {
    pub(super) fn shape(&self) -> Shape {
        runs(
            script!("tell"),
            [
                ("ENVIRONMENT", (&self.environment).into()),
                // The names of the jobs are ours, and how they ended are words of GitHub's.
                ("JOBS", Value::Context("toJSON(needs)")),
                ("SYSTEM", (&self.system).into()),
                ("WEBHOOK", Value::Context("secrets.SLACK_WEBHOOK_URL")),
            ],
        )
    }
}
