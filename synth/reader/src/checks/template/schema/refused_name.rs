use crate::checks::template::value::{Wrong, judge};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::known::{self, Known};
use crate::read::template::{Resource, Template};
use std::ops::RangeInclusive;

pub(super) const RULE: Rule = Rule {
    name: "refused-name",
    why: "Each service has its own letters and lengths for names, which AWS's schemas do not always tell.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties: {QueueName: new jobs}
",
    instead: r"
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties: {QueueName: new-jobs}
",
    check,
};

/// What a service takes as a name.
struct Name {
    kind: &'static str,
    property: &'static str,
    length: RangeInclusive<usize>,
    /// What it takes besides letters of ASCII and digits.
    signs: &'static str,
    begins: Begin,
}

/// With what a name begins, and in some services ends.
#[derive(PartialEq)]
enum Begin {
    Any,
    /// A letter or a digit, and it ends with one.
    Alphanumeric,
    /// A letter; the last is no hyphen, and no two hyphens stand together.
    Letter,
}

const fn name(
    kind: &'static str,
    property: &'static str,
    length: RangeInclusive<usize>,
    signs: &'static str,
    begins: Begin,
) -> Name {
    Name {
        kind,
        property,
        length,
        signs,
        begins,
    }
}

// Each row is as the API reference of the service says of the request that makes the thing.
#[rustfmt::skip]
const NAMES: [Name; 24] = [
    name("AWS::Athena::WorkGroup", "Name", 1..=128, "._-", Begin::Any),
    name("AWS::ApiGateway::Stage", "StageName", 1..=128, "_-", Begin::Any),
    name("AWS::Batch::JobDefinition", "JobDefinitionName", 1..=128, "_-", Begin::Any),
    name("AWS::Batch::JobQueue", "JobQueueName", 1..=128, "_-", Begin::Any),
    name("AWS::CloudWatch::Dashboard", "DashboardName", 1..=255, "_-", Begin::Any),
    name("AWS::CodePipeline::Pipeline", "Name", 1..=100, ".@_-", Begin::Any),
    name("AWS::DynamoDB::Table", "TableName", 3..=255, "._-", Begin::Any),
    name("AWS::EC2::LaunchTemplate", "LaunchTemplateName", 3..=128, "()./_-", Begin::Any),
    name("AWS::EC2::SecurityGroup", "GroupName", 1..=255, " ._-:/()#,@[]+=&;{}!$*", Begin::Any),
    name("AWS::ECS::Cluster", "ClusterName", 1..=255, "_-", Begin::Any),
    name("AWS::ECS::Service", "ServiceName", 1..=255, "_-", Begin::Any),
    name("AWS::ECS::TaskDefinition", "Family", 1..=255, "_-", Begin::Any),
    name("AWS::EKS::Cluster", "Name", 1..=100, "_-", Begin::Any),
    name("AWS::ElastiCache::CacheCluster", "ClusterName", 1..=50, "-", Begin::Letter),
    name("AWS::ElastiCache::ReplicationGroup", "ReplicationGroupId", 1..=40, "-", Begin::Letter),
    name("AWS::ElasticLoadBalancing::LoadBalancer", "LoadBalancerName", 1..=32, "-", Begin::Alphanumeric),
    name("AWS::ElasticLoadBalancingV2::LoadBalancer", "Name", 1..=32, "-", Begin::Alphanumeric),
    name("AWS::ElasticLoadBalancingV2::TargetGroup", "Name", 1..=32, "-", Begin::Alphanumeric),
    name("AWS::IAM::ManagedPolicy", "ManagedPolicyName", 1..=128, "_+=,.@-", Begin::Any),
    name("AWS::KinesisFirehose::DeliveryStream", "DeliveryStreamName", 1..=64, "._-", Begin::Any),
    // Its letters are in the schema.
    name("AWS::S3::Bucket", "BucketName", 3..=63, "._-", Begin::Any),
    name("AWS::SNS::Topic", "TopicName", 1..=256, "_-", Begin::Any),
    name("AWS::SQS::Queue", "QueueName", 1..=80, "_-", Begin::Any),
    name("AWS::SecretsManager::Secret", "Name", 1..=512, "/_+=.@-", Begin::Any),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    masters(set, report);
    buckets(set, report);
    for name in &NAMES {
        for (template, resource) in set.of(name.kind) {
            let Some(node) = resource.property(name.property) else {
                continue;
            };
            // An empty default stands for a name that CloudFormation makes.
            for text in known::texts(template, node) {
                if let Some(wrong) = wrong(name, template, resource, &text).filter(|_| !text.is_empty()) {
                    report
                        .value(node, format!("`{}` is {:?}; {wrong}", name.property, text.value))
                        .sure(text.sure.max(wrong.sure));
                }
            }
        }
    }
}

/// Where other services are told the name of a bucket.
const BUCKETS: [(&str, &str); 8] = [
    ("AWS::CloudTrail::Trail", "S3BucketName"),
    ("AWS::Config::DeliveryChannel", "S3BucketName"),
    (
        "AWS::ElasticLoadBalancing::LoadBalancer",
        "AccessLoggingPolicy/S3BucketName",
    ),
    ("AWS::Lambda::Function", "Code/S3Bucket"),
    ("AWS::Lambda::LayerVersion", "Content/S3Bucket"),
    ("AWS::S3::Bucket", "LoggingConfiguration/DestinationBucketName"),
    ("AWS::S3::BucketPolicy", "Bucket"),
    ("AWS::SSM::Association", "OutputLocation/S3Location/OutputS3BucketName"),
];

