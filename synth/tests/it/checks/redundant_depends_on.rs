use super::found;

#[test]
fn redundant_depends_on_fires_beside_a_reference() {
    let said = found(
        "redundant-depends-on",
        r"
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
  Sub:
    Type: AWS::SNS::Subscription
    DependsOn: Topic
    Properties: {Protocol: email, TopicArn: !Ref Topic}
",
    );
    insta::assert_snapshot!(said, @"6:16 `Sub` refers to `Topic` anyway");
}

#[test]
fn redundant_depends_on_is_silent_where_nothing_refers() {
    let said = found(
        "redundant-depends-on",
        r"
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
  Other: {Type: 'AWS::SNS::Topic', DependsOn: Topic}
",
    );
    insta::assert_snapshot!(said, @"");
}
