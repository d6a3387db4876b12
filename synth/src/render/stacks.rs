//! The stacks of a system, as scripts see them.

use serde::Serialize;

use crate::model::{BY_HAND, Environment, System};
use crate::template::Stack;

/// One stack: what `synth list --format json` tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StackEntry {
    /// The system.
    pub system: String,
    /// The environment.
    pub environment: String,
    /// What the stack is for, such as `network`.
    pub stack: String,
    /// Its name in the account.
    pub stack_name: String,
    /// The path of its template from the root of the repository.
    pub template: String,
    /// The path of the file with its parameters.
    pub parameters: String,
    /// What CloudFormation asks a deployer to agree to.
    pub capabilities: Vec<String>,
    /// The names of the stacks that must be there before it.
    pub depends_on: Vec<String>,
}

/// The folder of an environment's files.
pub(super) fn folder(system: &System, environment: &Environment) -> String {
    format!("out/{}/{}", system.name, environment.name)
}

/// The part of a stack's name that says what it is for.
pub(super) fn short<'a>(system: &System, environment: &Environment, stack: &'a Stack) -> &'a str {
    let prefix = system.stack(environment, "");
    stack
        .name
        .as_str()
        .strip_prefix(prefix.as_str())
        .unwrap_or(stack.name.as_str())
}

pub(super) fn entry(system: &System, environment: &Environment, stack: &Stack) -> StackEntry {
    let folder = folder(system, environment);
    let short = short(system, environment, stack);
    let imported = stack.depends_on.iter().map(ToString::to_string);
    // What the pipeline deploys is made with a role of the stacks that a person deploys.
    let by_hand = BY_HAND.iter().take_while(|stack| **stack != short);
    let by_hand = by_hand.map(|stack| system.stack(environment, stack));
    let depends_on = by_hand.chain(imported).collect();
    StackEntry {
        system: system.name.to_string(),
        environment: environment.name.to_string(),
        stack: short.to_owned(),
        stack_name: stack.name.to_string(),
        template: format!("{folder}/{short}.template.json"),
        parameters: format!("{folder}/parameters.json"),
        capabilities: capability(stack).map(str::to_owned).into_iter().collect(),
        depends_on,
    }
}

/// `CAPABILITY_NAMED_IAM` where IAM resources have names, `CAPABILITY_IAM` where there are any
/// (CloudFormation API reference, `CreateStack`, "Capabilities").
pub(super) fn capability(stack: &Stack) -> Option<&'static str> {
    let resources = stack.template["Resources"].as_object()?;
    let iam = |kind: &str| kind.starts_with("AWS::IAM::");
    let mut all = resources
        .values()
        .filter(|resource| resource["Type"].as_str().is_some_and(iam))
        .peekable();
    all.peek()?;
    let named = |resource: &serde_json::Value| {
        let properties = &resource["Properties"];
        [
            "RoleName",
            "ManagedPolicyName",
            "UserName",
            "GroupName",
            "InstanceProfileName",
        ]
        .iter()
        .any(|name| !properties[*name].is_null())
    };
    Some(if all.any(named) {
        "CAPABILITY_NAMED_IAM"
    } else {
        "CAPABILITY_IAM"
    })
}
