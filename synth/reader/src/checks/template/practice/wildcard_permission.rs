use crate::checks::template::policy::allowances;
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "wildcard-permission",
    why: "Every action of a service on every resource is more than anything needs.",
    link: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - {Effect: Allow, Action: 's3:*', Resource: '*'}
",
    instead: r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - {Effect: Allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::pictures/*'}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, statement) in allowances(set) {
        let everything = statement
            .actions()
            .find(|action| *action == "*" || action.ends_with(":*"));
        let mut resources = statement.resources(template);
        let everywhere = resources.any(|resource| resource.whole() == Some("*"));
        if let Some(action) = everything.filter(|_| statement.allows && everywhere) {
            report
                .value(statement.node, format!("`{action}` is allowed on every resource"))
                .help("name the actions and the resources");
        }
    }
}
