use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read;
use crate::read::template::known::{Known, Shape, Sure};
use crate::read::template::{Resource, Template, known};
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
        let mut seen: BTreeMap<(&str, Vec<Shape<'_>>), (&Resource<'a>, Sure)> = BTreeMap::new();
        for resource in &template.resources {
            // Of two with conditions only one may be made.
            if resource.attribute("Condition").is_some() {
                continue;
            }
            let Some((entry, identity)) = identity(template, resource) else {
                continue;
            };
            let Known { value, sure } = identity;
            match seen.entry((resource.kind, value)) {
                Entry::Occupied(first) => {
                    let (first, other) = first.get();
                    let message = format!("`{}` has this name already", first.id);
                    let draft = report.key(entry, message);
                    draft
                        .sure(sure.max(*other))
                        .help("give each a name of its own, or none");
                }
                Entry::Vacant(place) => {
                    place.insert((resource, sure));
                }
            }
        }
    }
}

type Identity<'a> = Known<Vec<Shape<'a>>>;

/// The values of the properties that identify a resource, if all are written out.
fn identity<'a>(template: &Template<'a>, resource: &Resource<'a>) -> Option<(&'a read::Entry, Identity<'a>)> {
    let schema = schema::resource(resource.kind)?;
    let mut first = None;
    let mut values = Known::written(Vec::new());
    for path in schema.primary_identifier() {
        let entry = resource.properties?.entry(path)?;
        // What is not known is the same where it stands twice, unless another function makes it.
        let shape = known::shape(template, &entry.value).filter(|shape| !shape.is_opaque())?;
        values = values.resting_on(shape.sure);
        values.value.push(shape.value);
        first = first.or(Some(entry));
    }
    first.map(|first| (first, values))
}
