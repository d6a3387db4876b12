//! Target groups that manifests bind Services to.

use super::placeholder::placeholders;
use crate::checks::Set;
use crate::read::Node;
use crate::read::manifest::Object;
use crate::read::template::known::Ask;
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
