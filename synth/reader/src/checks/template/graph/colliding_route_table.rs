use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Entry;
use crate::read::template::Resource;
use crate::read::template::known::{self, Shape};
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    name: "colliding-route-table",
    why: "A subnet has one route table: EC2 refuses the second association.",
    link: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Public:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: subnet-0123456789abcdef0, RouteTableId: rtb-0123456789abcdef0}
  Private:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: subnet-0123456789abcdef0, RouteTableId: rtb-0fedcba9876543210}
",
    instead: r"
Resources:
  Public:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: subnet-0123456789abcdef0, RouteTableId: rtb-0123456789abcdef0}
  Private:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: subnet-0fedcba9876543210, RouteTableId: rtb-0fedcba9876543210}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        let mut seen: BTreeMap<Shape<'_>, (&Resource<'a>, &Entry)> = BTreeMap::new();
        for association in template.of("AWS::EC2::SubnetRouteTableAssociation") {
            // Of two with conditions only one may be made.
            let entry = association.properties.and_then(|map| map.entry("SubnetId"));
            let Some(entry) = entry.filter(|_| association.attribute("Condition").is_none()) else {
                continue;
            };
            let Some(subnet) = known::shape(template, &entry.value).filter(|shape| !shape.is_opaque()) else {
                continue;
            };
            if let Some((first, its)) = seen.get(&subnet.value) {
                report
                    .key(entry, format!("`{}` gives this subnet a route table already", first.id))
                    .sure(known::sameness(template, &its.value, &entry.value))
                    .also(*its, "the same subnet");
            } else {
                seen.insert(subnet.value, (association, entry));
            }
        }
    }
}
