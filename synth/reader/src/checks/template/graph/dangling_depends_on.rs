use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "dangling-depends-on",
    why: "CloudFormation refuses a `DependsOn` that names no resource of the template, or the resource itself.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Alerts: {Type: AWS::SNS::Topic}
  Jobs: {Type: AWS::SQS::Queue, DependsOn: Alert}
",
    instead: r"
Resources:
  Alerts: {Type: AWS::SNS::Topic}
  Jobs: {Type: AWS::SQS::Queue, DependsOn: Alerts}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in set.templates.iter().filter(|template| !template.generated) {
        for resource in &template.resources {
            for node in resource.depends_on() {
                let Some(name) = node.text() else { continue };
                if name == resource.id {
                    report.value(node, format!("`{name}` depends on itself"));
                } else if template.resource(name).is_none() && !template.makes(name) {
                    let draft = report.value(node, format!("no resource is named `{name}`"));
                    draft.meant(name, template.resources.iter().map(|resource| resource.entry));
                }
            }
        }
    }
}
