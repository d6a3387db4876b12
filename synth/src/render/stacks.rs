//! The stacks of a system, as scripts see them.

use serde::{Serialize, Serializer};

use super::Made;
use crate::model::{Environment, Stack, System};
use crate::template;

/// One stack: what `synth list --format json` tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StackEntry {
    /// The system.
    pub system: String,
    /// The environment.
    pub environment: String,
    /// What the stack is for, such as `network`.
    #[serde(serialize_with = "name")]
    pub stack: Stack,
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
pub(crate) fn folder(system: &System, environment: &Environment) -> String {
    format!("out/{}/{}", system.name, environment.name)
}

/// The folder of what its cluster takes: the system's own, if there is only one.
pub(crate) fn cluster_folder(system: &System, environment: &Environment) -> String {
    match system.environments.as_slice() {
        [_] => format!("out/{}", system.name),
        _ => folder(system, environment),
    }
}

/// A path of a system's own files from where its pages and its script stand.
pub(crate) fn from_page<'a>(system: &System, path: &'a str) -> &'a str {
    let page = format!("out/{}/", system.name);
    path.strip_prefix(&page).unwrap_or(path)
}

/// The file of its dashboard for Grafana: beside what Prometheus is told, if that is what Grafana asks.
pub(crate) fn grafana_file(system: &System, environment: &Environment) -> String {
    let folder = match system.monitoring.prometheus() {
        None => folder(system, environment),
        Some(_) => format!("{}/monitoring", cluster_folder(system, environment)),
    };
    format!("{folder}/grafana-dashboard.json")
}

/// The folder of its manifests.
pub(crate) fn manifest_folder(system: &System, environment: &Environment) -> String {
    format!("{}/k8s", cluster_folder(system, environment))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it")]
fn name<S: Serializer>(stack: &Stack, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(stack.name())
}

pub(super) fn entry(system: &System, environment: &Environment, made: &Made) -> StackEntry {
    let Made { kind, stack } = made;
    let folder = folder(system, environment);
    let imported = stack.depends_on.iter().map(ToString::to_string);
    // What the pipeline deploys is made with a role of the stacks that a person deploys.
    let by_hand = Stack::BY_HAND.into_iter().take_while(|before| before != kind);
    let by_hand = by_hand.map(|stack| system.stack(environment, stack));
    let depends_on = by_hand.chain(imported).collect();
    StackEntry {
        system: system.name.to_string(),
        environment: environment.name.to_string(),
        stack: *kind,
        stack_name: stack.name.to_string(),
        template: format!("{folder}/{kind}.template.json"),
        parameters: format!("{folder}/parameters.json"),
        capabilities: capability(stack).map(str::to_owned).into_iter().collect(),
        depends_on,
    }
}

/// `CAPABILITY_NAMED_IAM` where IAM resources have names, `CAPABILITY_IAM` where there are any
/// (CloudFormation API reference, `CreateStack`, "Capabilities").
pub(super) fn capability(stack: &template::Stack) -> Option<&'static str> {
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
