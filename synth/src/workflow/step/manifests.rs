//! Manifests as steps take them, and what they are for.

use super::Setting;
use crate::permissions::Rule;
use crate::workflow::pipeline::{Applied, Pods};
use crate::workflow::value::{Bindings, Value};

/// What runs: the Deployment, its Service and its Ingress have one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The namespace.
    pub namespace: String,
    /// That of its Ingress.
    pub entry: String,
    /// The name.
    pub name: String,
}

/// Manifests, and what is put into them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifests {
    /// Their folder.
    pub folder: Value,
    /// The outputs that they take, a line each: the placeholder, the stack, the output.
    pub outputs: Value,
    /// What is applied, in order.
    pub applied: Vec<Applied>,
}

impl Target {
    /// Of an environment.
    #[must_use]
    pub fn of(pods: &Pods) -> Self {
        Self {
            namespace: pods.namespace.clone(),
            entry: pods.entry.clone(),
            name: pods.name.clone(),
        }
    }

    pub(super) fn settings(&self) -> [Setting; 2] {
        [("NAME", (&self.name).into()), ("NAMESPACE", (&self.namespace).into())]
    }

    /// The same of its Ingress.
    pub(super) fn settings_of_entry(&self) -> [Setting; 2] {
        [("NAME", (&self.name).into()), ("NAMESPACE", (&self.entry).into())]
    }

    pub(super) fn deployment(&self, verbs: &[&'static str]) -> Rule {
        Rule::new("apps", "deployments", verbs.iter().copied()).named(&self.name)
    }

    pub(super) fn ingress(&self) -> Rule {
        let rule = Rule::new("networking.k8s.io", "ingresses", ["get"]).named(&self.name);
        if self.entry == self.namespace {
            rule
        } else {
            rule.within(&self.entry)
        }
    }
}

impl Manifests {
    /// Of an environment, as they are known now.
    #[must_use]
    pub fn of(pods: &Pods) -> Self {
        Self {
            folder: (&pods.folder).into(),
            outputs: pods.lines_of_outputs().into(),
            applied: pods.applied.clone(),
        }
    }

    pub(super) fn settings(&self) -> [Setting; 1] {
        [("FILES", Applied::files(&self.applied).join(" ").into())]
    }

    pub(super) fn rules(&self, verbs: &[&'static str]) -> Vec<Rule> {
        let rule = |object: &Applied| {
            let rule = Rule::new(&object.group, &object.resource, verbs.iter().copied());
            rule.named(&object.name).within(&object.namespace)
        };
        self.applied.iter().map(rule).collect()
    }

    pub(super) fn stacks(&self, inputs: &Bindings) -> Vec<String> {
        let lines = self.outputs.bind(inputs).text();
        let stacks = lines.lines().filter_map(|line| line.split(' ').nth(1));
        stacks.map(str::to_owned).collect()
    }
}
