//! The types of the serverless application model: what SAM's transform takes, and what it makes of them.
//!
//! They have no resource provider schemas; the names are those that the transform's own translator (the Python
//! package `aws-sam-translator` 1.115.0, Apache-2.0) accepts.

/// A type that SAM makes others of.
#[derive(Debug)]
pub struct Type {
    /// Its name, such as `AWS::Serverless::Function`.
    pub name: &'static str,
    /// The type that SAM makes of it, if there is one that has its properties.
    pub becomes: Option<&'static str>,
    required: &'static str,
    optional: &'static str,
    globals: &'static str,
}

impl Type {
    /// The properties that it must have.
    pub fn required(&self) -> impl Iterator<Item = &'static str> {
        self.required.split_whitespace()
    }

    /// All its properties.
    pub fn properties(&self) -> impl Iterator<Item = &'static str> {
        self.required().chain(self.optional.split_whitespace())
    }

    /// The properties that the section `Globals` can give to all resources of the type.
    pub fn globals(&self) -> impl Iterator<Item = &'static str> {
        self.globals.split_whitespace()
    }

    /// What the section `Globals` calls it: `Function`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        self.name.rsplit(':').next().unwrap_or_default()
    }
}

/// A type of SAM by its name.
#[must_use]
pub fn of(name: &str) -> Option<&'static Type> {
    TYPES.iter().find(|known| known.name == name)
}

