use super::found;

#[test]
fn colliding_name_names_the_first() {
    let said = found(
        "colliding-name",
        r"
Resources:
  A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: jobs}}
  B: {Type: 'AWS::S3::Bucket', Properties: {BucketName: !Sub '${AWS::StackName}-data'}}
  C: {Type: 'AWS::S3::Bucket', Properties: {BucketName: !Sub '${AWS::StackName}-data'}}
",
    );
    insta::assert_snapshot!(said, @"5:45 `B` has this name already");
}

#[test]
fn colliding_name_is_silent_about_conditions_other_names_and_other_types() {
    let said = found(
        "colliding-name",
        r"
Conditions:
  Some: !Equals [!Ref 'AWS::Region', us-east-1]
Resources:
  A: {Type: 'AWS::S3::Bucket', Condition: Some, Properties: {BucketName: data}}
  B: {Type: 'AWS::S3::Bucket', Properties: {BucketName: data}}
  C: {Type: 'AWS::IAM::Role', Properties: {RoleName: data}}
  D: {Type: 'AWS::S3::Bucket', Properties: {BucketName: !Select [0, [a]]}}
  E: {Type: 'AWS::S3::Bucket', Properties: {BucketName: !Select [0, [b]]}}
  F: {Type: 'AWS::S3::Bucket'}
  G: {Type: 'AWS::S3::Bucket'}
",
    );
    insta::assert_snapshot!(said, @"");
}
