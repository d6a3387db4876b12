//! A system as it is rendered, small, with what permissions look at.
#![expect(clippy::needless_pass_by_value, reason = "literals read better without a borrow")]

use serde_json::{Value as Json, json};
use synth::permissions::Scope;
use synth::template::{Stack, StackName};

pub(super) const BOUNDARY: &str = "arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/predict-api-prod-boundary";

/// A linked stack that deploys these resources.
/// The environment that these stacks are of.
pub(super) fn scope() -> Scope {
    Scope::new("predict-api-prod", [("system", "predict-api"), ("environment", "prod")])
}

pub(super) fn stack(name: &str, body: Json) -> Stack {
    Stack {
        position: 0,
        name: StackName::new(name).expect("a good name"),
        template: body,
        depends_on: Vec::new(),
        moves: Vec::new(),
    }
}

/// A stack of one resource.
pub(super) fn one(kind: &str, properties: Json) -> Stack {
    stack(
        "predict-api-prod-one",
        json!({ "Resources": { "Thing": { "Type": kind, "Properties": properties } } }),
    )
}

fn sub(text: &str) -> Json {
    json!({ "Fn::Sub": text })
}

fn attribute(id: &str, name: &str) -> Json {
    json!({ "Fn::GetAtt": [id, name] })
}

fn import(name: &str) -> Json {
    json!({ "Fn::ImportValue": name })
}

fn trust(service: &str) -> Json {
    json!({ "Version": "2012-10-17", "Statement": [{ "Sid": "Trust", "Effect": "Allow", "Principal": { "Service": service }, "Action": "sts:AssumeRole" }] })
}

fn allow(actions: Json, resource: Json) -> Json {
    json!({ "Version": "2012-10-17", "Statement": [{ "Sid": "Allow", "Effect": "Allow", "Action": actions, "Resource": resource }] })
}

/// The network, the service and what observes it, as they import from each other.
pub(super) fn system() -> Vec<Stack> {
    vec![
        stack("predict-api-prod-bootstrap", bootstrap()),
        stack("predict-api-prod-network", network()),
        stack("predict-api-prod-service", service()),
        stack("predict-api-prod-observability", observability()),
    ]
}

fn bootstrap() -> Json {
    json!({
        "Resources": {
            "Repository": { "Type": "AWS::ECR::Repository", "Properties": { "RepositoryName": "predict-api" } },
            "Key": { "Type": "AWS::KMS::Key", "Properties": { "KeyPolicy": {} } },
        },
        "Outputs": {
            "KeyArn": { "Value": attribute("Key", "Arn"), "Export": { "Name": "predict-api-prod-bootstrap-KeyArn" } },
        },
    })
}

fn network() -> Json {
    let mut resources = json!({
        "Vpc": { "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": "10.0.0.0/16", "Tags": [] } },
        "Gateway": { "Type": "AWS::EC2::InternetGateway" },
        "GatewayAttachment": { "Type": "AWS::EC2::VPCGatewayAttachment", "Properties": { "VpcId": { "Ref": "Vpc" }, "InternetGatewayId": { "Ref": "Gateway" } } },
        "S3Endpoint": { "Type": "AWS::EC2::VPCEndpoint", "Properties": { "VpcId": { "Ref": "Vpc" } } },
        "EcrEndpoint": { "Type": "AWS::EC2::VPCEndpoint", "Properties": { "VpcId": { "Ref": "Vpc" }, "PrivateDnsEnabled": true } },
        "FlowLogGroup": { "Type": "AWS::Logs::LogGroup", "Properties": { "LogGroupName": "/predict-api/prod/flow", "RetentionInDays": 30, "KmsKeyId": import("predict-api-prod-bootstrap-KeyArn") } },
        "FlowRole": { "Type": "AWS::IAM::Role", "Properties": {
            "AssumeRolePolicyDocument": trust("vpc-flow-logs.amazonaws.com"), "PermissionsBoundary": sub(BOUNDARY),
            "Policies": [{ "PolicyName": "write", "PolicyDocument": allow(json!(["logs:CreateLogStream", "logs:PutLogEvents"]), attribute("FlowLogGroup", "Arn")) }],
        } },
        "FlowLog": { "Type": "AWS::EC2::FlowLog", "Properties": { "ResourceId": { "Ref": "Vpc" }, "LogDestinationType": "cloud-watch-logs", "DeliverLogsPermissionArn": attribute("FlowRole", "Arn") } },
    });
    for zone in ["A", "B", "C"] {
        resources[format!("Public{zone}")] = json!({ "Type": "AWS::EC2::Subnet", "Properties": { "VpcId": { "Ref": "Vpc" }, "AvailabilityZone": { "Fn::Select": [0, { "Fn::GetAZs": "" }] } } });
        resources[format!("Private{zone}")] = resources[format!("Public{zone}")].clone();
        resources[format!("Routes{zone}")] =
            json!({ "Type": "AWS::EC2::RouteTable", "Properties": { "VpcId": { "Ref": "Vpc" } } });
        resources[format!("Route{zone}")] =
            json!({ "Type": "AWS::EC2::Route", "Properties": { "RouteTableId": { "Ref": format!("Routes{zone}") } } });
        resources[format!("Association{zone}")] = json!({ "Type": "AWS::EC2::SubnetRouteTableAssociation" });
        resources[format!("Address{zone}")] = json!({ "Type": "AWS::EC2::EIP", "Properties": { "Domain": "vpc" } });
        resources[format!("Nat{zone}")] =
            json!({ "Type": "AWS::EC2::NatGateway", "Properties": { "SubnetId": { "Ref": format!("Public{zone}") } } });
    }
    json!({ "Resources": resources, "Outputs": {
        "Vpc": { "Value": { "Ref": "Vpc" }, "Export": { "Name": "predict-api-prod-network-Vpc" } },
    } })
}

