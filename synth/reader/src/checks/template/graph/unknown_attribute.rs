use crate::checks::{Family, Level, Report, Rule, Set};
use crate::schema;

pub(super) const RULE: Rule = Rule {
    name: "unknown-attribute",
    why: "CloudFormation refuses `Fn::GetAtt` with an attribute that the resource type does not return.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getatt.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Alerts: {Type: AWS::SNS::Topic}
Outputs:
  Alerts: {Value: !GetAtt Alerts.Arn}
",
    instead: r"
Resources:
  Alerts: {Type: AWS::SNS::Topic}
Outputs:
  Alerts: {Value: !GetAtt Alerts.TopicArn}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        for reference in &template.references {
            let Some(attribute) = reference.attribute else { continue };
            let Some(resource) = template.resource(reference.name) else {
                continue;
            };
            // The outputs of a nested stack and the answers of custom resources have any name.
            let open = resource.kind == "AWS::CloudFormation::Stack" || resource.kind.contains("::Custom");
            let Some(schema) = schema::resource(resource.kind).filter(|_| !open) else {
                continue;
            };
            let known = schema.attributes();
            let first = attribute.split('.').next().unwrap_or(attribute);
            if known.iter().any(|name| name == attribute || name == first) {
                continue;
            }
            let message = format!("{} has no attribute `{attribute}`", resource.kind);
            let draft = report.value(reference.node, message);
            let names = known.iter().map(String::as_str);
            match schema::nearest(attribute, names) {
                Some(near) => draft.help(format!("did you mean `{near}`?")),
                None if known.is_empty() => draft.help("it has none; `Ref` gives its name or id"),
                None => draft.help(format!("it has `{}`", known.join("`, `"))),
            }
        }
    }
}
