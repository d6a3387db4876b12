use crate::checks::template::contents::access_log_bucket;
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "missing-bucket-policy-dependency",
    why: "Access logging is refused until the policy of the bucket lets Elastic Load Balancing write.",
    link: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
Resources:
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0123456789abcdef0, subnet-0fedcba9876543210]
      LoadBalancerAttributes:
        - {Key: access_logs.s3.enabled, Value: 'true'}
        - {Key: access_logs.s3.bucket, Value: !Ref Logs}
        - {Key: routing.http.drop_invalid_header_fields.enabled, Value: 'true'}
  Logs: {Type: AWS::S3::Bucket}
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
  Logs: {Type: AWS::S3::Bucket}
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
    for template in &set.templates {
        for balancer in template.of("AWS::ElasticLoadBalancingV2::LoadBalancer") {
            let Some(node) = access_log_bucket(balancer) else {
                continue;
            };
            let Some(bucket) = template.target(node) else { continue };
            let policy = template.of("AWS::S3::BucketPolicy").find(|policy| {
                let of = policy.property("Bucket").and_then(|node| template.target(node));
                of.is_some_and(|of| of.id == bucket.id)
            });
            let Some(policy) = policy else {
                report.value(node, format!("`{}` has no policy that lets Elastic Load Balancing write", bucket.id)).help(
                    "add an AWS::S3::BucketPolicy that allows `logdelivery.elasticloadbalancing.amazonaws.com` to `s3:PutObject`",
                );
                continue;
            };
            let waits = balancer.depends_on().any(|node| node.text() == Some(policy.id))
                || template
                    .targets(&balancer.entry.value)
                    .any(|resource| resource.id == policy.id);
            if !waits {
                report
                    .value(node, format!("`{}` may be made before `{}`", balancer.id, policy.id))
                    .also(policy.entry, "the policy")
                    .help(format!("add `DependsOn: {}` to `{}`", policy.id, balancer.id));
            }
        }
    }
}
