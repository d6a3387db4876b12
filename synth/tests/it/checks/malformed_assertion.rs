use super::found;

#[test]
fn malformed_assertion_wants_assertions() {
    let said = found(
        "malformed-assertion",
        r"
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
Rules:
  None: {RuleCondition: !Equals [a, b]}
  Map: {Assertions: {Assert: x}}
  Key: {Assertions: [{Assertion: !Equals [a, b]}]}
",
    );
    insta::assert_snapshot!(said, @"
    5:3 the rule `None` needs `Assertions`
    6:21 `Assertions` is a list, found a map
    7:22 an assertion needs `Assert`
    7:23 an assertion has no `Assertion`
    ");
}

#[test]
fn malformed_assertion_is_silent_about_a_plain_one() {
    let said = found(
        "malformed-assertion",
        r"
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
Rules:
  Rule: {Assertions: [{Assert: !Equals [a, a], AssertDescription: x}]}
",
    );
    insta::assert_snapshot!(said, @"");
}
