//! What lets more people reach something.

use super::Test::{Exposes, ExposesByDefault, Levels, On, Opens};
use super::{Setting, What, setting};

pub(super) const SETTINGS: &[Setting] = &[
    setting(What::Public, &[], "PubliclyAccessible", Exposes).at_birth(),
    setting(
        What::Public,
        &[
            "ElasticLoadBalancingV2::LoadBalancer",
            "ElasticLoadBalancing::LoadBalancer",
        ],
        "Scheme",
        Levels(&[&["internet-facing"], &["internal"]], Some(0)),
    )
    .at_birth(),
    setting(
        What::Public,
        &["S3::Bucket"],
        "AccessControl",
        Levels(
            &[&["PublicReadWrite"], &["PublicRead"], &["AuthenticatedRead"], &["*"]],
            Some(3),
        ),
    )
    .at_birth(),
    setting(
        What::Public,
        &["Lambda::Url"],
        "AuthType",
        Levels(&[&["NONE"], &["*"]], Some(1)),
    )
    .at_birth(),
    setting(
        What::Public,
        &["Serverless::Function"],
        "FunctionUrlConfig/AuthType",
        Levels(&[&["NONE"], &["*"]], Some(1)),
    )
    .at_birth(),
    setting(
        What::Public,
        &["ApiGateway::Method", "ApiGatewayV2::Route"],
        "AuthorizationType",
        Levels(&[&["NONE"], &["*"]], Some(0)),
    )
    .at_birth(),
    setting(What::Public, &["ApiGateway::Method"], "ApiKeyRequired", On),
    setting(What::Public, &["EC2::Subnet"], "MapPublicIpOnLaunch", Exposes).at_birth(),
    setting(
        What::Public,
        &["ECS::Service"],
        "NetworkConfiguration/AwsvpcConfiguration/AssignPublicIp",
        Levels(&[&["ENABLED"], &["*"]], Some(1)),
    )
    .at_birth(),
    setting(
        What::Public,
        &["EKS::Cluster"],
        "ResourcesVpcConfig/EndpointPublicAccess",
        ExposesByDefault,
    )
    .at_birth(),
    setting(
        What::Public,
        &["EKS::Cluster"],
        "ResourcesVpcConfig/PublicAccessCidrs",
        Opens(&["0.0.0.0/0"]),
    ),
    setting(
        What::Public,
        &["MSK::Cluster"],
        "BrokerNodeGroupInfo/ConnectivityInfo/PublicAccess/Type",
        Levels(&[&["SERVICE_PROVIDED_EIPS"], &["*"]], Some(1)),
    )
    .at_birth(),
    setting(
        What::Public,
        &["MSK::Cluster"],
        "ClientAuthentication/Unauthenticated/Enabled",
        Exposes,
    )
    .at_birth(),
    setting(
        What::Public,
        &["Cognito::IdentityPool"],
        "AllowUnauthenticatedIdentities",
        Exposes,
    )
    .at_birth(),
    setting(
        What::Public,
        &["Cognito::UserPool"],
        "AdminCreateUserConfig/AllowAdminCreateUserOnly",
        On,
    ),
    setting(
        What::Public,
        &["EC2::Instance"],
        "NetworkInterfaces/[]/AssociatePublicIpAddress",
        Exposes,
    )
    .at_birth(),
    setting(
        What::Public,
        &["EC2::LaunchTemplate"],
        "LaunchTemplateData/NetworkInterfaces/[]/AssociatePublicIpAddress",
        Exposes,
    )
    .at_birth(),
    setting(
        What::Public,
        &["AutoScaling::LaunchConfiguration"],
        "AssociatePublicIpAddress",
        Exposes,
    )
    .at_birth(),
    setting(
        What::Public,
        &["ApiGateway::RestApi"],
        "EndpointConfiguration/Types/[]",
        Levels(&[&["EDGE", "REGIONAL"], &["PRIVATE"]], Some(0)),
    ),
    setting(
        What::Public,
        &["AppSync::GraphQLApi"],
        "AuthenticationType",
        Levels(&[&["API_KEY"], &["*"]], None),
    ),
    setting(
        What::Public,
        &["AppSync::GraphQLApi"],
        "Visibility",
        Levels(&[&["GLOBAL"], &["PRIVATE"]], Some(0)),
    ),
    setting(
        What::Public,
        &["SageMaker::NotebookInstance"],
        "DirectInternetAccess",
        Levels(&[&["Enabled"], &["Disabled"]], Some(0)),
    ),
    setting(
        What::Public,
        &["OpenSearchService::Domain", "Elasticsearch::Domain"],
        "VPCOptions",
        On,
    ),
    setting(
        What::Public,
        &["AppRunner::Service"],
        "NetworkConfiguration/IngressConfiguration/IsPubliclyAccessible",
        ExposesByDefault,
    ),
    setting(
        What::Public,
        &["MWAA::Environment"],
        "WebserverAccessMode",
        Levels(&[&["PUBLIC_ONLY"], &["PRIVATE_ONLY"]], Some(1)),
    )
    .at_birth(),
    setting(
        What::Public,
        &["Transfer::Server"],
        "EndpointType",
        Levels(&[&["PUBLIC"], &["*"]], Some(0)),
    ),
    setting(
        What::Public,
        &["S3::Bucket"],
        "CorsConfiguration/CorsRules/[]/AllowedOrigins",
        Opens(&[]),
    ),
    setting(
        What::Public,
        &["ApiGatewayV2::Api"],
        "CorsConfiguration/AllowOrigins",
        Opens(&[]),
    ),
    setting(What::Public, &["Lambda::Url"], "Cors/AllowOrigins", Opens(&[])),
    setting(
        What::Public,
        &["CloudFront::Distribution"],
        "DistributionConfig/DefaultCacheBehavior/TrustedKeyGroups",
        On,
    ),
    setting(
        What::Public,
        &["CloudFront::Distribution"],
        "DistributionConfig/CacheBehaviors/[]/TrustedKeyGroups",
        On,
    ),
    setting(
        What::Public,
        &["Serverless::Api", "Serverless::HttpApi"],
        "Auth/DefaultAuthorizer",
        On,
    ),
    setting(
        What::Public,
        &["RAM::ResourceShare"],
        "AllowExternalPrincipals",
        ExposesByDefault,
    ),
    setting(What::Permission, &["RAM::ResourceShare"], "Principals", Opens(&[])),
    setting(What::Permission, &["EC2::VPCEndpointService"], "AcceptanceRequired", On),
    setting(
        What::Permission,
        &["EC2::VPCEndpointServicePermissions"],
        "AllowedPrincipals",
        Opens(&[]),
    ),
    setting(
        What::Network,
        &["EC2::TransitGateway"],
        "AutoAcceptSharedAttachments",
        Levels(&[&["enable"], &["disable"]], Some(1)),
    ),
    setting(
        What::Network,
        &["Lambda::Function", "Serverless::Function"],
        "VpcConfig",
        On,
    ),
    setting(What::Network, &["Redshift::Cluster"], "EnhancedVpcRouting", On),
    setting(What::Network, &["Transfer::Server"], "Protocols", Opens(&["SFTP"])),
    setting(
        What::Permission,
        &["IAM::Role"],
        "MaxSessionDuration",
        super::Test::Rises(3600.0),
    ),
    setting(What::Permission, &["IAM::User"], "Groups", Opens(&[])),
    setting(What::Permission, &["IAM::UserToGroupAddition"], "Users", Opens(&[])),
    setting(What::Permission, &[], "EnableIAMDatabaseAuthentication", On),
    setting(What::Permission, &[], "IamAuthEnabled", On),
    setting(
        What::Permission,
        &["OpenSearchService::Domain", "Elasticsearch::Domain"],
        "AdvancedSecurityOptions/Enabled",
        On,
    ),
    setting(What::Permission, &["ElastiCache::ReplicationGroup"], "AuthToken", On),
    setting(
        What::Permission,
        &["Cognito::UserPoolClient"],
        "ExplicitAuthFlows",
        Opens(&[]),
    ),
];
