use super::found;

#[test]
fn refused_runtime_names_what_follows() {
    let said = found(
        "refused-runtime",
        r"
Resources:
  A: {Type: 'AWS::Lambda::Function', Properties: {Runtime: nodejs8.10}}
  B: {Type: 'AWS::Lambda::Function', Properties: {Runtime: nodejs24.x, SnapStart: {ApplyOn: PublishedVersions}}}
",
    );
    insta::assert_snapshot!(said, @"
    3:60 Lambda makes no functions of `nodejs8.10` any more
    4:93 Lambda makes no snapshots of functions of `nodejs24.x`
    ");
}

#[test]
fn refused_runtime_is_silent_about_those_that_run_and_those_that_are_not_known() {
    let said = found(
        "refused-runtime",
        r"
Parameters:
  Runtime: {Type: String}
Resources:
  A: {Type: 'AWS::Lambda::Function', Properties: {Runtime: nodejs24.x}}
  B: {Type: 'AWS::Lambda::Function', Properties: {Runtime: !Ref Runtime}}
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn refused_runtime_looks_at_functions_of_sam_and_what_all_of_them_have() {
    let said = found(
        "refused-runtime",
        r"
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Runtime: python3.7}
Resources:
  A: {Type: 'AWS::Serverless::Function', Properties: {Handler: a.b, InlineCode: x}}
  B: {Type: 'AWS::Serverless::Function', Properties: {Handler: a.b, InlineCode: x, Runtime: go1.x}}
  C: {Type: 'AWS::Serverless::Function', Properties: {Handler: a.b, InlineCode: x, Runtime: python3.14}}
",
    );
    insta::assert_snapshot!(said, @"
    4:23 Lambda makes no functions of `python3.7` any more
    7:93 Lambda makes no functions of `go1.x` any more
    ");
}
