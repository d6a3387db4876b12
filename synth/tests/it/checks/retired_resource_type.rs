use super::found;

#[test]
fn retired_resource_type_tells_since_when() {
    let said = found(
        "retired-resource-type",
        r"
Resources:
  Ledger: {Type: 'AWS::QLDB::Ledger', Properties: {PermissionsMode: STANDARD}}
",
    );
    insta::assert_snapshot!(said, @"3:18 AWS makes no `AWS::QLDB::Ledger` any more since 2025-07-31");
}

#[test]
fn retired_resource_type_is_silent_about_services_that_run() {
    let said = found(
        "retired-resource-type",
        r"
Resources:
  Queue: {Type: 'AWS::SQS::Queue'}
",
    );
    insta::assert_snapshot!(said, @"");
}
