use super::found;

#[test]
fn refused_timeout_names_both_times() {
    let said = found(
        "refused-timeout",
        r"
Resources:
  Jobs: {Type: 'AWS::SQS::Queue'}
  Worker: {Type: 'AWS::Lambda::Function', Properties: {Timeout: 60}}
  Mapping: {Type: 'AWS::Lambda::EventSourceMapping', Properties: {EventSourceArn: !GetAtt Jobs.Arn, FunctionName: !Ref Worker}}
",
    );
    insta::assert_snapshot!(said, @"5:67 `Jobs` shows a message again after 30 s; `Worker` may take 60 s");
}

#[test]
fn refused_timeout_is_silent_about_time_enough() {
    let said = found(
        "refused-timeout",
        r"
Resources:
  Jobs: {Type: 'AWS::SQS::Queue', Properties: {VisibilityTimeout: 360}}
  Worker: {Type: 'AWS::Lambda::Function', Properties: {Timeout: 60}}
  Mapping: {Type: 'AWS::Lambda::EventSourceMapping', Properties: {EventSourceArn: !GetAtt Jobs.Arn, FunctionName: !Ref Worker}}
",
    );
    insta::assert_snapshot!(said, @"");
}