/// Names with capitals are of buckets that are older than 2018, which other services may still read.
fn buckets<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for place in BUCKETS.iter().flat_map(|(kind, path)| set.at(kind, path)) {
        judge(place, report, |text| {
            let sign = |c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && !"._-".contains(c);
            let other = text.chars().find(|c| sign(*c))?;
            let wrong = Wrong::new(format!("`{text}` is not the name of a bucket: it has {other:?}"));
            Some(
                wrong
                    .level(Level::Warning)
                    .help("it has small letters, digits, dots and hyphens"),
            )
        });
    }
}

/// A master user cannot have a name that the engine keeps for itself.
///
/// <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html>
fn masters<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for kind in ["AWS::RDS::DBInstance", "AWS::RDS::DBCluster"] {
        for (template, database) in set.of(kind) {
            let Some(node) = database.property("MasterUsername") else {
                continue;
            };
            let Some(user) = known::text(template, node) else {
                continue;
            };
            let engine = database.property("Engine").and_then(|node| known::text(template, node));
            let engine = engine.unwrap_or_else(|| Known::written("RDS".into()));
            let sure = match user.to_ascii_lowercase().as_str() {
                "rdsadmin" => user.sure,
                "admin" if engine.ends_with("postgres") || engine.ends_with("postgresql") => user.sure.max(engine.sure),
                _ => continue,
            };
            report
                .value(node, format!("`{engine}` keeps this name for itself"))
                .sure(sure)
                .help("name the master user otherwise, such as `owner`");
        }
    }
}

/// What is wrong with a name.
fn wrong<'a>(name: &Name, template: &Template<'a>, resource: &Resource<'a>, text: &str) -> Option<Known<String>> {
    let (least, most) = (name.length.start(), name.length.end());
    let length = text.chars().count();
    if !name.length.contains(&length) {
        let message = format!("it has {length} characters and can have {least} to {most}");
        return Some(Known::written(message));
    }
    let fifo = ["FifoQueue", "FifoTopic"]
        .into_iter()
        .find_map(|name| resource.property(name));
    let stem = match fifo {
        Some(node) => with_suffix(name.kind, known::boolean(template, node), text),
        None => Ok(text),
    };
    let stem = match stem {
        Ok(stem) => stem,
        Err(wrong) => return Some(wrong.map(str::to_owned)),
    };
    letters(name, stem)
        .or_else(|| reserved(name.kind, text).map(str::to_owned))
        .map(Known::written)
}

/// The suffix of a FIFO queue or topic is none of the name's letters; what is not known may be true.
fn with_suffix<'t>(kind: &str, fifo: Option<Known<bool>>, text: &'t str) -> Result<&'t str, Known<&'static str>> {
    match (text.strip_suffix(".fifo"), fifo) {
        (None, Some(fifo)) if fifo.value && kind == "AWS::SNS::Topic" => {
            Err(fifo.map(|_| "the name of a FIFO topic ends in `.fifo`"))
        }
        (Some(_), Some(fifo)) if !fifo.value => {
            Err(fifo.map(|_| "only names of FIFO queues and topics end in `.fifo`"))
        }
        (Some(stem), _) => Ok(stem),
        (None, _) => Ok(text),
    }
}

/// What it has that a service does not take, and how it begins and ends.
fn letters(name: &Name, stem: &str) -> Option<String> {
    let queue = matches!(name.kind, "AWS::SQS::Queue" | "AWS::SNS::Topic");
    if queue && stem.strip_suffix(".fifo").is_some() {
        return Some("only names of FIFO queues and topics end in `.fifo`".to_owned());
    }
    let other = |c: &char| !c.is_ascii_alphanumeric() && !name.signs.contains(*c);
    if let Some(other) = stem.chars().find(other) {
        let signs = name.signs;
        return Some(format!("it has letters, digits and `{signs}`, and no {other:?}"));
    }
    edges(&name.begins, stem)
}

fn edges(begins: &Begin, text: &str) -> Option<String> {
    let first = text.chars().next()?;
    let last = text.chars().next_back()?;
    match begins {
        Begin::Any => None,
        Begin::Alphanumeric => (!first.is_ascii_alphanumeric() || !last.is_ascii_alphanumeric())
            .then(|| "it begins and ends with a letter or a digit".to_owned()),
        Begin::Letter if !first.is_ascii_alphabetic() => Some("it begins with a letter".to_owned()),
        Begin::Letter => (last == '-' || text.contains("--"))
            .then(|| "it does not end with a hyphen and has no two together".to_owned()),
    }
}

/// Names that a service keeps for itself, or that would be taken for something else.
fn reserved(kind: &str, text: &str) -> Option<&'static str> {
    match kind {
        "AWS::ElasticLoadBalancingV2::LoadBalancer" if text.starts_with("internal-") => {
            Some("Elastic Load Balancing keeps `internal-` for itself")
        }
        "AWS::EC2::SecurityGroup" if text.starts_with("sg-") => Some("only ids begin with `sg-`"),
        "AWS::S3::Bucket" => bucket(text),
        _ => None,
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
fn bucket(text: &str) -> Option<&'static str> {
    // `amzn-s3-demo-` is kept, too, but AWS writes it into templates for others to replace.
    const STARTS: [&str; 2] = ["xn--", "sthree-"];
    const ENDS: [&str; 5] = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];
    if text.contains("..") {
        Some("no two dots stand together")
    } else if text.parse::<std::net::Ipv4Addr>().is_ok() {
        Some("it is no IP address")
    } else if STARTS.iter().any(|start| text.starts_with(start)) || ENDS.iter().any(|end| text.ends_with(end)) {
        Some("S3 keeps names that begin or end like this for itself")
    } else {
        None
    }
}
