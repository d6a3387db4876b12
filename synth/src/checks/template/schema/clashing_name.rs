use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "clashing-name",
    why: "Parameters and resources share their names: CloudFormation refuses a template in which one name is both.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Parameters:
  Alerts: {Type: String}
Resources:
  Alerts: {Type: AWS::SNS::Topic}
  Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Alerts}}
",
    instead: r"
Parameters:
  Name: {Type: String}
Resources:
  Alerts: {Type: AWS::SNS::Topic}
  Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Name}}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        for resource in &template.resources {
            if template.named("Parameters", resource.id).is_some() {
                report
                    .key(resource.entry, format!("`{}` is a parameter too", resource.id))
                    .help("rename one of them");
            }
        }
    }
}
