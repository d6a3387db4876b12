use super::found;

#[test]
fn clashing_name_names_a_resource_that_is_a_parameter() {
    let said = found(
        "clashing-name",
        r"
Parameters:
  Topic: {Type: String}
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
",
    );
    insta::assert_snapshot!(said, @"5:3 `Topic` is a parameter too");
}

#[test]
fn clashing_name_is_silent_about_a_condition_of_the_same_name() {
    let said = found(
        "clashing-name",
        r"
Conditions:
  Topic: !Equals [!Ref 'AWS::Region', us-east-1]
Resources:
  Topic: {Type: 'AWS::SNS::Topic', Condition: Topic}
",
    );
    insta::assert_snapshot!(said, @"");
}
