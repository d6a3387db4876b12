use super::found;

#[test]
fn unused_parameter_points_at_it() {
    let said = found(
        "unused-parameter",
        r"
Parameters: {A: {Type: String}, B: {Type: String}}
Resources:
  Topic: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !Sub '${A}'}}
",
    );
    insta::assert_snapshot!(said, @"2:33 nothing uses the parameter `B`");
}

#[test]
fn unused_parameter_is_silent_about_use_in_conditions() {
    let said = found(
        "unused-parameter",
        r"
Parameters: {A: {Type: String}}
Conditions: {X: !Equals [!Ref A, x]}
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
",
    );
    insta::assert_snapshot!(said, @"");
}
