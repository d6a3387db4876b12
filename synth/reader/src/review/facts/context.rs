//! Cases in which the rest of the resource decides what a change does.

use serde_json::Value as Json;

use crate::read::template::json::scalar;
use crate::review::differ::Step;
use crate::review::stack::Item;
use crate::review::verdict::{Effect, Reason, Source};

/// What replaces a group only where its update policy says so. AWS's schema lists `VPCZoneIdentifier` with them, and the
/// CDK's specification says "maybe" of it too, so that it stays a matter of cases.
const OF_GROUP: [&str; 3] = ["LaunchConfigurationName", "LaunchTemplate", "MixedInstancesPolicy"];

/// What a change does, seen with the resource around it.
pub(in crate::review) fn settle(item: &Item, path: &[Step], said: (Effect, Vec<Reason>)) -> (Effect, Vec<Reason>) {
    let Some(Step::Key(property)) = path.first() else {
        return said;
    };
    if let Some(said) = described(item, path) {
        return said;
    }
    let listed = OF_GROUP.contains(&property.as_str()) || property == "VPCZoneIdentifier";
    if said.0 != Effect::MayReplace || item.kind != "AWS::AutoScaling::AutoScalingGroup" || !listed {
        return said;
    }
    let policy = item.attributes.get("UpdatePolicy");
    let replacing = policy.and_then(|policy| policy.get("AutoScalingReplacingUpdate")?.get("WillReplace"));
    let known = |text: &str| Reason::new(Source::UserGuide, format!("AWS's user guide: {text}"));
    match (replacing, replacing.and_then(scalar).as_deref()) {
        (_, Some("true")) => (
            Effect::Replace,
            vec![known("its `UpdatePolicy` says `WillReplace: true`")],
        ),
        (None | Some(Json::Null), _) | (_, Some("false")) if property != "VPCZoneIdentifier" && !is_chosen(policy) => (
            Effect::Update,
            vec![known(
                "it is replaced only if its `UpdatePolicy` says `WillReplace: true`",
            )],
        ),
        _ => said,
    }
}

/// A rule is revoked and authorised again where only its description changes, as it cannot be there twice:
/// <https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2259>.
fn described(item: &Item, path: &[Step]) -> Option<(Effect, Vec<Reason>)> {
    let [Step::Key(list), Step::Index(_), Step::Key(name)] = path else {
        return None;
    };
    let is_rule = ["SecurityGroupIngress", "SecurityGroupEgress"].contains(&list.as_str());
    let text = "CloudFormation revokes the rule and authorises it again: for a moment what it lets through is cut off";
    (item.kind == "AWS::EC2::SecurityGroup" && is_rule && name == "Description")
        .then(|| (Effect::Interrupt, vec![Reason::new(Source::UserGuide, text)]))
}

/// Whether a condition chooses the policy.
fn is_chosen(policy: Option<&Json>) -> bool {
    policy.is_some_and(|policy| policy.to_string().contains("Fn::"))
}
