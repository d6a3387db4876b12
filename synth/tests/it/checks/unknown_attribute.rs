use super::found;

#[test]
fn unknown_attribute_names_the_nearest() {
    let said = found(
        "unknown-attribute",
        r"
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
Outputs: {A: {Value: !GetAtt Topic.TopicAn}, B: {Value: !Sub '${Topic.Arn}'}}
",
    );
    insta::assert_snapshot!(said, @r"
    4:22 AWS::SNS::Topic has no attribute `TopicAn`
    4:57 AWS::SNS::Topic has no attribute `Arn`
    ");
}

#[test]
fn unknown_attribute_is_silent_about_known_ones_and_nested_stacks() {
    let said = found(
        "unknown-attribute",
        r"
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
  Nested: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: x}}
  Mine: {Type: 'Custom::Mine'}
Outputs: {A: {Value: !GetAtt Topic.TopicArn}, B: {Value: !GetAtt Nested.Outputs.Url}, C: {Value: !GetAtt Mine.Any}}
",
    );
    insta::assert_snapshot!(said, @"");
}
