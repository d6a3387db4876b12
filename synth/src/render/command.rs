//! The commands that deploy the stacks.

use serde::Serialize;

use super::site::{Part, Site, Whole, role};
use crate::model::{Capacity, System};
use crate::resources::Duty;

/// A call of `aws cloudformation deploy`.
#[derive(Serialize)]
pub(crate) struct Command {
    pub(crate) region: String,
    pub(crate) stack: String,
    pub(crate) template: String,
    /// What the stack takes of the file of parameters, as `Name=value`: the AWS CLI 1 knows no other form.
    pub(crate) parameters: Vec<String>,
    /// Empty for what a person deploys.
    pub(crate) role: String,
    pub(crate) capabilities: String,
}

/// The services whose own roles must be there before the first stack. AWS would make each with the first resource that
/// needs it, and then may not find it in the same minute.
pub(crate) fn linked_services(system: &System) -> Vec<&'static str> {
    let tasks = system.kubernetes().is_none();
    let machines = system.node_group().is_some();
    let scales = tasks
        && system
            .environments
            .iter()
            .any(|one| matches!(one.scale.capacity, Capacity::Scaling { .. }));
    let all = [
        ("ecs.amazonaws.com", tasks),
        ("eks.amazonaws.com", !tasks),
        ("eks-nodegroup.amazonaws.com", machines),
        ("autoscaling.amazonaws.com", machines),
        ("elasticloadbalancing.amazonaws.com", true),
        ("ecs.application-autoscaling.amazonaws.com", scales),
        ("rds.amazonaws.com", system.database().is_some()),
    ];
    all.into_iter()
        .filter(|(_, used)| *used)
        .map(|(name, _)| name)
        .collect()
}

/// The commands that deploy the stacks of an environment, in order.
pub(crate) fn commands(whole: &Whole<'_>, site: &Site<'_>) -> Vec<Command> {
    site.parts.iter().map(|part| command(whole, site, part)).collect()
}

/// The command that deploys a stack.
pub(crate) fn command(whole: &Whole<'_>, site: &Site<'_>, part: &Part) -> Command {
    let entry = &part.entry;
    Command {
        region: site.environment.account().region.as_str().to_owned(),
        stack: entry.stack_name.clone(),
        template: entry.template.clone(),
        parameters: parameters(site, part),
        role: if entry.stack.is_by_hand() {
            String::new()
        } else {
            role(whole.system, site.environment, Duty::CloudFormation)
        },
        capabilities: entry.capabilities.join(" "),
    }
}

fn parameters(site: &Site<'_>, part: &Part) -> Vec<String> {
    let given = site.parameters.as_array().into_iter().flatten();
    let given = given.filter_map(|one| Some((one["ParameterKey"].as_str()?, one["ParameterValue"].as_str()?)));
    let taken = given.filter(|(name, _)| part.template["Parameters"][*name].is_object());
    taken.map(|(name, value)| format!("{name}={value}")).collect()
}
