use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "redundant-depends-on",
    why: "A `Ref`, `Fn::GetAtt` or `Fn::Sub` orders the two resources already.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html",
    level: Level::Info,
    family: Family::Graph,
    example: r"
Resources:
  Alerts: {Type: AWS::SNS::Topic}
  Subscription:
    Type: AWS::SNS::Subscription
    DependsOn: Alerts
    Properties: {Protocol: email, Endpoint: us@example.com, TopicArn: !Ref Alerts}
",
    instead: r"
Resources:
  Alerts: {Type: AWS::SNS::Topic}
  Subscription:
    Type: AWS::SNS::Subscription
    Properties: {Protocol: email, Endpoint: us@example.com, TopicArn: !Ref Alerts}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        for resource in &template.resources {
            for node in resource.depends_on() {
                let named = |name: &str| {
                    template
                        .references
                        .iter()
                        .find(|reference| reference.from == ("Resources", resource.id) && reference.name == name)
                };
                if let Some(reference) = node.text().and_then(named) {
                    let name = reference.name;
                    report
                        .value(node, format!("`{}` refers to `{name}` anyway", resource.id))
                        .also(reference.node, "the reference")
                        .help("remove it");
                }
            }
        }
    }
}
