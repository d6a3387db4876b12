use super::found;

#[test]
fn endless_logs_fires_without_retention() {
    insta::assert_snapshot!(
                        found(
                            "endless-logs",
                            r"
Resources:
  Log: {Type: 'AWS::Logs::LogGroup'}
",
                        ),
                        @"3:3 `Log` keeps logs for ever"
                    );
}

#[test]
fn endless_logs_is_silent_with_retention() {
    insta::assert_snapshot!(
                        found(
                            "endless-logs",
                            r"
Resources:
  Log: {Type: 'AWS::Logs::LogGroup', Properties: {RetentionInDays: 30}}
",
                        ),
                        @""
                    );
}
