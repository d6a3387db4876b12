use super::found;

#[test]
fn malformed_state_machine_names_states_and_where_they_go() {
    let said = found(
        "malformed-state-machine",
        r#"
Resources:
  Written:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      Definition:
        StartAt: First
        States:
          First: {Type: Task, Resource: x, Next: Secnd, Catch: [{ErrorEquals: [a], Next: Gone}]}
          Second: {Type: Pass}
          Third: {Type: Succeed, End: true}
          Fourth: {Type: Tsk}
          Fifth: {Type: Parallel, Branches: [{StartAt: A, States: {B: {Type: Fail}}}], End: true}
  Text:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString: !Sub '{"StartAt": "A", "States": {"B": {"Type": "Task", "Resource": "${X.Arn}", "End": true}}}'
  Broken:
    Type: AWS::StepFunctions::StateMachine
    Properties: {DefinitionString: '{"StartAt": '}
"#,
    );
    insta::assert_snapshot!(said, @"
    9:50 no state is named `Secnd`; did you mean `Second`?
    9:90 no state is named `Gone`
    10:19 no state leads to `Second`
    10:19 the state `Second` needs `Next` or `End: true`
    11:18 no state leads to `Third`
    11:18 the state `Third` of type Succeed has no `Next` and no `End`
    12:19 no state leads to `Fourth`
    12:26 there are no states of type `Tsk`
    13:18 no state leads to `Fifth`
    13:56 no state is named `A`; did you mean `B`?
    13:71 no state leads to `B`
    17:25 no state is named `A`; did you mean `B`?
    17:25 no state leads to `B`
    20:36 the definition of states is not JSON: EOF while parsing a value at line 1 column 12
    ");
}

#[test]
fn malformed_state_machine_is_silent_about_machines_that_run() {
    let said = found(
        "malformed-state-machine",
        r#"
Resources:
  Written:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      Definition:
        StartAt: First
        States:
          First: {Type: Task, Resource: !GetAtt F.Arn, Next: Second, Catch: [{ErrorEquals: [a], Next: Third}]}
          Second: {Type: Choice, Choices: [{Variable: $.a, IsNull: true, Next: Third}], Default: Fourth}
          Third: {Type: Fail}
          Fourth: {Type: Map, ItemProcessor: {StartAt: A, States: {A: {Type: Pass, End: true}}}, Next: Fifth}
          Fifth: !Ref State
  Text:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString: !Sub '{"StartAt": "${Start}", "States": {"B": {"Type": "Wait", "Seconds": 5, "End": true}, "C": ${State}}}'
  Elsewhere:
    Type: AWS::StepFunctions::StateMachine
    Properties: {DefinitionS3Location: {Bucket: a, Key: b}}
"#,
    );
    insta::assert_snapshot!(said, @"");
}
