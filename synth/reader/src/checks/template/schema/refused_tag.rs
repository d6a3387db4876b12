use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::{Resource, function};
use std::collections::BTreeMap;

use crate::read::Node;
use crate::schema;

pub(super) const RULE: Rule = Rule {
    name: "refused-tag",
    why: "A resource has one tag of each key, and keys that begin with `aws:` are AWS's own.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      Tags: [{Key: team, Value: cars}, {Key: team, Value: trucks}]
",
    instead: r"
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      Tags: [{Key: team, Value: cars}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for resource in set.templates.iter().flat_map(|template| &template.resources) {
        if schema::resource(resource.kind).is_some() {
            tags(resource, report);
        }
    }
}

fn tags<'a>(resource: &Resource<'a>, report: &mut Report<'a>) {
    let mut seen: BTreeMap<&str, &Node> = BTreeMap::new();
    let all = resource.property("Tags").and_then(Node::list).unwrap_or_default();
    // A tag in a branch of `Fn::If` may stand for another.
    for (node, key) in all
        .iter()
        .filter(|tag| function::of(tag).is_none())
        .filter_map(|tag| tag.get("Key"))
        .filter_map(|node| Some((node, node.text()?)))
    {
        if let Some(first) = seen.get(key) {
            report
                .value(node, format!("another tag has the key `{key}`"))
                .also(*first, "the other tag");
        } else {
            seen.insert(key, node);
        }
        if key.starts_with("aws:") {
            report.value(node, format!("`{key}` is a key of AWS's own"));
        }
    }
}
