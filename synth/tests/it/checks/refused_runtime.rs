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
fn refused_runtime_is_silent_about_those_that_run_and_those_that_are_chosen() {
    let said = found(
        "refused-runtime",
        r"
Parameters:
  Runtime: {Type: String, Default: nodejs8.10}
Resources:
  A: {Type: 'AWS::Lambda::Function', Properties: {Runtime: nodejs24.x}}
  B: {Type: 'AWS::Lambda::Function', Properties: {Runtime: !Ref Runtime}}
",
    );
    insta::assert_snapshot!(said, @"");
}
