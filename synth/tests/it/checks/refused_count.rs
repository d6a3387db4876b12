use super::found;

#[test]
fn refused_count_counts_filters_and_days() {
    let said = found(
        "refused-count",
        r"
Resources:
  A: {Type: 'AWS::Logs::SubscriptionFilter', Properties: {LogGroupName: !Ref Logs}}
  B: {Type: 'AWS::Logs::SubscriptionFilter', Properties: {LogGroupName: !Ref Logs}}
  C: {Type: 'AWS::Logs::SubscriptionFilter', Properties: {LogGroupName: !Ref Logs}}
  D: {Type: 'AWS::Logs::SubscriptionFilter', Properties: {LogGroupName: !Ref Logs}}
  E: {Type: 'AWS::Logs::SubscriptionFilter', Properties: {LogGroupName: !Ref Logs}}
  F: {Type: 'AWS::Logs::SubscriptionFilter', Properties: {LogGroupName: !Ref Logs}}
  Plan: {Type: 'AWS::Backup::BackupPlan', Properties: {BackupPlan: {BackupPlanRule: [{Lifecycle: {MoveToColdStorageAfterDays: 30, DeleteAfterDays: 60}}]}}}
",
    );
    insta::assert_snapshot!(said, @"
    8:59 a log group takes 5 subscription filters
    9:98 a backup is deleted after 60 days and goes to cold storage after 30; at least 90 days lie between
    ");
}

#[test]
fn refused_count_is_silent_within_them() {
    let said = found(
        "refused-count",
        r"
Resources:
  A: {Type: 'AWS::Logs::SubscriptionFilter', Properties: {LogGroupName: !Ref Logs}}
  B: {Type: 'AWS::Logs::SubscriptionFilter', Properties: {LogGroupName: !Ref Logs}}
  C: {Type: 'AWS::Logs::SubscriptionFilter', Properties: {LogGroupName: !Ref Other}}
  Plan: {Type: 'AWS::Backup::BackupPlan', Properties: {BackupPlan: {BackupPlanRule: [{Lifecycle: {MoveToColdStorageAfterDays: 30, DeleteAfterDays: 120}}, {Lifecycle: {DeleteAfterDays: 30}}]}}}
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn refused_count_counts_receives_of_a_message() {
    let said = found(
        "refused-count",
        r"
Resources:
  A: {Type: 'AWS::SQS::Queue', Properties: {RedrivePolicy: {maxReceiveCount: 0, deadLetterTargetArn: !GetAtt B.Arn}}}
  B: {Type: 'AWS::SQS::Queue', Properties: {RedrivePolicy: {maxReceiveCount: 3, deadLetterTargetArn: !ImportValue dead}}}
",
    );
    insta::assert_snapshot!(said, @"3:78 `maxReceiveCount` is 0; it is 1 to 1000");
}
