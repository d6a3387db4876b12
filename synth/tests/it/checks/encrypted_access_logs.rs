use super::found;

#[test]
fn encrypted_access_logs_points_at_the_algorithm() {
    let said = found(
        "encrypted-access-logs",
        r"
Resources:
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      LoadBalancerAttributes:
        - {Key: access_logs.s3.enabled, Value: 'true'}
        - {Key: access_logs.s3.bucket, Value: !Ref Bucket}
  Bucket:
    Type: AWS::S3::Bucket
    Properties: {BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms'}}]}}
",
    );
    insta::assert_snapshot!(said, @"11:120 `Balancer` sends its access logs here, which cannot use KMS");
}

#[test]
fn encrypted_access_logs_is_silent_about_keys_of_s3() {
    let said = found(
        "encrypted-access-logs",
        r"
Resources:
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      LoadBalancerAttributes:
        - {Key: access_logs.s3.enabled, Value: 'true'}
        - {Key: access_logs.s3.bucket, Value: !Ref Bucket}
  Bucket:
    Type: AWS::S3::Bucket
    Properties: {BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: AES256}}]}}
",
    );
    insta::assert_snapshot!(said, @"");
}
