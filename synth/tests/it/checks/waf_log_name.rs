use super::found;

#[test]
fn waf_log_name_says_how_it_begins() {
    let said = found(
        "waf-log-name",
        r"
Resources:
  Logging: {Type: 'AWS::WAFv2::LoggingConfiguration', Properties: {ResourceArn: x, LogDestinationConfigs: [!GetAtt Log.Arn]}}
  Log: {Type: 'AWS::Logs::LogGroup', Properties: {LogGroupName: /waf/api}}
",
    );
    insta::assert_snapshot!(said, @"3:108 WAF cannot write to `Log`: its name does not begin with `aws-waf-logs-`");
}

#[test]
fn waf_log_name_is_silent_about_a_good_name() {
    let said = found(
        "waf-log-name",
        r"
Resources:
  Logging: {Type: 'AWS::WAFv2::LoggingConfiguration', Properties: {ResourceArn: x, LogDestinationConfigs: [!GetAtt Log.Arn]}}
  Log: {Type: 'AWS::Logs::LogGroup', Properties: {LogGroupName: !Sub 'aws-waf-logs-${AWS::StackName}'}}
",
    );
    insta::assert_snapshot!(said, @"");
}
