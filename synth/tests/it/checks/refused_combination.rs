use super::found;

#[test]
fn refused_combination_explains_the_rule() {
    let said = found(
        "refused-combination",
        r"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      NetworkMode: awsvpc
      Cpu: 256
      Memory: 8192
      ContainerDefinitions: [{Name: a, Image: b}]
",
    );
    insta::assert_snapshot!(said, @"8:7 AWS::ECS::TaskDefinition: Fargate has no size of this CPU and memory: see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html");
}

#[test]
fn refused_combination_is_silent_when_a_part_is_not_known() {
    let said = found(
        "refused-combination",
        r"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      NetworkMode: awsvpc
      Cpu: !Ref Cpu
      Memory: 8192
      ContainerDefinitions: [{Name: a, Image: b}]
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn refused_combination_is_silent_about_a_size_that_exists() {
    let said = found(
        "refused-combination",
        r"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      NetworkMode: awsvpc
      Cpu: 256
      Memory: '512'
      ContainerDefinitions: [{Name: a, Image: b}]
",
    );
    insta::assert_snapshot!(said, @"");
}
