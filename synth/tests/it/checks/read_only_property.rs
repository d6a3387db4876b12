use super::found;

#[test]
fn read_only_property_points_at_the_key() {
    let said = found(
        "read-only-property",
        r"
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: {Arn: x}
",
    );
    insta::assert_snapshot!(said, @"5:18 `Arn` is read-only in AWS::SQS::Queue");
}

#[test]
fn read_only_property_is_silent_about_others() {
    let said = found(
        "read-only-property",
        r"
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: {QueueName: x}
",
    );
    insta::assert_snapshot!(said, @"");
}
