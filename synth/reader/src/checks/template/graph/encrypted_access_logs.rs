use crate::checks::template::contents::access_log_bucket;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::known;

pub(super) const RULE: Rule = Rule {
    name: "encrypted-access-logs",
    why: "Elastic Load Balancing delivers access logs only to a bucket with keys of S3's own (SSE-S3).",
    link: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    DependsOn: Policy
    Properties:
      Subnets: [subnet-0123456789abcdef0, subnet-0fedcba9876543210]
      LoadBalancerAttributes:
        - {Key: access_logs.s3.enabled, Value: 'true'}
        - {Key: access_logs.s3.bucket, Value: !Ref Logs}
        - {Key: routing.http.drop_invalid_header_fields.enabled, Value: 'true'}
  Logs:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms}}]
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Logs
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {Service: logdelivery.elasticloadbalancing.amazonaws.com}
            Action: s3:PutObject
            Resource: !Sub '${Logs.Arn}/*'
",
    instead: r"
Resources:
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    DependsOn: Policy
    Properties:
      Subnets: [subnet-0123456789abcdef0, subnet-0fedcba9876543210]
      LoadBalancerAttributes:
        - {Key: access_logs.s3.enabled, Value: 'true'}
        - {Key: access_logs.s3.bucket, Value: !Ref Logs}
        - {Key: routing.http.drop_invalid_header_fields.enabled, Value: 'true'}
  Logs:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: AES256}}]
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Logs
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {Service: logdelivery.elasticloadbalancing.amazonaws.com}
            Action: s3:PutObject
            Resource: !Sub '${Logs.Arn}/*'
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, balancer) in set.of("AWS::ElasticLoadBalancingV2::LoadBalancer") {
        let Some(node) = access_log_bucket(balancer) else {
            continue;
        };
        let Some((home, bucket)) = set
            .target(template, node)
            .filter(|(_, bucket)| bucket.kind == "AWS::S3::Bucket")
        else {
            continue;
        };
        let rules = bucket
            .dig(&["BucketEncryption", "ServerSideEncryptionConfiguration"])
            .and_then(Node::list);
        for rule in rules.unwrap_or_default() {
            let Some(algorithm) = rule.dig(&["ServerSideEncryptionByDefault", "SSEAlgorithm"]) else {
                continue;
            };
            let name = known::text(home, algorithm);
            if let Some(name) = name.filter(|name| name.starts_with("aws:kms")) {
                report
                    .value(
                        algorithm,
                        format!("`{}` sends its access logs here, which cannot use KMS", balancer.id),
                    )
                    .sure(name.sure)
                    .also(node, format!("where `{}` sends them", balancer.id))
                    .help("use `AES256`");
            }
        }
    }
}
