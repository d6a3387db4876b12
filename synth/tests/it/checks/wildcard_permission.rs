use super::found;

#[test]
fn wildcard_permission_fires_on_a_whole_service() {
    insta::assert_snapshot!(
                        found(
                            "wildcard-permission",
                            r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: {Statement: {Effect: Allow, Action: 's3:*', Resource: ['*']}}
",
                        ),
                        @"6:35 `s3:*` is allowed on every resource"
                    );
}

#[test]
fn wildcard_permission_is_silent_about_one_bucket_or_one_action() {
    insta::assert_snapshot!(
                        found(
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
                        ),
                        @""
                    );
}
