use super::found;

#[test]
fn dangling_depends_on_names_the_nearest() {
    let said = found(
        "dangling-depends-on",
        r"
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
  Other: {Type: 'AWS::SNS::Topic', DependsOn: [Topc, Other]}
",
    );
    insta::assert_snapshot!(said, @r"
    4:48 no resource is named `Topc`
    4:54 `Other` depends on itself
    ");
}

#[test]
fn dangling_depends_on_is_silent_about_what_is_there() {
    let said = found(
        "dangling-depends-on",
        r"
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
  Other: {Type: 'AWS::SNS::Topic', DependsOn: Topic}
",
    );
    insta::assert_snapshot!(said, @"");
}