fn execution_role() -> Json {
    json!({ "Type": "AWS::IAM::Role", "Properties": {
                "RoleName": "predict-api-prod-execution", "AssumeRolePolicyDocument": trust("ecs-tasks.amazonaws.com"), "PermissionsBoundary": sub(BOUNDARY),
                "Policies": [
                    { "PolicyName": "login", "PolicyDocument": allow(json!("ecr:GetAuthorizationToken"), json!("*")) },
                    { "PolicyName": "pull", "PolicyDocument": allow(json!(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]), sub("arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/predict-api")) },
                    { "PolicyName": "logs", "PolicyDocument": allow(json!(["logs:CreateLogStream", "logs:PutLogEvents"]), attribute("Logs", "Arn")) },
                ],
            } })
}

fn service() -> Json {
    json!({
        "Parameters": { "CertificateArn": { "Type": "String" } },
        "Resources": {
            "Logs": { "Type": "AWS::Logs::LogGroup", "Properties": { "LogGroupName": "/predict-api/prod/service", "RetentionInDays": 365 } },
            "ExecutionRole": execution_role(),
            "TaskRole": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "predict-api-prod-task", "AssumeRolePolicyDocument": trust("ecs-tasks.amazonaws.com"), "PermissionsBoundary": sub(BOUNDARY) } },
            "Task": { "Type": "AWS::ECS::TaskDefinition", "Properties": { "Family": "predict-api-prod", "TaskRoleArn": attribute("TaskRole", "Arn"), "ExecutionRoleArn": attribute("ExecutionRole", "Arn"), "Tags": [] } },
            "Cluster": { "Type": "AWS::ECS::Cluster", "Properties": { "ClusterName": "predict-api-prod" } },
            "Service": { "Type": "AWS::ECS::Service", "Properties": { "Cluster": { "Ref": "Cluster" }, "ServiceName": "predict-api", "TaskDefinition": { "Ref": "Task" } } },
            "Target": { "Type": "AWS::ApplicationAutoScaling::ScalableTarget", "Properties": { "ServiceNamespace": "ecs" } },
            "Scaling": { "Type": "AWS::ApplicationAutoScaling::ScalingPolicy", "Properties": {} },
            "BalancerGroup": { "Type": "AWS::EC2::SecurityGroup", "Properties": { "VpcId": import("predict-api-prod-network-Vpc") } },
            "BalancerIn": { "Type": "AWS::EC2::SecurityGroupIngress", "Properties": {} },
            "BalancerOut": { "Type": "AWS::EC2::SecurityGroupEgress", "Properties": {} },
            "Balancer": { "Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": { "Name": "predict-api-prod" } },
            "Targets": { "Type": "AWS::ElasticLoadBalancingV2::TargetGroup", "Properties": {} },
            "Https": { "Type": "AWS::ElasticLoadBalancingV2::Listener", "Properties": { "LoadBalancerArn": { "Ref": "Balancer" }, "DefaultActions": [{ "Type": "forward" }] } },
            "Rule": { "Type": "AWS::ElasticLoadBalancingV2::ListenerRule", "Properties": { "ListenerArn": { "Ref": "Https" }, "Actions": [{ "Type": "forward" }] } },
            "AccessLogs": { "Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain", "Properties": {
                "BucketName": sub("predict-api-prod-logs-${AWS::AccountId}"), "BucketEncryption": {}, "PublicAccessBlockConfiguration": {}, "LifecycleConfiguration": {}, "VersioningConfiguration": {}, "OwnershipControls": {} } },
            "AccessLogsPolicy": { "Type": "AWS::S3::BucketPolicy", "Properties": { "Bucket": { "Ref": "AccessLogs" } } },
            "Firewall": { "Type": "AWS::WAFv2::WebACL", "Properties": { "Name": "predict-api-prod", "Scope": "REGIONAL" } },
            "FirewallAssociation": { "Type": "AWS::WAFv2::WebACLAssociation", "Properties": { "ResourceArn": { "Ref": "Balancer" }, "WebACLArn": attribute("Firewall", "Arn") } },
            "FirewallLogs": { "Type": "AWS::Logs::LogGroup", "Properties": { "LogGroupName": "aws-waf-logs-predict-api-prod", "RetentionInDays": 30 } },
            "FirewallLogging": { "Type": "AWS::WAFv2::LoggingConfiguration", "Properties": { "ResourceArn": attribute("Firewall", "Arn"), "LogDestinationConfigs": [attribute("FirewallLogs", "Arn")] } },
            "Password": { "Type": "AWS::SecretsManager::Secret", "Properties": { "Name": "predict-api/prod/password", "GenerateSecretString": {}, "KmsKeyId": import("predict-api-prod-bootstrap-KeyArn") } },
            "Setting": { "Type": "AWS::SSM::Parameter", "Properties": { "Name": "/predict-api/prod/setting" } },
            "DatabaseSubnets": { "Type": "AWS::RDS::DBSubnetGroup", "Properties": { "DBSubnetGroupName": "predict-api-prod" } },
            "Database": { "Type": "AWS::RDS::DBInstance", "DeletionPolicy": "Snapshot", "Properties": { "DBInstanceIdentifier": "predict-api-prod", "ManageMasterUserPassword": true, "DBSubnetGroupName": { "Ref": "DatabaseSubnets" }, "KmsKeyId": import("predict-api-prod-bootstrap-KeyArn") } },
            "Certificate": { "Type": "AWS::CertificateManager::Certificate", "Properties": { "DomainName": "example.org" } },
            "Application": { "Type": "AWS::CodeDeploy::Application", "Properties": { "ApplicationName": "predict-api-prod" } },
            "Changes": { "Type": "AWS::Events::Rule", "Properties": { "Name": "predict-api-prod-changes" } },
            "Vault": { "Type": "AWS::Backup::BackupVault", "Properties": { "BackupVaultName": "predict-api-prod" } },
        },
    })
}

