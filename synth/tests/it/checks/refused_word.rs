use super::found;

#[test]
fn refused_word_names_what_is_none_of_a_few() {
    let said = found(
        "refused-word",
        r"
Resources:
  Method: {Type: 'AWS::ApiGateway::Method', Properties: {HttpMethod: GETT}}
  Api: {Type: 'AWS::ApiGateway::RestApi', Properties: {EndpointConfiguration: {Types: [LOCAL]}}}
  Record: {Type: 'AWS::Route53::RecordSet', Properties: {Type: AA}}
  Bucket:
    Type: AWS::S3::Bucket
    Properties: {NotificationConfiguration: {LambdaConfigurations: [{Event: 's3:ObjectCreate:*'}]}}
  A: {Type: 'AWS::SNS::Subscription', Properties: {Protocol: emial}}
  B: {Type: 'AWS::SNS::Topic', Properties: {Subscription: [{Protocol: pager}]}}
",
    );
    insta::assert_snapshot!(said, @"
    3:70 `HttpMethod` is `GETT`
    4:88 `Types` is `LOCAL`
    5:64 `Type` is `AA`
    8:77 `Event` is `s3:ObjectCreate:*`
    9:62 `Protocol` is `emial`
    10:71 `Protocol` is `pager`
    ");
}

#[test]
fn refused_word_is_silent_about_those_that_are_taken_and_not_known() {
    let said = found(
        "refused-word",
        r"
Parameters:
  Verb: {Type: String}
Resources:
  A: {Type: 'AWS::ApiGateway::Method', Properties: {HttpMethod: ANY}}
  B: {Type: 'AWS::ApiGateway::Method', Properties: {HttpMethod: !Ref Verb}}
  C: {Type: 'AWS::SNS::Subscription', Properties: {Protocol: !Ref Verb}}
  D: {Type: 'AWS::SNS::Topic', Properties: {Subscription: [{Protocol: email}]}}
",
    );
    insta::assert_snapshot!(said, @"");
}
