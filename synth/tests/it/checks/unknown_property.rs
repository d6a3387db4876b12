use super::found;

#[test]
fn unknown_property_names_the_nearest() {
    let said = found(
        "unknown-property",
        r"
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueNam: jobs
      Tags: [{Key: a, Valu: b}]
",
    );
    insta::assert_snapshot!(said, @r"
6:7 AWS::SQS::Queue has no property `QueueNam`
7:23 `Tags` has no property `Valu`
");
}

#[test]
fn unknown_property_is_found_in_a_branch_of_if() {
    let said = found(
        "unknown-property",
        r"
Conditions: {Prod: !Equals [!Ref AWS::Region, eu-west-1]}
Resources:
  Role:
    Type: AWS::ECS::Cluster
    Properties:
      Configuration: !If [Prod, {ExecuteCommand: {}}, !Ref AWS::NoValue]
",
    );
    insta::assert_snapshot!(said, @"7:34 `Configuration` has no property `ExecuteCommand`");
}

#[test]
fn unknown_property_is_silent_about_known_ones_and_custom_types() {
    let said = found(
        "unknown-property",
        r"
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub '${AWS::StackName}-jobs'
  Mine:
    Type: Custom::Thing
    Properties: {Anything: 1}
",
    );
    insta::assert_snapshot!(said, @"");
}
