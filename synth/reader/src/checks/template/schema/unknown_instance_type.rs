use crate::checks::template::value::{Wrong, judge_likely};
use crate::checks::{Family, Level, Report, Rule, Set};
use std::collections::BTreeMap;

use crate::schema;

pub(super) const RULE: Rule = Rule {
    name: "unknown-instance-type",
    why: "AWS refuses a type of instance that it does not have. A family that synth does not know may be newer than its list, so that it is a warning; a size that no family has, or that a known family lacks, is an error.",
    link: "https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-0123456789abcdef0, InstanceType: t3.mirco}
",
    instead: r"
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-0123456789abcdef0, InstanceType: t3.micro}
",
    check,
};

/// Where the name of an instance type stands, and of which list it is.
#[rustfmt::skip]
const PLACES: [(&str, &str, &str); 45] = [
    ("AWS::AmazonMQ::Broker", "HostInstanceType", "amazonmq"),
    ("AWS::AutoScaling::AutoScalingGroup", "MixedInstancesPolicy/LaunchTemplate/Overrides/*/InstanceType", "ec2"),
    ("AWS::AutoScaling::LaunchConfiguration", "InstanceType", "ec2"),
    ("AWS::Cloud9::EnvironmentEC2", "InstanceType", "ec2"),
    ("AWS::DAX::Cluster", "NodeType", "dax"),
    ("AWS::DocDB::DBInstance", "DBInstanceClass", "docdb"),
    ("AWS::EC2::CapacityReservation", "InstanceType", "ec2"),
    ("AWS::EC2::EC2Fleet", "LaunchTemplateConfigs/*/Overrides/*/InstanceType", "ec2"),
    ("AWS::EC2::Instance", "InstanceType", "ec2"),
    ("AWS::EC2::LaunchTemplate", "LaunchTemplateData/InstanceType", "ec2"),
    ("AWS::EC2::SpotFleet", "SpotFleetRequestConfigData/LaunchSpecifications/*/InstanceType", "ec2"),
    ("AWS::EKS::Nodegroup", "InstanceTypes/*", "ec2"),
    ("AWS::EMR::Cluster", "Instances/CoreInstanceFleet/InstanceTypeConfigs/*/InstanceType", "emr"),
    ("AWS::EMR::Cluster", "Instances/CoreInstanceGroup/InstanceType", "emr"),
    ("AWS::EMR::Cluster", "Instances/MasterInstanceFleet/InstanceTypeConfigs/*/InstanceType", "emr"),
    ("AWS::EMR::Cluster", "Instances/MasterInstanceGroup/InstanceType", "emr"),
    ("AWS::EMR::Cluster", "Instances/TaskInstanceFleets/*/InstanceTypeConfigs/*/InstanceType", "emr"),
    ("AWS::EMR::Cluster", "Instances/TaskInstanceGroups/*/InstanceType", "emr"),
    ("AWS::EMR::InstanceFleetConfig", "InstanceTypeConfigs/*/InstanceType", "emr"),
    ("AWS::EMR::InstanceGroupConfig", "InstanceType", "emr"),
    ("AWS::ElastiCache::CacheCluster", "CacheNodeType", "elasticache"),
    ("AWS::ElastiCache::ReplicationGroup", "CacheNodeType", "elasticache"),
    ("AWS::Elasticsearch::Domain", "ElasticsearchClusterConfig/DedicatedMasterType", "elasticsearch"),
    ("AWS::Elasticsearch::Domain", "ElasticsearchClusterConfig/InstanceType", "elasticsearch"),
    ("AWS::GameLift::Fleet", "EC2InstanceType", "gamelift"),
    ("AWS::ImageBuilder::InfrastructureConfiguration", "InstanceTypes/*", "ec2"),
    ("AWS::ManagedBlockchain::Node", "NodeConfiguration/InstanceType", "managedblockchain"),
    ("AWS::Neptune::DBInstance", "DBInstanceClass", "neptune"),
    ("AWS::OpenSearchService::Domain", "ClusterConfig/DedicatedMasterType", "opensearch"),
    ("AWS::OpenSearchService::Domain", "ClusterConfig/InstanceType", "opensearch"),
    ("AWS::OpenSearchService::Domain", "ClusterConfig/WarmType", "opensearch"),
    ("AWS::RDS::DBCluster", "DBClusterInstanceClass", "rds"),
    ("AWS::RDS::DBInstance", "DBInstanceClass", "rds"),
    ("AWS::Redshift::Cluster", "NodeType", "redshift"),
    ("AWS::SageMaker::Cluster", "InstanceGroups/*/InstanceType", "sagemaker-cluster"),
    ("AWS::SageMaker::Cluster", "RestrictedInstanceGroups/*/InstanceType", "sagemaker-cluster"),
    ("AWS::SageMaker::EndpointConfig", "ProductionVariants/*/InstanceType", "sagemaker-hosting"),
    ("AWS::SageMaker::EndpointConfig", "ShadowProductionVariants/*/InstanceType", "sagemaker-hosting"),
    ("AWS::SageMaker::InferenceExperiment", "ModelVariants/*/InfrastructureConfig/RealTimeInferenceConfig/InstanceType", "sagemaker-hosting"),
    ("AWS::SageMaker::DataQualityJobDefinition", "JobResources/ClusterConfig/InstanceType", "sagemaker-processing"),
    ("AWS::SageMaker::ModelBiasJobDefinition", "JobResources/ClusterConfig/InstanceType", "sagemaker-processing"),
    ("AWS::SageMaker::ModelExplainabilityJobDefinition", "JobResources/ClusterConfig/InstanceType", "sagemaker-processing"),
    ("AWS::SageMaker::ModelQualityJobDefinition", "JobResources/ClusterConfig/InstanceType", "sagemaker-processing"),
    ("AWS::SageMaker::ModelPackage", "ValidationSpecification/ValidationProfiles/*/TransformJobDefinition/TransformResources/InstanceType", "sagemaker-transform"),
    ("AWS::SageMaker::MonitoringSchedule", "MonitoringScheduleConfig/MonitoringJobDefinition/MonitoringResources/ClusterConfig/InstanceType", "sagemaker-processing"),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let mut lists: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (kind, path, list) in PLACES {
        for place in set.at(kind, path) {
            let names = lists.entry(list).or_insert_with(|| schema::instances::of(list));
            judge_likely(place, report, |text| {
                let level = unknown(text, list, names)?;
                let wrong = Wrong::new(match level {
                    Level::Error => format!("AWS has no instance type `{text}`"),
                    _ => format!("`{text}` is not among the instance types that synth knows"),
                });
                Some(wrong.level(level).near(text, names))
            });
        }
    }
}

/// How sure it is that AWS does not have an instance type.
fn unknown(text: &str, list: &str, names: &[&str]) -> Option<Level> {
    if names.contains(&text) {
        return None;
    }
    let suffix = match list {
        "opensearch" => ".search",
        "elasticsearch" => ".elasticsearch",
        _ => "",
    };
    let split = |name: &str| {
        let (family, size) = name.strip_suffix(suffix)?.rsplit_once('.')?;
        Some((family.to_owned(), size.to_owned()))
    };
    let Some((family, size)) = split(text) else {
        return Some(Level::Error);
    };
    let mut others = names.iter().filter_map(|name| split(name));
    let known_size = names
        .iter()
        .filter_map(|name| split(name))
        .any(|(_, other)| other == size);
    let known_family = others.any(|(other, _)| other == family);
    // Sizes of bare metal come to a family later than the others.
    let newer = !known_family && known_size || size.starts_with("metal");
    Some(if newer { Level::Warning } else { Level::Error })
}
