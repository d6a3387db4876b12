//! The rule by which a security group lets everything out, until it has another one.
//!
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-securitygroup-egress.html>

use super::super::spread::Pair;
use super::super::stack::{Item, Stack};
use super::super::verdict::{Effect, Language, PropertyChange, Reason, ResourceChange, Source, Verdict};
use super::{named, raise};
use crate::read::template::json::{scalar, values};

const GROUP: &str = "AWS::EC2::SecurityGroup";
const INLINE: &str = "SecurityGroupEgress";
const WHY: &str =
    "the first rule out takes away the default by which EC2 lets everything out: all other outbound traffic stops";

pub(super) fn judge(pair: &Pair<'_>, first: usize, all: &mut Vec<ResourceChange>) {
    let groups = pair.new.items.values().filter(|item| item.kind == GROUP);
    for new in groups {
        let old = pair
            .old
            .items
            .get(&new.id)
            .filter(|old| old.kind == GROUP && !has_rules(pair.old, old));
        if old.is_none() || !has_rules(pair.new, new) || lets_all_out(pair.new, new) {
            continue;
        }
        let by = apart(pair.new, new).find(|rule| !pair.old.items.contains_key(&rule.id));
        if let Some(change) = all[first..]
            .iter_mut()
            .find(|change| by.is_some_and(|rule| rule.id == change.id))
        {
            change
                .notes
                .push(format!("it is the first rule out of `{}`: {WHY}", new.id));
        }
        match all[first..].iter_mut().find(|change| change.id == new.id) {
            Some(change) if new.properties.contains_key(INLINE) => {
                raise(change, &[INLINE], Effect::Interrupt, Source::UserGuide, WHY);
            }
            Some(change) => {
                change.changes.push(gone());
                change.verdict = change.verdict.max(Verdict::Interrupt);
            }
            None => all.push(interrupted(&pair.new.file, new)),
        }
    }
}

/// The default, which goes.
fn gone() -> PropertyChange {
    PropertyChange {
        path: INLINE.to_owned(),
        old: Some("everything, by default".into()),
        new: None,
        reordered: false,
        effect: Effect::Interrupt,
        reasons: vec![Reason::new(Source::UserGuide, WHY)],
    }
}

/// A group of which nothing changes in the template.
fn interrupted(file: &str, item: &Item) -> ResourceChange {
    let named = (item.kind.as_str(), item.id.as_str());
    ResourceChange {
        changes: vec![gone()],
        ..ResourceChange::new(Language::Template, (file, item.line), named, Verdict::Interrupt)
    }
}

/// The rules out of a group that stand by themselves.
fn apart<'a>(stack: &'a Stack, group: &'a Item) -> impl Iterator<Item = &'a Item> {
    let rules = stack
        .items
        .values()
        .filter(|item| item.kind == "AWS::EC2::SecurityGroupEgress");
    rules.filter(|rule| {
        let of = rule
            .properties
            .get("GroupId")
            .map(|id| named(stack, id))
            .unwrap_or_default();
        of.iter().any(|item| item.id == group.id)
    })
}

fn has_rules(stack: &Stack, group: &Item) -> bool {
    let inline = group
        .properties
        .get(INLINE)
        .is_some_and(|rules| !values(rules).is_empty());
    inline || apart(stack, group).next().is_some()
}

/// Whether the rules say what the default does.
fn lets_all_out(stack: &Stack, group: &Item) -> bool {
    let inline = group.properties.get(INLINE).map(values).unwrap_or_default();
    let inline = inline.into_iter().filter_map(|rule| rule.as_object());
    let mut rules = inline.chain(apart(stack, group).map(|rule| &rule.properties));
    rules.any(|rule| {
        let is = |name: &str, wanted: &str| rule.get(name).and_then(scalar).as_deref() == Some(wanted);
        is("IpProtocol", "-1") && is("CidrIp", "0.0.0.0/0")
    })
}
