use super::found;

#[test]
fn duplicate_key_names_both_lines() {
    insta::assert_snapshot!(
        found("duplicate-key", "Resources:\n  A: {Type: 'AWS::SNS::Topic'}\n  A: {Type: 'AWS::SQS::Queue'}\n"),
        @"3:3 `A` stands here again; line 2 has it first"
    );
}

#[test]
fn duplicate_key_is_silent_about_equal_keys_of_different_maps() {
    insta::assert_snapshot!(
        found("duplicate-key", "Resources:\n  A: {Type: 'AWS::SNS::Topic'}\n  B: {Type: 'AWS::SNS::Topic'}\n"),
        @""
    );
}
