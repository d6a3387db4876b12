//! The step that gives a stack another image.

use super::{Shape, runs, script};
use crate::permissions::Grant;
use crate::workflow::right::{on_deploy, on_stacks};
use crate::workflow::value::{Bindings, Value};

/// Changes the digest of a stack and nothing else: the template is the one that is deployed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// The stack.
    pub stack: Value,
    /// What the image is.
    pub digest: Value,
    /// The tag of the image, for people.
    pub tag: Value,
    /// What the stack needs the deployer to agree to.
    pub capabilities: Value,
    /// The role that CloudFormation makes resources with.
    pub execution_role: Value,
    /// The parameter that takes the digest.
    pub parameter: String,
}

impl Release {
    pub(super) fn shape(&self) -> Shape {
        let settings = [
            ("CAPABILITIES", self.capabilities.clone()),
            ("DIGEST", self.digest.clone()),
            ("EXECUTION_ROLE", self.execution_role.clone()),
            ("PARAMETER", (&self.parameter).into()),
            ("STACK", self.stack.clone()),
            ("TAG", self.tag.clone()),
        ];
        runs(script!("release-image"), settings)
    }

    /// Nothing where no stack is given.
    pub(super) fn grants(&self, inputs: &Bindings) -> Vec<Grant> {
        let stack = self.stack.bind(inputs).text();
        if stack.is_empty() {
            return Vec::new();
        }
        let role = self.execution_role.bind(inputs).text();
        let read = on_stacks(["cloudformation:GetTemplate"], [&stack]);
        [read].into_iter().chain(on_deploy([&stack], &role)).collect()
    }
}
