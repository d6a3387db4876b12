use super::found;

#[test]
fn reserved_variable_names_what_lambda_sets() {
    let said = found(
        "reserved-variable",
        r"
Resources:
  A: {Type: 'AWS::Lambda::Function', Properties: {Environment: {Variables: {AWS_REGION: x, MINE: y}}}}
",
    );
    insta::assert_snapshot!(said, @"3:77 Lambda sets `AWS_REGION` itself");
}

#[test]
fn reserved_variable_is_silent_about_others() {
    let said = found(
        "reserved-variable",
        r"
Resources:
  A: {Type: 'AWS::Lambda::Function', Properties: {Environment: {Variables: {AWS_NODEJS_CONNECTION_REUSE_ENABLED: '1', MINE: y}}}}
",
    );
    insta::assert_snapshot!(said, @"");
}
