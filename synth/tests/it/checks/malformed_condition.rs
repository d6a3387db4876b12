use super::found;

#[test]
fn malformed_condition_names_what_is_no_condition() {
    let said = found(
        "malformed-condition",
        r"
Conditions:
  Text: yes
  One: !Equals [a]
  Alone: !And [!Equals [a, b]]
  Two: {'Fn::Equals': [a, b], 'Fn::Not': [!Equals [a, b]]}
  Value: !If [Text, a, b]
  Attribute: !Equals [!GetAtt Topic.TopicName, x]
  List: !Equals [[a], b]
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
Rules:
  Rule: {RuleCondition: !Ref X, Assertions: [{Assert: {'Fn::Contains': [[a]]}}]}
",
    );
    insta::assert_snapshot!(said, @"
    3:9 a condition is one function, found a boolean
    4:8 `Fn::Equals` takes two values, found 1
    5:10 `Fn::And` takes 2 to 10 conditions, found 1
    6:8 a condition is one function, found a map of 2 keys
    7:10 `Fn::If` is not a condition
    8:23 `Fn::GetAtt` cannot be compared in a condition
    9:18 `Fn::Equals` compares strings, found a list
    13:25 `Ref` is not a condition
    13:72 `Fn::Contains` takes a list of two
    ");
}

#[test]
fn malformed_condition_is_silent_about_all_functions() {
    let said = found(
        "malformed-condition",
        r"
Parameters:
  Name: {Type: String}
  Names: {Type: CommaDelimitedList}
Conditions:
  A: !Equals [!Ref Name, '']
  B: !Not [!Condition A]
  C: !And [!Condition A, {'Fn::Or': [{Condition: B}, !Equals [!Join ['', !Ref Names], !Select [0, !Ref Names]]]}]
  D: {Condition: A}
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
Rules:
  Rule:
    RuleCondition: !Equals [!Ref Name, x]
    Assertions:
      - Assert: {'Fn::EachMemberIn': [{'Fn::ValueOfAll': ['AWS::EC2::Subnet::Id', VpcId]}, {'Fn::RefAll': 'AWS::EC2::VPC::Id'}]}
",
    );
    insta::assert_snapshot!(said, @"");
}
