use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::known;
use crate::schema;

pub(super) const RULE: Rule = Rule {
    name: "public-database",
    why: "`PubliclyAccessible` gives a database an address of the internet: one rule of a firewall is all that is left between it and everybody.",
    link: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
Resources:
  Replication:
    Type: AWS::DMS::ReplicationInstance
    Properties: {ReplicationInstanceClass: dms.t3.medium, PubliclyAccessible: true}
",
    instead: r"
Resources:
  Replication:
    Type: AWS::DMS::ReplicationInstance
    Properties: {ReplicationInstanceClass: dms.t3.medium, PubliclyAccessible: false}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        for resource in &template.resources {
            let Some(node) = resource.property("PubliclyAccessible") else {
                continue;
            };
            if schema::resource(resource.kind).is_some()
                && let Some(on) = known::boolean(template, node).filter(|on| on.value)
            {
                report
                    .value(node, format!("`{}` has an address of the internet", resource.id))
                    .sure(on.sure)
                    .help("set it to false, and reach it from inside of the network");
            }
        }
    }
}
