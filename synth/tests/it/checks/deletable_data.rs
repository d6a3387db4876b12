use super::found;

#[test]
fn deletable_data_names_what_lacks() {
    let said = found(
        "deletable-data",
        r"
Resources:
  Table: {Type: 'AWS::DynamoDB::Table', DeletionPolicy: Retain}
",
    );
    insta::assert_snapshot!(said, @"3:3 `Table` has no UpdateReplacePolicy that keeps its data");
}

#[test]
fn deletable_data_is_silent_with_both() {
    let said = found(
        "deletable-data",
        r"
Resources:
  Table: {Type: 'AWS::DynamoDB::Table', DeletionPolicy: Retain, UpdateReplacePolicy: Retain}
",
    );
    insta::assert_snapshot!(said, @"");
}
