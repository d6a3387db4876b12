//! A target group has one load balancer.
//!
//! A new listener wants the group while the old one still has it: "cannot be associated with more than one load
//! balancer" (<https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/780>).

use serde_json::Value as Json;

use super::super::show::brief;
use super::super::spread::{Pair, Spread, Symbol};
use super::super::stack::{Item, Stack};
use super::super::verdict::ResourceChange;
use super::refuse;
use crate::read::template::json::{target, values};

const LISTENER: &str = "AWS::ElasticLoadBalancingV2::Listener";
const RULE: &str = "AWS::ElasticLoadBalancingV2::ListenerRule";

/// A listener or a rule that forwards to a group.
struct Holder<'a> {
    item: &'a Item,
    group: &'a Json,
    balancer: String,
}

/// Finds listeners and rules whose group still has another load balancer.
pub(super) fn judge(pair: &Pair<'_>, spread: &Spread<'_>, changes: &mut [ResourceChange]) {
    let is_one = |change: &ResourceChange| change.kind == LISTENER || change.kind == RULE;
    if !changes.iter().any(is_one) {
        return;
    }
    let (before, after) = (holders(pair.old), holders(pair.new));
    let replaced = |id: &str| spread.changes(&Symbol::Replaced(pair.new.file.clone(), id.to_owned()));
    for new in after.iter().filter(|new| !spread.touches(pair, new.group)) {
        let holds = |old: &&Holder<'_>| {
            let id = old.item.id.as_str();
            let leaves_late = !pair.new.items.contains_key(id) || replaced(id) == Some(true);
            let other = old.balancer != new.balancer || replaced(&old.balancer) == Some(true);
            brief(old.group) == brief(new.group) && leaves_late && other
        };
        let Some(old) = before.iter().find(holds) else { continue };
        let Some(change) = changes.iter_mut().find(|change| change.id == new.item.id) else {
            continue;
        };
        let group = brief(new.group);
        let why = format!(
            "`{}` forwards to {group} until the update is cleaned up, and a target group cannot have more than one load \
             balancer",
            old.item.id
        );
        let ways = vec![
            format!(
                "replace {group} in the same update, with another logical id or name, so that each balancer has its own"
            ),
            format!(
                "take `{}` out in one update, and bring the new one in the next: nothing is served in between",
                old.item.id
            ),
        ];
        refuse(change, why, ways);
    }
}

fn holders(stack: &Stack) -> Vec<Holder<'_>> {
    let mut found = Vec::new();
    for item in stack
        .items
        .values()
        .filter(|item| item.kind == LISTENER || item.kind == RULE)
    {
        let Some(balancer) = balancer(stack, item) else {
            continue;
        };
        let mut groups = Vec::new();
        for name in ["Actions", "DefaultActions"] {
            item.properties
                .get(name)
                .into_iter()
                .for_each(|actions| forwards(actions, &mut groups));
        }
        found.extend(groups.into_iter().map(|group| Holder {
            item,
            group,
            balancer: balancer.clone(),
        }));
    }
    found
}

/// The load balancer of a listener, or of that of a rule: by logical id if it is one of the template.
fn balancer(stack: &Stack, item: &Item) -> Option<String> {
    let name = |value: &Json| target(value).map_or_else(|| brief(value), |(id, _)| id.to_owned());
    if item.kind == LISTENER {
        return item.properties.get("LoadBalancerArn").map(name);
    }
    let listener = item.properties.get("ListenerArn").map(name)?;
    match stack.items.get(&listener) {
        Some(of_template) => of_template.properties.get("LoadBalancerArn").map(name),
        // Listeners of other stacks are told apart by what names them.
        None => Some(listener),
    }
}

/// The groups that actions forward to.
fn forwards<'a>(actions: &'a Json, found: &mut Vec<&'a Json>) {
    for action in values(actions) {
        found.extend(action.get("TargetGroupArn"));
        let several = action
            .get("ForwardConfig")
            .and_then(|config| config.get("TargetGroups"));
        let several = several.map(values).unwrap_or_default();
        found.extend(several.into_iter().filter_map(|one| one.get("TargetGroupArn")));
    }
}
