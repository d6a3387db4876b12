//! What encrypts what rests and what moves.

use super::Test::{Levels, On, OnByDefault};
use super::{Setting, What, setting};

/// AWS's policies for load balancers, by the oldest version of TLS that each lets in.
const LISTENER: &[&[&str]] = &[
    &["*-2015-05", "*-2016-08", "*-FS-2018-06", "*TLS-1-0-*", "*TLS13-1-0-*"],
    &["*-1-1-*"],
    &["*-1-2-Ext*"],
    &["*-1-2-*"],
    &["*-1-3-*"],
];

const VIEWER: &[&[&str]] = &[
    &["SSLv3"],
    &["TLSv1"],
    &["TLSv1_2016"],
    &["TLSv1.1_2016"],
    &["TLSv1.2_2018"],
    &["TLSv1.2_2019"],
    &["TLSv1.2_20*"],
    &["TLSv1.3*"],
];

const GATEWAY: &[&[&str]] = &[&["TLS_1_0"], &["TLS_1_2"], &["SecurityPolicy_*"]];

const VIEWERS: &[&[&str]] = &[&["allow-all"], &["redirect-to-https", "https-only"]];

const fn guard(path: &'static str) -> Setting {
    setting(What::Encryption, &[], path, On)
}

const fn level(
    kinds: &'static [&'static str],
    path: &'static str,
    levels: &'static [&'static [&'static str]],
    unset: Option<usize>,
) -> Setting {
    setting(What::Encryption, kinds, path, Levels(levels, unset))
}

pub(super) const SETTINGS: &[Setting] = &[
    guard("StorageEncrypted"),
    guard("Encrypted"),
    guard("AtRestEncryptionEnabled"),
    guard("TransitEncryptionEnabled"),
    guard("UserVolumeEncryptionEnabled"),
    guard("RootVolumeEncryptionEnabled"),
    guard("KmsKeyId"),
    guard("KMSKeyId"),
    guard("KmsMasterKeyId"),
    guard("KmsKeyArn"),
    guard("KMSKeyArn"),
    guard("BucketEncryption"),
    guard("EncryptionConfiguration"),
    guard("EncryptionConfig"),
    guard("StreamEncryption"),
    guard("DeliveryStreamEncryptionConfigurationInput"),
    guard("SSESpecification/SSEEnabled"),
    guard("EncryptionAtRestOptions/Enabled"),
    guard("NodeToNodeEncryptionOptions/Enabled"),
    guard("DomainEndpointOptions/EnforceHTTPS"),
    guard("EnableKeyRotation"),
    guard("SecurityConfiguration/EncryptionConfiguration/EnableAtRestEncryption"),
    guard("SecurityConfiguration/EncryptionConfiguration/EnableInTransitEncryption"),
    // AWS encrypts a queue by itself unless told not to.
    setting(What::Encryption, &["SQS::Queue"], "SqsManagedSseEnabled", OnByDefault),
    level(
        &["S3::Bucket"],
        "BucketEncryption/ServerSideEncryptionConfiguration/[]/ServerSideEncryptionByDefault/SSEAlgorithm",
        &[&["AES256"], &["aws:kms"], &["aws:kms:dsse"]],
        Some(0),
    ),
    level(
        &["ECR::Repository"],
        "EncryptionConfiguration/EncryptionType",
        &[&["AES256"], &["KMS"], &["KMS_DSSE"]],
        Some(0),
    ),
    setting(
        What::Encryption,
        &["EC2::Instance", "AutoScaling::LaunchConfiguration"],
        "BlockDeviceMappings/[]/Ebs/Encrypted",
        On,
    ),
    setting(
        What::Encryption,
        &["EC2::LaunchTemplate"],
        "LaunchTemplateData/BlockDeviceMappings/[]/Ebs/Encrypted",
        On,
    ),
    level(
        &["ECS::TaskDefinition"],
        "Volumes/[]/EFSVolumeConfiguration/TransitEncryption",
        &[&["DISABLED"], &["ENABLED"]],
        Some(0),
    ),
    level(
        &["MSK::Cluster"],
        "EncryptionInfo/EncryptionInTransit/ClientBroker",
        &[&["PLAINTEXT"], &["TLS_PLAINTEXT"], &["TLS"]],
        Some(2),
    ),
    setting(
        What::Encryption,
        &["MSK::Cluster"],
        "EncryptionInfo/EncryptionInTransit/InCluster",
        OnByDefault,
    ),
    level(
        &["ElasticLoadBalancingV2::Listener"],
        "Protocol",
        &[&["HTTP", "TCP", "UDP", "TCP_UDP"], &["HTTPS", "TLS"]],
        None,
    ),
    level(&["ElasticLoadBalancingV2::Listener"], "SslPolicy", LISTENER, Some(0)),
    level(
        &["ElasticLoadBalancing::LoadBalancer"],
        "Listeners/[]/Protocol",
        &[&["HTTP", "TCP", "http", "tcp"], &["HTTPS", "SSL", "https", "ssl"]],
        None,
    ),
    level(
        &["CloudFront::Distribution"],
        "DistributionConfig/ViewerCertificate/MinimumProtocolVersion",
        VIEWER,
        Some(1),
    ),
    level(
        &["CloudFront::Distribution"],
        "DistributionConfig/DefaultCacheBehavior/ViewerProtocolPolicy",
        VIEWERS,
        None,
    ),
    level(
        &["CloudFront::Distribution"],
        "DistributionConfig/CacheBehaviors/[]/ViewerProtocolPolicy",
        VIEWERS,
        None,
    ),
    level(
        &["CloudFront::Distribution"],
        "DistributionConfig/Origins/[]/CustomOriginConfig/OriginProtocolPolicy",
        &[&["http-only"], &["match-viewer"], &["https-only"]],
        None,
    ),
    level(&["ApiGateway::DomainName"], "SecurityPolicy", GATEWAY, Some(1)),
    level(
        &["ApiGatewayV2::DomainName"],
        "DomainNameConfigurations/[]/SecurityPolicy",
        GATEWAY,
        Some(1),
    ),
    level(
        &["OpenSearchService::Domain", "Elasticsearch::Domain"],
        "DomainEndpointOptions/TLSSecurityPolicy",
        &[&["*-1-0-*"], &["*-1-2-2019-07"], &["*-1-2-PFS-*"]],
        Some(0),
    ),
    level(
        &["Transfer::Server"],
        "SecurityPolicyName",
        &[
            &["*-2018-11"],
            &["*-2020-06"],
            &["*-2022-03"],
            &["*-2023-05"],
            &["*-2024-*", "*-2025-*"],
        ],
        Some(0),
    ),
    level(
        &["Glue::DataCatalogEncryptionSettings"],
        "DataCatalogEncryptionSettings/EncryptionAtRest/CatalogEncryptionMode",
        &[&["DISABLED"], &["*"]],
        Some(0),
    ),
    level(
        &["SSM::Parameter"],
        "Type",
        &[&["String", "StringList"], &["SecureString"]],
        None,
    ),
];
