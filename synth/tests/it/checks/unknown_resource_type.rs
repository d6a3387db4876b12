use super::found;

#[test]
fn unknown_resource_type_names_the_nearest() {
    insta::assert_snapshot!(
                        found(
                            "unknown-resource-type",
                            r"
Resources:
  Queue: {Type: 'AWS::SQS::Queu'}
"
                        ),
                        @"3:17 AWS has no resource type `AWS::SQS::Queu`"
                    );
}

#[test]
fn unknown_resource_type_is_silent_about_types_of_others() {
    insta::assert_snapshot!(
                        found(
                            "unknown-resource-type",
                            r"
Resources:
  A: {Type: 'AWS::SQS::Queue'}
  B: {Type: 'Custom::Thing'}
  C: {Type: 'Org::Service::Thing'}
"
                        ),
                        @""
                    );
}
