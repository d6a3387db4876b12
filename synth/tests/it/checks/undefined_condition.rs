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

#[test]
fn conditions_that_share_each_other_end() {
    let condition = |at: usize| {
        let names = [(at + 1) % 200, (at * 7 + 3) % 200, (at * 3 + 1) % 200];
        let names = names.map(|other| format!("!Condition C{other}"));
        format!("  C{at}: !Or [{}]\n", names.join(", "))
    };
    let conditions: Vec<String> = (0..200).map(condition).collect();
    let mut text = format!("Conditions:\n{}", conditions.concat());
    text += "Resources:\n  Queue: {Type: 'AWS::SQS::Queue', Condition: C0, Properties: {QueueName: !If [C1, a, b]}}\n";
    insta::assert_snapshot!(found("undefined-condition", &text), @"");
}
