use crate::checks::{Family, Level, Report, Rule, Set};
use crate::schema;

pub(super) const RULE: Rule = Rule {
    name: "type-missing-in-region",
    why: "Not every type exists in every region; where it does not, CloudFormation refuses the template.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
# synth validate --region eu-south-2
Resources:
  Cache:
    Type: AWS::DAX::Cluster
    Properties:
      IAMRoleARN: arn:aws:iam::123456789012:role/cache
      NodeType: dax.t3.small
      ReplicationFactor: 1
",
    instead: r"
# synth validate --region eu-west-1
Resources:
  Cache:
    Type: AWS::DAX::Cluster
    Properties:
      IAMRoleARN: arn:aws:iam::123456789012:role/cache
      NodeType: dax.t3.small
      ReplicationFactor: 1
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        let regions: Vec<&str> = set.regions(&template.document.file).collect();
        if regions.is_empty() {
            continue;
        }
        for resource in &template.resources {
            let Some(schema) = schema::resource(resource.kind) else {
                continue;
            };
            let absent = regions.iter().filter(|region| !schema.is_in(region));
            let absent: Vec<String> = absent.map(|region| format!("`{region}`")).collect();
            let Some(kind) = resource.attribute("Type").filter(|_| !absent.is_empty()) else {
                continue;
            };
            let message = format!("`{}` does not exist in {}", resource.kind, absent.join(", "));
            report.value(kind, message);
        }
    }
}
