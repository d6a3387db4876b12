use super::found;

#[test]
fn missing_bucket_policy_dependency_wants_a_policy() {
    let said = found(
        "missing-bucket-policy-dependency",
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
    insta::assert_snapshot!(said, @"8:47 `Bucket` has no policy that lets Elastic Load Balancing write");
}

#[test]
fn missing_bucket_policy_dependency_wants_the_order() {
    let said = found(
        "missing-bucket-policy-dependency",
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
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties: {Bucket: !Ref Bucket, PolicyDocument: {}}
",
    );
    insta::assert_snapshot!(said, @"8:47 `Balancer` may be made before `Policy`");
}

#[test]
fn missing_bucket_policy_dependency_is_silent_with_the_order() {
    let said = found(
        "missing-bucket-policy-dependency",
        r"
Resources:
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    DependsOn: Policy
    Properties:
      LoadBalancerAttributes:
        - {Key: access_logs.s3.enabled, Value: 'true'}
        - {Key: access_logs.s3.bucket, Value: !Ref Bucket}
  Bucket:
    Type: AWS::S3::Bucket
    Properties: {BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: AES256}}]}}
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties: {Bucket: !Ref Bucket, PolicyDocument: {}}
",
    );
    insta::assert_snapshot!(said, @"");
}
