use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::known::{Shape, Sure};
use crate::read::template::{Resource, Template, function, known};
use crate::read::{self, Node};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::schema;

pub(super) const RULE: Rule = Rule {
    name: "colliding-name",
    why: "Two resources of one type with the same name are one resource: the second cannot be made.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  New: {Type: AWS::S3::Bucket, Properties: {BucketName: pictures}}
  Old: {Type: AWS::S3::Bucket, Properties: {BucketName: pictures}}
",
    instead: r"
Resources:
  New: {Type: AWS::S3::Bucket, Properties: {BucketName: pictures}}
  Old: {Type: AWS::S3::Bucket, Properties: {BucketName: old-pictures}}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        let mut seen: BTreeMap<(&str, Vec<Value<'_>>), (&Resource<'a>, &'a read::Entry)> = BTreeMap::new();
        for resource in &template.resources {
            // Of two with conditions only one may be made.
            if resource.attribute("Condition").is_some() {
                continue;
            }
            let Some((entry, identity)) = identity(template, resource) else {
                continue;
            };
            match seen.entry((resource.kind, identity)) {
                Entry::Occupied(first) => {
                    let (first, its) = first.get();
                    let message = format!("`{}` has this name already", first.id);
                    let draft = report.key(entry, message);
                    draft
                        .sure(sameness(template, first, resource))
                        .also(*its, "the same name")
                        .help("give each a name of its own, or none");
                }
                Entry::Vacant(place) => {
                    place.insert((resource, entry));
                }
            }
        }
    }
}

/// How surely two resources that look the same have the same name.
fn sameness<'a>(template: &Template<'a>, first: &Resource<'a>, second: &Resource<'a>) -> Sure {
    let schema = schema::resource(first.kind);
    let paths = schema.into_iter().flat_map(schema::ResourceSchema::primary_identifier);
    let pairs = paths.filter_map(|path| first.property(path).zip(second.property(path)));
    let sure = pairs.map(|(one, other)| known::sameness(template, one, other));
    sure.max().unwrap_or_default()
}

/// What identifies a resource.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Value<'a> {
    Shape(Shape<'a>),
    /// Of a choice, the condition and what each branch comes to: by the same condition, the same is chosen.
    Choice(Vec<&'a str>),
}

/// A choice between texts that are written out.
fn choice(node: &Node) -> Option<Vec<&str>> {
    let (condition, yes, no) = function::choice(node)?;
    [condition, yes, no].into_iter().map(Node::text).collect()
}

/// The values of the properties that identify a resource, if all are written out.
fn identity<'a>(template: &Template<'a>, resource: &Resource<'a>) -> Option<(&'a read::Entry, Vec<Value<'a>>)> {
    let schema = schema::resource(resource.kind)?;
    let mut first = None;
    let mut values = Vec::new();
    for path in schema.primary_identifier() {
        let entry = resource.properties?.entry(path)?;
        // What is not known is the same where it stands twice, unless another function makes it.
        let shape = known::shape(template, &entry.value).filter(|shape| !shape.is_opaque());
        values.push(match shape {
            Some(shape) => Value::Shape(shape.value),
            None => Value::Choice(choice(&entry.value)?),
        });
        first = first.or(Some(entry));
    }
    first.map(|first| (first, values))
}
