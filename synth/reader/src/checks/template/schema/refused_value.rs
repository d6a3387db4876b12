use crate::checks::schema::Broken;
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "refused-value",
    why: "The schema of the resource type allows other values only; the deployment fails, often after minutes.",
    link: "https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Log:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: 31}
",
    instead: r"
Resources:
  Log:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: 30}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    crate::checks::schema::report(set, Broken::Value, report);
}
