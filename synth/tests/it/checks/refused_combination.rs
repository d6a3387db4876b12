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

#[test]
fn refused_combination_looks_at_what_is_there_and_not_at_its_value() {
    let said = found(
        "refused-combination",
        r"
Parameters: {Snapshot: {Type: String}, Password: {Type: String, NoEcho: true}}
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      SourceDBInstanceIdentifier: !Ref Snapshot
      MasterUserPassword: !Ref Password
",
    );
    insta::assert_snapshot!(said, @"8:7 `MasterUserPassword` cannot stand beside `SourceDBInstanceIdentifier`");
}

#[test]
fn refused_combination_is_silent_about_what_may_be_taken_away() {
    let said = found(
        "refused-combination",
        r"
Parameters: {Snapshot: {Type: String}, Password: {Type: String, NoEcho: true}}
Conditions: {Replica: !Not [!Equals [!Ref Snapshot, '']]}
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      SourceDBInstanceIdentifier: !If [Replica, !Ref Snapshot, !Ref AWS::NoValue]
      MasterUserPassword: !If [Replica, !Ref AWS::NoValue, !Ref Password]
  Other:
    Type: AWS::RDS::DBInstance
    Properties:
      SourceDBInstanceIdentifier: !Ref Snapshot
      MasterUserPassword: {Fn::Transform: {Name: Own}}
",
    );
    insta::assert_snapshot!(said, @"");
}
