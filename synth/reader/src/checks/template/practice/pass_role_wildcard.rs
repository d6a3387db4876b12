use crate::checks::template::policy::allowances;
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "pass-role-wildcard",
    why: "Who may pass any role to a service may act with the rights of any role.",
    link: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
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
          - {Effect: Allow, Action: 'iam:PassRole', Resource: '*'}
",
    instead: r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - {Effect: Allow, Action: 'iam:PassRole', Resource: 'arn:aws:iam::123456789012:role/app'}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, statement) in allowances(set) {
        // An action such as `*` is a finding of its own.
        let passes = statement
            .actions()
            .any(|action| action.eq_ignore_ascii_case("iam:PassRole"));
        let wild = statement
            .resources(template)
            .any(|resource| resource.whole() == Some("*") || resource.end().ends_with(":role/*"));
        if statement.allows && passes && wild {
            report
                .value(statement.node, "any role may be passed")
                .help("name the roles, and `iam:PassedToService` in a condition");
        }
    }
}
