use super::found;

#[test]
fn circular_dependency_shows_the_way_around() {
    let said = found(
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
    );
    insta::assert_snapshot!(said, @"5:29 resources wait for each other: A -> B -> C -> A");
}

#[test]
fn circular_dependency_is_silent_about_a_diamond() {
    let said = found(
        "circular-dependency",
        r"
Resources:
  A: {Type: 'AWS::SNS::Topic', DependsOn: [B, C]}
  B: {Type: 'AWS::SNS::Topic', DependsOn: D}
  C: {Type: 'AWS::SNS::Topic', DependsOn: D}
  D: {Type: 'AWS::SNS::Topic'}
",
    );
    insta::assert_snapshot!(said, @"");
}
