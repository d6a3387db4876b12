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
            let parameter = template.section("Parameters").find(|entry| entry.key == resource.id);
            if let Some(parameter) = parameter {
                report
                    .key(resource.entry, format!("`{}` is a parameter too", resource.id))
                    .also(parameter, "the parameter")
                    .help("rename one of them");
            }
        }
    }
}
