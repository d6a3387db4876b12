use super::found;

#[test]
fn redundant_depends_on_fires_beside_a_reference() {
    insta::assert_snapshot!(
                        found(
                            "redundant-depends-on",
                            r"
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
  Sub:
    Type: AWS::SNS::Subscription
    DependsOn: Topic
    Properties: {Protocol: email, TopicArn: !Ref Topic}
",
                        ),
                        @"6:16 `Sub` refers to `Topic` anyway"
                    );
}

#[test]
fn redundant_depends_on_is_silent_where_nothing_refers() {
    insta::assert_snapshot!(
                        found(
                            "redundant-depends-on",
                            r"
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
  Other: {Type: 'AWS::SNS::Topic', DependsOn: Topic}
",
                        ),
                        @""
                    );
}