fn observability() -> Json {
    let mut resources = json!({
        "Key": { "Type": "AWS::KMS::Key", "Properties": { "EnableKeyRotation": true } },
        "KeyAlias": { "Type": "AWS::KMS::Alias", "Properties": { "AliasName": "alias/predict-api-prod-alerts", "TargetKeyId": { "Ref": "Key" } } },
        "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "TopicName": "predict-api-prod-alerts", "KmsMasterKeyId": { "Ref": "Key" } } },
        "TopicPolicy": { "Type": "AWS::SNS::TopicPolicy", "Properties": { "Topics": [{ "Ref": "Topic" }] } },
        "Mail": { "Type": "AWS::SNS::Subscription", "Properties": { "TopicArn": { "Ref": "Topic" } } },
        "Page": { "Type": "AWS::CloudWatch::CompositeAlarm", "Properties": { "AlarmName": "predict-api-prod-page" } },
        "Board": { "Type": "AWS::CloudWatch::Dashboard", "Properties": { "DashboardName": "predict-api-prod" } },
        "Errors": { "Type": "AWS::Logs::MetricFilter", "Properties": { "LogGroupName": "/predict-api/prod/service" } },
    });
    let alarms = [
        "cpu", "memory", "tasks", "hosts", "errors", "latency", "rejected", "scaling",
    ];
    for alarm in alarms {
        let name = format!("predict-api-prod-{alarm}");
        resources[format!("Alarm{alarm}")] =
            json!({ "Type": "AWS::CloudWatch::Alarm", "Properties": { "AlarmName": name } });
    }
    json!({ "Resources": resources })
}
