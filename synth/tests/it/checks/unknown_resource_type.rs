use super::found;

#[test]
fn unknown_resource_type_names_the_nearest() {
    let said = found(
        "unknown-resource-type",
        r"
Resources:
  Queue: {Type: 'AWS::SQS::Queu'}
",
    );
    insta::assert_snapshot!(said, @"3:17 AWS has no resource type `AWS::SQS::Queu`");
}

#[test]
fn unknown_resource_type_is_silent_about_types_of_others() {
    let said = found(
        "unknown-resource-type",
        r"
Resources:
  A: {Type: 'AWS::SQS::Queue'}
  B: {Type: 'Custom::Thing'}
  C: {Type: 'Org::Service::Thing'}
",
    );
    insta::assert_snapshot!(said, @"");
}
