use super::found;

#[test]
fn circular_dependency_shows_the_way_around() {
    insta::assert_snapshot!(
                        found(
                            "circular-dependency",
                            r"
Resources:
  A:
    Type: AWS::SNS::Topic
    Properties: {TopicName: !Ref B}
  B: {Type: 'AWS::SNS::Topic', DependsOn: C}
  C: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !Sub '${A.TopicName}'}}
  D: {Type: 'AWS::SNS::Topic', DependsOn: A}
",
                        ),
                        @"5:29 resources wait for each other: A -> B -> C -> A"
                    );
}

#[test]
fn circular_dependency_is_silent_about_a_diamond() {
    insta::assert_snapshot!(
                        found(
                            "circular-dependency",
                            r"
Resources:
  A: {Type: 'AWS::SNS::Topic', DependsOn: [B, C]}
  B: {Type: 'AWS::SNS::Topic', DependsOn: D}
  C: {Type: 'AWS::SNS::Topic', DependsOn: D}
  D: {Type: 'AWS::SNS::Topic'}
",
                        ),
                        @""
                    );
}
