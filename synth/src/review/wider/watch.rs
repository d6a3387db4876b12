//! Settings that expose, and settings that protect.

use serde_json::Value as Json;

use super::super::canon::scalar;
use super::super::side::Item;
use super::{What, Wider};

/// A setting that protects while it is on, in whatever type it stands.
const GUARDS: &[(What, &str)] = &[
    (What::Encryption, "StorageEncrypted"),
    (What::Encryption, "Encrypted"),
    (What::Encryption, "AtRestEncryptionEnabled"),
    (What::Encryption, "TransitEncryptionEnabled"),
    (What::Encryption, "SqsManagedSseEnabled"),
    (What::Encryption, "KmsKeyId"),
    (What::Encryption, "KMSKeyId"),
    (What::Encryption, "KmsMasterKeyId"),
    (What::Encryption, "KmsKeyArn"),
    (What::Encryption, "BucketEncryption"),
    (What::Encryption, "EncryptionConfiguration"),
    (What::Encryption, "EncryptionConfig"),
    (What::Encryption, "StreamEncryption"),
    (What::Encryption, "SSESpecification.SSEEnabled"),
    (What::Encryption, "EncryptionAtRestOptions.Enabled"),
    (What::Encryption, "NodeToNodeEncryptionOptions.Enabled"),
    (What::Encryption, "DomainEndpointOptions.EnforceHTTPS"),
    (What::Encryption, "EnableKeyRotation"),
    (What::Protection, "DeletionProtection"),
    (What::Protection, "DeletionProtectionEnabled"),
    (What::Protection, "DisableApiTermination"),
    (
        What::Protection,
        "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled",
    ),
    (What::Protection, "VersioningConfiguration.Status"),
    (What::Protection, "ObjectLockEnabled"),
    (What::Protection, "BackupPolicy.Status"),
    (What::Protection, "BackupRetentionPeriod"),
    (What::Protection, "SnapshotRetentionLimit"),
    (What::Protection, "AutomatedSnapshotRetentionPeriod"),
    (What::Protection, "LoadBalancerAttributes.deletion_protection.enabled"),
    (What::Logging, "LoggingConfiguration"),
    (What::Logging, "LoggingProperties"),
    (What::Logging, "LogPublishingOptions"),
    (What::Logging, "AccessLogSetting"),
    (What::Logging, "AccessLogSettings"),
    (What::Logging, "AccessLoggingPolicy.Enabled"),
    (What::Logging, "IsLogging"),
    (What::Logging, "EnableLogFileValidation"),
    (What::Logging, "EnableCloudwatchLogsExports"),
    (What::Logging, "Logging.ClusterLogging.EnabledTypes"),
    (What::Logging, "LoadBalancerAttributes.access_logs.s3.enabled"),
];

/// A number that protects less when it is lower.
const NUMBERS: &[(What, &str)] = &[
    (What::Protection, "BackupRetentionPeriod"),
    (What::Protection, "SnapshotRetentionLimit"),
    (What::Protection, "AutomatedSnapshotRetentionPeriod"),
    (What::Protection, "PendingWindowInDays"),
    (What::Logging, "RetentionInDays"),
];

/// Resources that guard others; the end of one is told.
const GUARDIANS: &[(What, &str)] = &[
    (What::Logging, "AWS::EC2::FlowLog"),
    (What::Logging, "AWS::CloudTrail::Trail"),
    (What::Logging, "AWS::WAFv2::LoggingConfiguration"),
    (What::Logging, "AWS::Config::ConfigurationRecorder"),
    (What::Logging, "AWS::GuardDuty::Detector"),
    (What::Protection, "AWS::WAFv2::WebACLAssociation"),
    (What::Protection, "AWS::Backup::BackupSelection"),
];

/// A setting that exposes: the types it counts for, its path, and whether its value exposes (`None`: it is not set).
type Exposure = (&'static str, &'static str, fn(Option<&str>) -> bool);

const EXPOSURES: &[Exposure] = &[
    ("", "PubliclyAccessible", |value| value == Some("true")),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", "Scheme", |value| {
        value.is_none_or(|v| v == "internet-facing")
    }),
    ("AWS::ElasticLoadBalancing::LoadBalancer", "Scheme", |value| {
        value.is_none_or(|v| v == "internet-facing")
    }),
    ("AWS::S3::Bucket", "AccessControl", |value| {
        matches!(value, Some("PublicRead" | "PublicReadWrite" | "AuthenticatedRead"))
    }),
    ("AWS::Lambda::Url", "AuthType", |value| value == Some("NONE")),
    ("AWS::ApiGateway::Method", "AuthorizationType", |value| {
        value == Some("NONE")
    }),
    ("AWS::ApiGatewayV2::Route", "AuthorizationType", |value| {
        value.is_none_or(|v| v == "NONE")
    }),
    ("AWS::EC2::Subnet", "MapPublicIpOnLaunch", |value| value == Some("true")),
    (
        "AWS::ECS::Service",
        "NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp",
        |value| value == Some("ENABLED"),
    ),
    (
        "AWS::EKS::Cluster",
        "ResourcesVpcConfig.EndpointPublicAccess",
        |value| value.is_none_or(|v| v == "true"),
    ),
    (
        "AWS::MSK::Cluster",
        "BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type",
        |value| value.is_some_and(|v| v != "DISABLED"),
    ),
];

