use crate::checks::template::policy::trusts;
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "confused-deputy",
    why: "Without the account in the trust, ECS could be made to use the role on behalf of another account's tasks.",
    link: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {Service: ecs-tasks.amazonaws.com}
            Action: sts:AssumeRole
",
    instead: r"
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {Service: ecs-tasks.amazonaws.com}
            Action: sts:AssumeRole
            Condition: {StringEquals: {'aws:SourceAccount': !Ref 'AWS::AccountId'}}
",
    check,
};

const SERVICE: &str = "ecs-tasks.amazonaws.com";

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, role, statement) in trusts(set) {
        let bound = ["aws:SourceAccount", "aws:SourceArn"]
            .into_iter()
            .any(|key| !statement.conditions(template, key).is_empty());
        if statement.lets_service(SERVICE, "sts:assumerole") && !bound {
            report
                .value(statement.node, format!("`{}` trusts ECS for every account", role.id))
                .help("add `StringEquals: {aws:SourceAccount: …}`");
        }
    }
}