/// Every type of SAM, sorted by name.
pub const TYPES: &[Type] = &[
    Type {
        name: "AWS::Serverless::Api",
        becomes: Some("AWS::ApiGateway::RestApi"),
        required: "StageName",
        optional: "\
         AccessLogSetting AlwaysDeploy ApiKeySourceType Auth BinaryMediaTypes CacheClusterEnabled \
         CacheClusterSize CanarySetting Cors DefinitionBody DefinitionUri Description \
         DisableExecuteApiEndpoint Domain EndpointAccessMode EndpointConfiguration FailOnWarnings \
         GatewayResponses MergeDefinitions MethodSettings MinimumCompressionSize Mode Models Name \
         OpenApiVersion Policy PropagateTags SecurityPolicy Tags TracingEnabled Variables",
        globals: "\
         AccessLogSetting AlwaysDeploy Auth BinaryMediaTypes CacheClusterEnabled CacheClusterSize \
         CanarySetting Cors DefinitionUri Domain EndpointAccessMode EndpointConfiguration GatewayResponses \
         MergeDefinitions MethodSettings MinimumCompressionSize Name OpenApiVersion PropagateTags \
         SecurityPolicy TracingEnabled Variables",
    },
    Type {
        name: "AWS::Serverless::Application",
        becomes: Some("AWS::CloudFormation::Stack"),
        required: "Location",
        optional: "NotificationARNs Parameters Tags TemplateUrl TimeoutInMinutes",
        globals: "",
    },
    Type {
        name: "AWS::Serverless::CapacityProvider",
        becomes: Some("AWS::Lambda::CapacityProvider"),
        required: "VpcConfig",
        optional: "\
         CapacityProviderName InstanceRequirements KmsKeyArn LoggingConfig ManagedResourceTags OperatorRole \
         PropagateTags ScalingConfig Tags",
        globals: "\
         InstanceRequirements KmsKeyArn LoggingConfig ManagedResourceTags OperatorRole PropagateTags \
         ScalingConfig Tags VpcConfig",
    },
    Type {
        name: "AWS::Serverless::Connector",
        becomes: None,
        required: "Destination Permissions Source",
        optional: "",
        globals: "",
    },
    Type {
        name: "AWS::Serverless::Function",
        becomes: Some("AWS::Lambda::Function"),
        required: "",
        optional: "\
         Architectures AssumeRolePolicyDocument AutoPublishAlias AutoPublishAliasAllProperties \
         AutoPublishCodeSha256 CapacityProviderConfig CodeSigningConfigArn CodeUri DeadLetterQueue \
         DeploymentPreference Description DurableConfig Environment EphemeralStorage EventInvokeConfig Events \
         FileSystemConfigs FunctionName FunctionScalingConfig FunctionUrlConfig Handler ImageConfig ImageUri \
         InlineCode KmsKeyArn Layers LoggingConfig MemorySize PackageType PermissionsBoundary Policies \
         PropagateTags ProvisionedConcurrencyConfig PublishToLatestPublished RecursiveLoop \
         ReservedConcurrentExecutions Role RolePath Runtime RuntimeManagementConfig SnapStart SourceKMSKeyArn \
         Tags TenancyConfig Timeout Tracing VersionDeletionPolicy VersionDescription VpcConfig",
        globals: "\
         Architectures AssumeRolePolicyDocument AutoPublishAlias AutoPublishAliasAllProperties \
         CapacityProviderConfig CodeSigningConfigArn CodeUri DeadLetterQueue DeploymentPreference Description \
         DurableConfig Environment EphemeralStorage EventInvokeConfig FileSystemConfigs FunctionScalingConfig \
         FunctionUrlConfig Handler KmsKeyArn Layers LoggingConfig MemorySize PermissionsBoundary \
         PropagateTags ProvisionedConcurrencyConfig PublishToLatestPublished RecursiveLoop \
         ReservedConcurrentExecutions RolePath Runtime RuntimeManagementConfig SnapStart SourceKMSKeyArn Tags \
         TenancyConfig Timeout Tracing VersionDeletionPolicy VpcConfig",
    },
    Type {
        name: "AWS::Serverless::GraphQLApi",
        becomes: Some("AWS::AppSync::GraphQLApi"),
        required: "Auth",
        optional: "\
         ApiKeys Cache DataSources DomainName Functions IntrospectionConfig Logging Name OwnerContact \
         QueryDepthLimit ResolverCountLimit Resolvers SchemaInline SchemaUri Tags Visibility XrayEnabled",
        globals: "",
    },
    Type {
        name: "AWS::Serverless::HttpApi",
        becomes: Some("AWS::ApiGatewayV2::Api"),
        required: "",
        optional: "\
         AccessLogSettings Auth CorsConfiguration DefaultRouteSettings DefinitionBody DefinitionUri \
         Description DisableExecuteApiEndpoint Domain FailOnWarnings Name PropagateTags RouteSettings \
         StageName StageVariables Tags",
        globals: "\
         AccessLogSettings Auth CorsConfiguration DefaultRouteSettings Domain FailOnWarnings PropagateTags \
         RouteSettings StageVariables Tags",
    },
    Type {
        name: "AWS::Serverless::LayerVersion",
        becomes: Some("AWS::Lambda::LayerVersion"),
        required: "ContentUri",
        optional: "\
         CompatibleArchitectures CompatibleRuntimes Description LayerName LicenseInfo PublishLambdaVersion \
         RetentionPolicy",
        globals: "PublishLambdaVersion",
    },
    Type {
        name: "AWS::Serverless::MicrovmImage",
        becomes: None,
        required: "BaseImageArn BaseImageVersion CodeUri Name",
        optional: "\
         AdditionalOsCapabilities BuildRoleArn CpuConfigurations Description EgressNetworkConnectors \
         EnvironmentVariables Hooks Logging PropagateTags Resources Tags",
        globals: "\
         AdditionalOsCapabilities BaseImageArn BaseImageVersion BuildRoleArn CpuConfigurations \
         EgressNetworkConnectors EnvironmentVariables Hooks Logging PropagateTags Resources Tags",
    },
    Type {
        name: "AWS::Serverless::NetworkConnector",
        becomes: None,
        required: "VpcConfig",
        optional: "ComputeTypes Name OperatorRole PropagateTags Tags",
        globals: "OperatorRole PropagateTags Tags",
    },
    Type {
        name: "AWS::Serverless::SimpleTable",
        becomes: Some("AWS::DynamoDB::Table"),
        required: "",
        optional: "\
         PointInTimeRecoverySpecification PrimaryKey ProvisionedThroughput SSESpecification TableName Tags",
        globals: "SSESpecification",
    },
    Type {
        name: "AWS::Serverless::StateMachine",
        becomes: Some("AWS::StepFunctions::StateMachine"),
        required: "",
        optional: "\
         AutoPublishAlias Definition DefinitionSubstitutions DefinitionUri DeploymentPreference Events \
         Logging Name PermissionsBoundary Policies PropagateTags Role RolePath Tags Tracing Type \
         UseAliasAsEventTarget",
        globals: "PropagateTags",
    },
    Type {
        name: "AWS::Serverless::WebFunction",
        becomes: None,
        required: "",
        optional: "\
         AuthType AutoDeploymentMode CodeUri EgressNetworkConnectorArn EndpointDescription EndpointName \
         EndpointType EntryPoint EnvironmentVariables ExecutionRoleArn FunctionName InlineCode KmsKeyArn \
         LoggingConfig MaxConcurrencyPerEnvironment ReplicaRegions RevisionDescription RevisionWeights \
         Runtime ScalingConfig Tags ThrottleConfig Timeout",
        globals: "",
    },
    Type {
        name: "AWS::Serverless::WebSocketApi",
        becomes: Some("AWS::ApiGatewayV2::Api"),
        required: "RouteSelectionExpression Routes",
        optional: "\
         AccessLogSettings ApiKeySelectionExpression Auth DefaultRouteSettings Description \
         DisableExecuteApiEndpoint DisableSchemaValidation Domain FailOnWarnings IpAddressType Name \
         PropagateTags RouteSettings StageName StageVariables Tags",
        globals: "\
         AccessLogSettings ApiKeySelectionExpression DefaultRouteSettings DisableExecuteApiEndpoint \
         DisableSchemaValidation Domain FailOnWarnings IpAddressType PropagateTags RouteSelectionExpression \
         RouteSettings StageVariables Tags",
    },
];

/// What an event of a function or a state machine can be.
pub const EVENTS: &[&str] = &[
    "AlexaSkill",
    "Api",
    "CloudWatchEvent",
    "CloudWatchLogs",
    "Cognito",
    "DocumentDB",
    "DynamoDB",
    "EventBridgeRule",
    "HttpApi",
    "IoTRule",
    "Kinesis",
    "MQ",
    "MSK",
    "S3",
    "SNS",
    "SQS",
    "Schedule",
    "ScheduleV2",
    "SelfManagedKafka",
];
