use super::found;

#[test]
fn dangling_reference_names_the_nearest() {
    let said = found(
        "dangling-reference",
        r"
Parameters: {Mode: {Type: String}}
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
  Sub:
    Type: AWS::SNS::Subscription
    Properties:
      Protocol: !Ref Mdoe
      TopicArn: !GetAtt Topc.TopicArn
      Endpoint: !Sub '${AWS::Region}-${Topic.Arn}-${!Kept}-${Own}-${None}'
",
    );
    insta::assert_snapshot!(said, @r"
    8:17 no resource or parameter is named `Mdoe`
    9:17 no resource is named `Topc`
    10:17 no resource or parameter is named `None`
    10:17 no resource or parameter is named `Own`
    ");
}

#[test]
fn dangling_reference_refuses_resources_in_conditions() {
    let said = found(
        "dangling-reference",
        r"
Conditions: {A: !Equals [!Ref Topic, x]}
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
",
    );
    insta::assert_snapshot!(said, @"2:26 a condition is decided before `Topic` is made: it can only use parameters");
}

#[test]
fn dangling_reference_is_silent_about_what_is_there() {
    let said = found(
        "dangling-reference",
        r"
Parameters: {Mode: {Type: String}}
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
  Sub:
    Type: AWS::SNS::Subscription
    Properties:
      Protocol: !Ref Mode
      TopicArn: !Ref Topic
      Endpoint: !Sub ['${AWS::Region}-${Own}', {Own: !GetAtt Topic.TopicArn}]
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn dangling_reference_is_silent_about_what_sam_makes() {
    let said = found(
        "dangling-reference",
        r"
Transform: AWS::Serverless-2016-10-31
Resources:
  Fn: {Type: 'AWS::Serverless::Function'}
Outputs: {Role: {Value: !GetAtt FnRole.Arn}, Api: {Value: !Ref ServerlessRestApi}}
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn dangling_reference_is_silent_about_loops() {
    let said = found(
        "dangling-reference",
        r"
Transform: AWS::LanguageExtensions
Resources:
  'Fn::ForEach::Topics': [Name, [A], {'Topic${Name}': {Type: 'AWS::SNS::Topic'}}]
Outputs: {T: {Value: !Ref TopicA}}
",
    );
    insta::assert_snapshot!(said, @"");
}
