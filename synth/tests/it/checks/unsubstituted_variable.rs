use super::found;

#[test]
fn unsubstituted_variable_names_it() {
    let said = found(
        "unsubstituted-variable",
        r"
Parameters:
  Stage: {Type: String}
Resources:
  A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: 'jobs-${Stage}', Tags: [{Key: a, Value: '${AWS::Region}'}]}}
",
    );
    insta::assert_snapshot!(said, @"
    5:56 `${Stage}` stays as it is: the text is not in `Fn::Sub`
    5:96 `${AWS::Region}` stays as it is: the text is not in `Fn::Sub`
    ");
}

#[test]
fn unsubstituted_variable_is_silent_about_other_variables_and_scripts() {
    let said = found(
        "unsubstituted-variable",
        r"
Parameters:
  Stage: {Type: String}
Resources:
  A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !Sub 'jobs-${Stage}', Tags: [{Key: a, Value: '${aws:username}'}]}}
  B: {Type: 'AWS::EC2::Instance', Properties: {UserData: {'Fn::Base64': 'echo ${Stage}'}}}
",
    );
    insta::assert_snapshot!(said, @"");
}
