use super::found;

#[test]
fn not_an_arn_names_what_stands_where_an_arn_belongs() {
    let said = found(
        "not-an-arn",
        r"
Parameters:
  Topic: {Type: String, Default: alerts}
Resources:
  A: {Type: 'AWS::CloudWatch::Alarm', Properties: {AlarmActions: [alerts, !Ref Topic]}}
  B: {Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: {Certificates: [{CertificateArn: my-certificate}]}}
",
    );
    insta::assert_snapshot!(said, @"
    5:67 `alerts` is not an ARN
    5:75 `alerts` is not an ARN
    6:99 `my-certificate` is not an ARN
    ");
}

#[test]
fn not_an_arn_is_silent_about_arns_and_what_may_be_one() {
    let said = found(
        "not-an-arn",
        r"
Parameters:
  Topic: {Type: String}
Resources:
  A: {Type: 'AWS::CloudWatch::Alarm', Properties: {AlarmActions: ['arn:aws:sns:us-east-1:111122223333:alerts', !Ref Topic, '{{resolve:ssm:topic}}', !Sub 'arn:${AWS::Partition}:sns:us-east-1:111122223333:x']}}
  B: {Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: {Certificates: [{CertificateArn: !Ref Certificate}]}}
",
    );
    insta::assert_snapshot!(said, @"");
}
