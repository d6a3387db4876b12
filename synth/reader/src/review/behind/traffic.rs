//! Listeners and rules whose weights a deployment sets.
//!
//! ECS and CodeDeploy write weights over both target groups into what carries the traffic; `CloudFormation` writes back what
//! the template says: <https://github.com/aws/aws-cdk/issues/36649>.

use std::collections::BTreeMap;

use super::super::spread::Pair;
use super::super::stack::Stack;
use super::super::verdict::{Effect, ResourceChange, Source};
use super::{at, is_updated, named, raise};

/// Where the types that shift traffic name what carries it, and who does it for them.
const SHIFTERS: [(&str, &[&str], &str); 4] = [
    (
        "AWS::ECS::Service",
        &["LoadBalancers", "AdvancedConfiguration", "ProductionListenerRule"],
        "ECS",
    ),
    (
        "AWS::ECS::Service",
        &["LoadBalancers", "AdvancedConfiguration", "TestListenerRule"],
        "ECS",
    ),
    (
        "AWS::CodeDeploy::DeploymentGroup",
        &[
            "LoadBalancerInfo",
            "TargetGroupPairInfoList",
            "ProdTrafficRoute",
            "ListenerArns",
        ],
        "CodeDeploy",
    ),
    (
        "AWS::CodeDeploy::DeploymentGroup",
        &[
            "LoadBalancerInfo",
            "TargetGroupPairInfoList",
            "TestTrafficRoute",
            "ListenerArns",
        ],
        "CodeDeploy",
    ),
];

pub(super) fn judge(pair: &Pair<'_>, changes: &mut [ResourceChange]) {
    let carriers = carriers(pair.old);
    for change in changes.iter_mut().filter(|change| is_updated(change)) {
        if let Some((service, by)) = carriers.get(change.id.as_str()) {
            let why = format!(
                "{by} shifts the traffic of `{service}` by weights that it writes here; this update writes over them what the \
                 template says, so that all traffic goes back to the first target group, which may have no tasks"
            );
            raise(change, &[], Effect::Overwrite, Source::UserGuide, &why);
            change.notes.push(
                "deploy it while the target group that the template names serves, and look at the weights afterwards"
                    .to_owned(),
            );
        }
    }
}

/// Listeners and rules by logical id, each with whose traffic is shifted there and by whom.
fn carriers(stack: &Stack) -> BTreeMap<&str, (&str, &'static str)> {
    let mut found = BTreeMap::new();
    for item in stack.items.values() {
        for (_, path, by) in SHIFTERS.iter().filter(|(kind, ..)| *kind == item.kind) {
            for carrier in at(item, path).into_iter().flat_map(|value| named(stack, value)) {
                found.insert(carrier.id.as_str(), (item.id.as_str(), *by));
            }
        }
    }
    found
}
