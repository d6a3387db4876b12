//! Settings that expose and settings that protect, each told when it gets weaker and not when it gets stronger.

use super::{one, review};

/// What gets wider between two properties of one resource: in which way each.
fn told(kind: &str, old: &str, new: &str) -> Vec<&'static str> {
    let review = review(&one(kind, old), &one(kind, new));
    review.wider.iter().map(|wider| wider.what.words()).collect()
}

/// A type, its stronger and its weaker properties.
type Case = (&'static str, &'static str, &'static str);

fn check(what: &str, cases: &[Case]) {
    for (kind, strong, weak) in cases {
        assert_eq!(told(kind, strong, weak), [what], "{kind} {weak}");
        assert!(told(kind, weak, strong).is_empty(), "{kind} {strong}");
        assert!(told(kind, weak, weak).is_empty(), "{kind} {weak}");
    }
}

const EXPOSED: &[Case] = &[
    (
        "AWS::ApiGateway::Method",
        "{AuthorizationType: AWS_IAM}",
        "{AuthorizationType: NONE}",
    ),
    ("AWS::ApiGatewayV2::Route", "{AuthorizationType: JWT}", "{}"),
    (
        "AWS::EKS::Cluster",
        "{ResourcesVpcConfig: {EndpointPublicAccess: false}}",
        "{ResourcesVpcConfig: {}}",
    ),
    (
        "AWS::EKS::Cluster",
        "{ResourcesVpcConfig: {PublicAccessCidrs: [10.0.0.0/8]}}",
        "{ResourcesVpcConfig: {}}",
    ),
    (
        "AWS::EC2::LaunchTemplate",
        "{LaunchTemplateData: {NetworkInterfaces: [{DeviceIndex: 0, AssociatePublicIpAddress: false}]}}",
        "{LaunchTemplateData: {NetworkInterfaces: [{DeviceIndex: 0, AssociatePublicIpAddress: true}]}}",
    ),
    (
        "AWS::Cognito::IdentityPool",
        "{}",
        "{AllowUnauthenticatedIdentities: true}",
    ),
    ("AWS::OpenSearchService::Domain", "{VPCOptions: {SubnetIds: [s]}}", "{}"),
    (
        "AWS::S3::Bucket",
        "{AccessControl: PublicRead}",
        "{AccessControl: PublicReadWrite}",
    ),
    (
        "AWS::Lambda::Url",
        "{AuthType: AWS_IAM, Cors: {AllowOrigins: ['https://a']}}",
        "{AuthType: AWS_IAM, Cors: {AllowOrigins: ['*']}}",
    ),
    (
        "AWS::Serverless::Function",
        "{FunctionUrlConfig: {AuthType: AWS_IAM}}",
        "{FunctionUrlConfig: {AuthType: NONE}}",
    ),
];

#[test]
fn what_lets_the_public_in_is_told() {
    check("public exposure", EXPOSED);
}

#[test]
fn what_is_no_longer_encrypted_as_well_is_told() {
    let listener = "AWS::ElasticLoadBalancingV2::Listener";
    let distribution = "AWS::CloudFront::Distribution";
    check(
        "encryption",
        &[
            (listener, "{Protocol: TLS}", "{Protocol: TCP}"),
            (
                listener,
                "{Protocol: HTTPS, SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06}",
                "{Protocol: HTTPS, SslPolicy: ELBSecurityPolicy-2016-08}",
            ),
            (listener, "{SslPolicy: ELBSecurityPolicy-FS-1-2-Res-2020-10}", "{}"),
            (
                distribution,
                "{DistributionConfig: {ViewerCertificate: {MinimumProtocolVersion: TLSv1.2_2021}}}",
                "{DistributionConfig: {ViewerCertificate: {MinimumProtocolVersion: TLSv1.1_2016}}}",
            ),
            (
                distribution,
                "{DistributionConfig: {DefaultCacheBehavior: {ViewerProtocolPolicy: https-only}}}",
                "{DistributionConfig: {DefaultCacheBehavior: {ViewerProtocolPolicy: allow-all}}}",
            ),
            (
                "AWS::ApiGateway::DomainName",
                "{SecurityPolicy: TLS_1_2}",
                "{SecurityPolicy: TLS_1_0}",
            ),
            (
                "AWS::MSK::Cluster",
                "{}",
                "{EncryptionInfo: {EncryptionInTransit: {ClientBroker: PLAINTEXT}}}",
            ),
            ("AWS::SQS::Queue", "{}", "{SqsManagedSseEnabled: false}"),
            (
                "AWS::EC2::Instance",
                "{BlockDeviceMappings: [{DeviceName: a}, {DeviceName: b, Ebs: {Encrypted: true}}]}",
                "{BlockDeviceMappings: [{DeviceName: b, Ebs: {Encrypted: false}}]}",
            ),
        ],
    );
}

const HARDENED: &[Case] = &[
    (
        "AWS::EC2::LaunchTemplate",
        "{LaunchTemplateData: {MetadataOptions: {HttpTokens: required}}}",
        "{LaunchTemplateData: {MetadataOptions: {HttpTokens: optional}}}",
    ),
    ("AWS::EC2::Instance", "{MetadataOptions: {HttpTokens: required}}", "{}"),
    (
        "AWS::ECS::TaskDefinition",
        "{ContainerDefinitions: [{Name: a}]}",
        "{ContainerDefinitions: [{Name: a, Privileged: true}]}",
    ),
    ("AWS::ECS::Service", "{}", "{EnableExecuteCommand: true}"),
    (
        "AWS::CloudFront::Distribution",
        "{DistributionConfig: {WebACLId: w}}",
        "{DistributionConfig: {}}",
    ),
    (
        "AWS::WAFv2::WebACL",
        "{DefaultAction: {Block: {}}}",
        "{DefaultAction: {Allow: {}}}",
    ),
    (
        "AWS::WAFv2::WebACL",
        "{Rules: [{Name: a}, {Name: b}]}",
        "{Rules: [{Name: b}]}",
    ),
    (
        "AWS::Cognito::UserPool",
        "{MfaConfiguration: 'ON'}",
        "{MfaConfiguration: OPTIONAL}",
    ),
    (
        "AWS::ECR::Repository",
        "{ImageScanningConfiguration: {ScanOnPush: true}}",
        "{}",
    ),
];

#[test]
fn what_an_intruder_finds_easier_is_told() {
    check("hardening", HARDENED);
}

#[test]
fn what_is_easier_to_lose_is_told() {
    check(
        "protection",
        &[
            (
                "AWS::Cognito::UserPool",
                "{DeletionProtection: ACTIVE}",
                "{DeletionProtection: INACTIVE}",
            ),
            ("AWS::RDS::DBInstance", "{BackupRetentionPeriod: 7}", "{}"),
            (
                "AWS::RDS::DBInstance",
                "{BackupRetentionPeriod: 7}",
                "{BackupRetentionPeriod: 0}",
            ),
            ("AWS::RDS::DBInstance", "{DeleteAutomatedBackups: false}", "{}"),
            ("AWS::KMS::Key", "{}", "{Enabled: false}"),
            ("AWS::KMS::Key", "{}", "{PendingWindowInDays: 7}"),
            (
                "AWS::S3::Bucket",
                "{}",
                "{LifecycleConfiguration: {Rules: [{Id: a, ExpirationInDays: 1}]}}",
            ),
            ("AWS::SQS::Queue", "{RedrivePolicy: {maxReceiveCount: 3}}", "{}"),
        ],
    );
}

#[test]
fn what_is_no_longer_recorded_is_told() {
    check(
        "logging",
        &[
            (
                "AWS::RDS::DBInstance",
                "{EnableCloudwatchLogsExports: [audit, error]}",
                "{EnableCloudwatchLogsExports: [error]}",
            ),
            (
                "AWS::EKS::Cluster",
                "{ResourcesVpcConfig: {EndpointPublicAccess: false}, Logging: {ClusterLogging: {EnabledTypes: [{Type: api}]}}}",
                "{ResourcesVpcConfig: {EndpointPublicAccess: false}, Logging: {ClusterLogging: {EnabledTypes: []}}}",
            ),
            ("AWS::Logs::LogGroup", "{}", "{RetentionInDays: 7}"),
            ("AWS::CloudTrail::Trail", "{IsLogging: true}", "{IsLogging: false}"),
            (
                "AWS::ECS::TaskDefinition",
                "{ContainerDefinitions: [{Name: a, LogConfiguration: {LogDriver: awslogs}}]}",
                "{ContainerDefinitions: [{Name: a}]}",
            ),
        ],
    );
}

#[test]
fn what_wakes_nobody_any_more_is_told() {
    check(
        "monitoring",
        &[
            ("AWS::CloudWatch::Alarm", "{}", "{ActionsEnabled: false}"),
            ("AWS::CloudWatch::Alarm", "{AlarmActions: [a]}", "{AlarmActions: []}"),
            (
                "AWS::CloudWatch::Alarm",
                "{TreatMissingData: breaching}",
                "{TreatMissingData: notBreaching}",
            ),
            ("AWS::Events::Rule", "{State: ENABLED}", "{State: DISABLED}"),
            ("AWS::GuardDuty::Detector", "{Enable: true}", "{Enable: false}"),
        ],
    );
    assert_eq!(
        review(&one("AWS::CloudWatch::Alarm", "{}"), "Resources: {}\n")
            .wider
            .len(),
        1
    );
}

#[test]
fn who_gets_in_by_name_is_told() {
    check(
        "permission",
        &[
            ("AWS::IAM::Role", "{}", "{MaxSessionDuration: 43200}"),
            ("AWS::IAM::User", "{Groups: [a]}", "{Groups: [a, b]}"),
            (
                "AWS::RAM::ResourceShare",
                "{Principals: ['1']}",
                "{Principals: ['1', '2']}",
            ),
            (
                "AWS::EC2::VPCEndpointServicePermissions",
                "{AllowedPrincipals: [a]}",
                "{AllowedPrincipals: ['*']}",
            ),
            ("AWS::RDS::DBCluster", "{EnableIAMDatabaseAuthentication: true}", "{}"),
        ],
    );
}
