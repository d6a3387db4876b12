use super::found;

#[test]
fn read_only_property_points_at_the_key() {
    insta::assert_snapshot!(
                        found(
                            "read-only-property",
                            r"
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: {Arn: x}
"
                        ),
                        @"5:18 `Arn` is read-only in AWS::SQS::Queue"
                    );
}

#[test]
fn read_only_property_is_silent_about_others() {
    insta::assert_snapshot!(
                        found(
                            "read-only-property",
                            r"
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: {QueueName: x}
"
                        ),
                        @""
                    );
}
