use crate::checks::schema::Broken;
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "refused-combination",
    why: "These properties exclude or need each other.",
    link: "https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      NetworkMode: awsvpc
      Cpu: '256'
      Memory: '8192'
      ContainerDefinitions:
        - {Name: app, Image: 'example/app:1.0', User: '1000', ReadonlyRootFilesystem: true}
",
    instead: r"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      NetworkMode: awsvpc
      Cpu: '256'
      Memory: '512'
      ContainerDefinitions:
        - {Name: app, Image: 'example/app:1.0', User: '1000', ReadonlyRootFilesystem: true}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    crate::checks::schema::report(set, Broken::Combination, report);
}