const BLOCKS: [&str; 4] = [
    "BlockPublicAcls",
    "BlockPublicPolicy",
    "IgnorePublicAcls",
    "RestrictPublicBuckets",
];

/// What a resource exposes or no longer protects.
pub(super) fn item(file: &str, old: Option<&Item>, new: &Item, out: &mut Vec<Wider>) {
    let mut tell = |what: What, path: &str| {
        let text = change(old, new, path);
        out.push(Wider::new(file, new, what, path, text));
    };
    exposed(old, new, &mut tell);
    if let Some(old) = old {
        unguarded(old, new, &mut tell);
    }
}

fn exposed(old: Option<&Item>, new: &Item, tell: &mut impl FnMut(What, &str)) {
    let set = |item: &Item, path: &str| find(item, path).map(|value| scalar(&value).unwrap_or_default());
    for (kind, path, exposes) in EXPOSURES {
        let of_type = if kind.is_empty() {
            set(new, path).is_some()
        } else {
            new.kind == *kind
        };
        let open = |item: &Item| exposes(set(item, path).as_deref());
        if of_type && open(new) && !old.is_some_and(open) {
            tell(What::Public, path);
        }
    }
    for block in BLOCKS.iter().filter(|_| new.kind == "AWS::S3::Bucket") {
        if open(new, block, old) && !old.is_some_and(|old| open(old, block, None)) {
            tell(What::Public, &format!("PublicAccessBlockConfiguration.{block}"));
        }
    }
}

fn unguarded(old: &Item, new: &Item, tell: &mut impl FnMut(What, &str)) {
    for (what, path) in GUARDS {
        if is_on(find(old, path).as_ref()) && !is_on(find(new, path).as_ref()) {
            tell(*what, path);
        }
    }
    for (what, path) in NUMBERS {
        let number = |item: &Item| scalar(&find(item, path)?)?.parse::<f64>().ok();
        let lower = number(old)
            .zip(number(new))
            .is_some_and(|(old, new)| 0.0 < new && new < old);
        if lower {
            tell(*what, path);
        }
    }
    let plain = |item: &Item| find(item, "Protocol").is_some_and(|value| value == "HTTP");
    if new.kind == "AWS::ElasticLoadBalancingV2::Listener" && plain(new) && !plain(old) {
        tell(What::Encryption, "Protocol");
    }
    let mutable = |item: &Item| find(item, "ImageTagMutability").is_none_or(|value| value == "MUTABLE");
    if new.kind == "AWS::ECR::Repository" && mutable(new) && !mutable(old) {
        tell(What::Protection, "ImageTagMutability");
    }
}

/// A guard that is removed.
pub(super) fn gone(file: &str, old: &Item, out: &mut Vec<Wider>) {
    if let Some((what, _)) = GUARDIANS.iter().find(|(_, kind)| *kind == old.kind) {
        out.push(Wider::new(file, old, *what, "", "removed"));
    }
}

/// Whether a bucket does not block public access in one way. Without a configuration AWS blocks all for a new bucket,
/// and nothing for one that loses its configuration.
fn open(item: &Item, block: &str, before: Option<&Item>) -> bool {
    let name = "PublicAccessBlockConfiguration";
    match item.properties.get(name) {
        Some(blocks) => !is_on(blocks.get(block)),
        None => before.is_some_and(|before| before.properties.contains_key(name)),
    }
}

fn is_on(value: Option<&Json>) -> bool {
    match value {
        None | Some(Json::Null) => false,
        Some(Json::Array(items)) => !items.is_empty(),
        Some(Json::Object(_)) => true,
        Some(value) => {
            let text = scalar(value).unwrap_or_default().to_ascii_lowercase();
            !matches!(
                text.as_str(),
                "false" | "0" | "" | "disabled" | "suspended" | "none" | "off"
            )
        }
    }
}

/// The value at a path; attributes of a load balancer are a list of keys and values.
fn find(item: &Item, path: &str) -> Option<Json> {
    if let Some(key) = path.strip_prefix("LoadBalancerAttributes.") {
        let list = item.properties.get("LoadBalancerAttributes")?.as_array()?;
        let attribute = list
            .iter()
            .find(|attribute| attribute.get("Key").is_some_and(|k| k == key))?;
        return attribute.get("Value").cloned();
    }
    let mut steps = path.split('.');
    let first = item.properties.get(steps.next()?)?;
    steps.try_fold(first, |value, step| value.get(step)).cloned()
}

fn change(old: Option<&Item>, new: &Item, path: &str) -> String {
    let shown =
        |item: &Item| find(item, path).map_or_else(|| "not set".to_owned(), |value| super::super::show::brief(&value));
    match old {
        Some(old) => format!("{path}: {} → {}", shown(old), shown(new)),
        None => format!("{path}: {}", shown(new)),
    }
}
