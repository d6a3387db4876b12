use super::found;

#[test]
fn unused_definition_names_leftovers() {
    let said = found(
        "unused-definition",
        r"
Mappings:
  Stages: {dev: {Size: 1}}
Conditions:
  Some: !Equals [!Ref 'AWS::Region', us-east-1]
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub ['a-${b}', {b: x, c: y}]
",
    );
    insta::assert_snapshot!(said, @"
    3:3 nothing uses the mapping `Stages`
    5:3 nothing uses the condition `Some`
    10:41 the text does not use the variable `c`
    ");
}

#[test]
fn unused_definition_is_silent_about_what_is_used() {
    let said = found(
        "unused-definition",
        r"
Mappings:
  Stages: {dev: {Size: 1}}
Conditions:
  Some: !Equals [!Ref 'AWS::Region', us-east-1]
  Other: !Not [!Condition Some]
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Condition: Other
    Properties:
      QueueName: !Sub ['a-${b}', {b: !FindInMap [Stages, dev, Size]}]
",
    );
    insta::assert_snapshot!(said, @"");
}
