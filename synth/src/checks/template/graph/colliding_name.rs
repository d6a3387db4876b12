use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::{Resource, Template, known};
use std::collections::BTreeMap;

use crate::read::Entry;
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
        let mut seen: BTreeMap<(&str, Vec<String>), &Resource<'a>> = BTreeMap::new();
        for resource in &template.resources {
            // Of two with conditions only one may be made.
            if resource.attribute("Condition").is_some() {
                continue;
            }
            let Some((entry, identity)) = identity(template, resource) else {
                continue;
            };
            if let Some(first) = seen.get(&(resource.kind, identity.clone())) {
                let message = format!("`{}` has this name already", first.id);
                report.key(entry, message).help("give each a name of its own, or none");
            } else {
                seen.insert((resource.kind, identity), resource);
            }
        }
    }
}

/// The values of the properties that identify a resource, if all are written out.
fn identity<'a>(template: &Template<'a>, resource: &Resource<'a>) -> Option<(&'a Entry, Vec<String>)> {
    let schema = schema::resource(resource.kind)?;
    let mut first = None;
    let mut values = Vec::new();
    for path in schema.primary_identifier() {
        let entry = resource.properties?.entry(path)?;
        // What is not known is the same where it stands twice, unless another function makes it.
        values.push(known::shape(template, &entry.value).filter(|text| !text.contains("${?}"))?);
        first = first.or(Some(entry));
    }
    first.map(|first| (first, values))
}
