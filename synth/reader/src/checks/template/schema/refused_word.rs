use crate::checks::template::value::{Wrong, judge};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::path;

pub(super) const RULE: Rule = Rule {
    name: "refused-word",
    why: "A property takes one of a few words, of which its schema does not tell; the service refuses any other.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Record:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneId: Z0123456789
      Name: www.example.com
      Type: IPV4
      TTL: '60'
      ResourceRecords: [192.0.2.1]
",
    instead: r"
Resources:
  Record:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneId: Z0123456789
      Name: www.example.com
      Type: A
      TTL: '60'
      ResourceRecords: [192.0.2.1]
",
    check,
};

const METHODS: &[&str] = &["ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

const CACHED: &[&str] = &["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

const RECORDS: &[&str] = &[
    "A", "AAAA", "CAA", "CNAME", "DS", "HTTPS", "MX", "NAPTR", "NS", "PTR", "SOA", "SPF", "SRV", "SSHFP", "SVCB",
    "TLSA", "TXT",
];

/// <https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html>
const PROTOCOLS: &[&str] = &[
    "application",
    "email",
    "email-json",
    "firehose",
    "http",
    "https",
    "lambda",
    "sms",
    "sqs",
];

const EVENTS: &[&str] = &[
    "s3:IntelligentTiering",
    "s3:LifecycleExpiration:*",
    "s3:LifecycleExpiration:Delete",
    "s3:LifecycleExpiration:DeleteMarkerCreated",
    "s3:LifecycleTransition",
    "s3:ObjectAcl:Put",
    "s3:ObjectAnnotation:*",
    "s3:ObjectAnnotation:Delete",
    "s3:ObjectAnnotation:Put",
    "s3:ObjectCreated:*",
    "s3:ObjectCreated:CompleteMultipartUpload",
    "s3:ObjectCreated:Copy",
    "s3:ObjectCreated:Post",
    "s3:ObjectCreated:Put",
    "s3:ObjectRemoved:*",
    "s3:ObjectRemoved:Delete",
    "s3:ObjectRemoved:DeleteMarkerCreated",
    "s3:ObjectRestore:*",
    "s3:ObjectRestore:Completed",
    "s3:ObjectRestore:Delete",
    "s3:ObjectRestore:Post",
    "s3:ObjectTagging:*",
    "s3:ObjectTagging:Delete",
    "s3:ObjectTagging:Put",
    "s3:ReducedRedundancyLostObject",
    "s3:Replication:*",
    "s3:Replication:OperationFailedReplication",
    "s3:Replication:OperationMissedThreshold",
    "s3:Replication:OperationNotTracked",
    "s3:Replication:OperationReplicatedAfterThreshold",
];

/// A type, the way to a property of it, and what that can be.
const WORDS: &[(&str, &str, &[&str])] = &[
    ("AWS::ApiGateway::Method", "HttpMethod", METHODS),
    (
        "AWS::ApiGateway::RestApi",
        "EndpointConfiguration/Types/*",
        &["EDGE", "PRIVATE", "REGIONAL"],
    ),
    (
        "AWS::CertificateManager::Certificate",
        "ValidationMethod",
        &["DNS", "EMAIL", "HTTP"],
    ),
    (
        "AWS::CloudFront::Distribution",
        "DistributionConfig/DefaultCacheBehavior/AllowedMethods/*",
        CACHED,
    ),
    (
        "AWS::CloudFront::Distribution",
        "DistributionConfig/CacheBehaviors/*/AllowedMethods/*",
        CACHED,
    ),
    (
        "AWS::CodeBuild::Project",
        "Artifacts/Type",
        &["CODEPIPELINE", "NO_ARTIFACTS", "S3"],
    ),
    ("AWS::Route53::RecordSet", "Type", RECORDS),
    ("AWS::SNS::Subscription", "Protocol", PROTOCOLS),
    ("AWS::SNS::Topic", "Subscription/*/Protocol", PROTOCOLS),
    ("AWS::Route53::RecordSetGroup", "RecordSets/*/Type", RECORDS),
    (
        "AWS::S3::Bucket",
        "NotificationConfiguration/LambdaConfigurations/*/Event",
        EVENTS,
    ),
    (
        "AWS::S3::Bucket",
        "NotificationConfiguration/QueueConfigurations/*/Event",
        EVENTS,
    ),
    (
        "AWS::S3::Bucket",
        "NotificationConfiguration/TopicConfigurations/*/Event",
        EVENTS,
    ),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (kind, path, words) in WORDS {
        let name = path::name(path);
        for place in set.at(kind, path) {
            judge(place, report, |text| {
                let other = !words.contains(&text);
                other.then(|| Wrong::new(format!("`{name}` is `{text}`")).one_of(text, words))
            });
        }
    }
}
