//! Target groups that manifests bind Services to.

use super::placeholder::placeholders;
use crate::checks::Set;
use crate::read::Node;
use crate::read::manifest::Object;
use crate::read::template::known::{Ask, Text};
use crate::read::template::{Resource, Template};

const KIND: &str = "AWS::ElasticLoadBalancingV2::TargetGroup";

/// A target group that an object binds a Service to.
pub(in crate::checks::across) struct Bound<'s, 'a> {
    /// What binds it.
    pub(in crate::checks::across) binding: Object<'a>,
    /// The template that makes the target group.
    pub(in crate::checks::across) template: &'s Template<'a>,
    /// The target group.
    pub(in crate::checks::across) group: &'s Resource<'a>,
}

impl<'s, 'a> Bound<'s, 'a> {
    /// The load balancers that send requests to the target group.
    pub(in crate::checks::across) fn balancers(&self, set: &'s Set<'a>) -> Vec<(&'s Template<'a>, &'s Resource<'a>)> {
        let mut found = Vec::new();
        for (kind, actions) in FORWARDS {
            for place in set.at(kind, actions) {
                let target = set.target(place.template, place.node);
                if !target.is_some_and(|(_, group)| std::ptr::eq(group.entry, self.group.entry)) {
                    continue;
                }
                let listener = place.resource.property("ListenerArn");
                let listener = listener.and_then(|node| set.target(place.template, node));
                let (home, listener) = listener.unwrap_or((place.template, place.resource));
                let balancer = listener.property("LoadBalancerArn");
                found.extend(balancer.and_then(|node| set.target(home, node)));
            }
        }
        found
    }

    /// The Service that is bound and the port of it that is named.
    pub(in crate::checks::across) fn service(&self, set: &Set<'a>) -> Option<(Object<'a>, &'a Node)> {
        let port = self.binding.dig(&["spec", "serviceRef", "port"])?;
        let name = self.binding.text(&["spec", "serviceRef", "name"])?;
        let service = set.manifests.named("Service", name, self.binding.namespace()).next()?;
        Some((service, port))
    }

    /// The type of the targets, if it is known.
    pub(in crate::checks::across) fn kind(&self, set: &Set<'a>) -> Option<Text<'a>> {
        match self.group.property("TargetType") {
            Some(node) => Ask::of(self.template).across(set).text(node),
            None => Some(Text::written("instance".into())),
        }
    }
}

/// Where requests are forwarded to target groups: the type, and the path there.
const FORWARDS: [(&str, &str); 4] = [
    (
        "AWS::ElasticLoadBalancingV2::Listener",
        "DefaultActions/*/TargetGroupArn",
    ),
    (
        "AWS::ElasticLoadBalancingV2::Listener",
        "DefaultActions/*/ForwardConfig/TargetGroups/*/TargetGroupArn",
    ),
    ("AWS::ElasticLoadBalancingV2::ListenerRule", "Actions/*/TargetGroupArn"),
    (
        "AWS::ElasticLoadBalancingV2::ListenerRule",
        "Actions/*/ForwardConfig/TargetGroups/*/TargetGroupArn",
    ),
];

/// The target groups of the templates that manifests bind.
pub(in crate::checks::across) fn bindings<'s, 'a>(set: &'s Set<'a>) -> Vec<Bound<'s, 'a>> {
    let all = set.manifests.any("TargetGroupBinding");
    let bound = all.filter_map(|binding| {
        let arn = binding.dig(&["spec", "targetGroupARN"])?;
        let (template, group) = by_output(set, arn).or_else(|| by_name(set, arn))?;
        (group.kind == KIND).then_some(Bound {
            binding,
            template,
            group,
        })
    });
    bound.collect()
}

fn by_output<'s, 'a>(set: &'s Set<'a>, arn: &'a Node) -> Option<(&'s Template<'a>, &'s Resource<'a>)> {
    let placeholder = placeholders(arn, arn.text()?).into_iter().next()?;
    let output = placeholder.filled(set)?;
    set.target(output.template, output.entry.value.get("Value")?)
}

fn by_name<'s, 'a>(set: &'s Set<'a>, arn: &'a Node) -> Option<(&'s Template<'a>, &'s Resource<'a>)> {
    let (_, rest) = arn.text()?.split_once(":targetgroup/")?;
    let name = rest.split('/').next()?;
    let mut named = set.of(KIND).filter(|(template, group)| {
        let texts = group
            .property("Name")
            .map(|node| Ask::of(template).across(set).texts(node));
        texts.unwrap_or_default().iter().any(|text| &**text == name)
    });
    // Two of a name are those of two environments.
    let found = named.next()?;
    named.next().is_none().then_some(found)
}
