use super::found;

#[test]
fn deletable_data_names_what_lacks() {
    insta::assert_snapshot!(
                        found(
                            "deletable-data",
                            r"
Resources:
  Table: {Type: 'AWS::DynamoDB::Table', DeletionPolicy: Retain}
",
                        ),
                        @"3:3 `Table` has no UpdateReplacePolicy that keeps its data"
                    );
}

#[test]
fn deletable_data_is_silent_with_both() {
    insta::assert_snapshot!(
                        found(
                            "deletable-data",
                            r"
Resources:
  Table: {Type: 'AWS::DynamoDB::Table', DeletionPolicy: Retain, UpdateReplacePolicy: Retain}
",
                        ),
                        @""
                    );
}
