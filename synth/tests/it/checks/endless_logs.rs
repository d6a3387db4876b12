use super::found;

#[test]
fn endless_logs_fires_without_retention() {
    let said = found(
        "endless-logs",
        r"
Resources:
  Log: {Type: 'AWS::Logs::LogGroup'}
",
    );
    insta::assert_snapshot!(said, @"3:3 `Log` keeps logs for ever");
}

#[test]
fn endless_logs_is_silent_with_retention() {
    let said = found(
        "endless-logs",
        r"
Resources:
  Log: {Type: 'AWS::Logs::LogGroup', Properties: {RetentionInDays: 30}}
",
    );
    insta::assert_snapshot!(said, @"");
}
