use super::found;

#[test]
fn wildcard_permission_fires_on_a_whole_service() {
    let said = found(
        "wildcard-permission",
        r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: {Statement: {Effect: Allow, Action: 's3:*', Resource: ['*']}}
",
    );
    insta::assert_snapshot!(said, @"6:35 `s3:*` is allowed on every resource");
}

#[test]
fn wildcard_permission_is_silent_about_one_bucket_or_one_action() {
    let said = found(
        "wildcard-permission",
        r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: {Statement: {Effect: Allow, Action: 's3:*', Resource: 'arn:aws:s3:::a'}}
  Other:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: {Statement: {Effect: Allow, Action: 's3:ListAllMyBuckets', Resource: '*'}}
",
    );
    insta::assert_snapshot!(said, @"");
}
