use super::found;

#[test]
fn undefined_condition_names_the_nearest() {
    let said = found(
        "undefined-condition",
        r"
Conditions:
  Prod: !Equals [a, b]
  Other: !And [!Condition Prd, !Condition Prod]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Condition: Prd
    Properties: {TopicName: !If [Rpod, a, b]}
",
    );
    insta::assert_snapshot!(said, @r"
    4:16 no condition is named `Prd`
    8:16 no condition is named `Prd`
    9:34 no condition is named `Rpod`
    ");
}

#[test]
fn undefined_condition_is_silent_about_conditions_of_policies() {
    let said = found(
        "undefined-condition",
        r"
Conditions: {Prod: !Equals [a, b]}
Resources:
  Topic:
    Type: AWS::SNS::TopicPolicy
    Condition: Prod
    Properties: {Topics: [x], PolicyDocument: {Statement: [{Effect: Allow, Condition: {Bool: {x: true}}}, {Condition: None}]}}
",
    );
    insta::assert_snapshot!(said, @"");
}
