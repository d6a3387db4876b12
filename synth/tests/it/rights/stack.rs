//! A deployed template with the values of its parameters.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::physical::digits;
use super::resolve::{ACCOUNT, REGION};

/// A deployed template.
pub(super) struct Stack {
    /// Its name in the account.
    pub(super) name: String,
    pub(super) template: Json,
    pub(super) parameters: BTreeMap<String, String>,
}

/// When we look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// Every parameter has its default.
    First,
    /// Every parameter has another value than its default: an image was released, say.
    Later,
}

impl Stack {
    pub(super) fn new(name: &str, template: Json, given: &Json, moment: Moment) -> Self {
        let asked = template["Parameters"].as_object().into_iter().flatten();
        let parameters = asked.map(|(name, parameter)| (name.clone(), value(name, parameter, given, moment)));
        let parameters = parameters.collect();
        Self {
            name: name.to_owned(),
            template,
            parameters,
        }
    }

    pub(super) fn resources(&self) -> impl Iterator<Item = (&String, &Json)> {
        self.template["Resources"].as_object().into_iter().flatten()
    }
}

/// The value of a parameter: given, or its default, or another that it may have.
fn value(name: &str, parameter: &Json, given: &Json, moment: Moment) -> String {
    let default = || {
        parameter["Default"]
            .as_str()
            .map(str::to_owned)
            .or_else(|| Some(parameter["Default"].to_string()))
    };
    let all = given.as_array().into_iter().flatten();
    let given = all
        .into_iter()
        .find(|one| one["ParameterKey"] == name)
        .map(|one| one["ParameterValue"].as_str().unwrap().to_owned());
    if moment == Moment::First || given.is_some() {
        return given.or_else(default).unwrap();
    }
    let allowed = parameter["AllowedValues"].as_array().into_iter().flatten();
    let other = allowed
        .filter_map(Json::as_str)
        .find(|value| parameter["Default"] != *value);
    if let Some(other) = other {
        return other.to_owned();
    }
    let digest = parameter["AllowedPattern"]
        .as_str()
        .is_some_and(|pattern| pattern.contains("sha256:"));
    if digest {
        format!("sha256:{}", digits(name, &"#".repeat(64)))
    } else {
        default().unwrap()
    }
}

impl Stack {
    /// Its own ARN, which `AWS::StackId` gives.
    pub(super) fn arn(&self) -> String {
        let id = digits(&self.name, "########-####-####-####-############");
        format!("arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{}/{id}", self.name)
    }
}
