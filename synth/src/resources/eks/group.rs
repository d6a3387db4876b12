//! Machines of one kind, and what has to run on each before a pod does.

use std::collections::BTreeMap;

use super::addons::addon;
use super::identity::Says;
use super::plugins;
use crate::aws::ec2::{self, LaunchTemplateData};
use crate::aws::{eks, iam, kms};
use crate::model::{Architecture, Count, NodeGroup, Version};
use crate::resources::network::{self, ids};
use crate::resources::place::Place;
use crate::template::{Error, Handle, LogicalId, Settings, Template, Value};

/// The root disk of a machine in GiB: images of pods and what they write.
const DISK: i64 = 50;

/// What a group stands on.
pub(super) struct Parts<'a> {
    pub(super) cluster: &'a Handle<eks::Cluster>,
    pub(super) says: Says<'a>,
    pub(super) role: &'a Handle<iam::Role>,
    pub(super) network: &'a network::Parts,
    /// What lets requests of the load balancer in.
    pub(super) door: Option<&'a Handle<ec2::SecurityGroup>>,
    pub(super) key: &'a Handle<kms::Key>,
}

/// Machines that EKS makes of its own image, and the add-ons without which it takes no pods: those that run on each machine
/// come before it, those that need one after it. What it gives is what everything else in the cluster comes after.
pub(super) fn expand(
    place: Place<'_>,
    template: &mut Template,
    (group, version): (NodeGroup, Version),
    parts: &Parts<'_>,
) -> Result<Vec<LogicalId>, Error> {
    let before = plugins::expand(place, template, version, (parts.cluster, parts.says))?;
    let launched = template.add(LogicalId::new("node", "LaunchTemplate"), &launched(place, parts))?;
    let launched = eks::LaunchTemplateSpecification {
        id: Some(launched.id()),
        version: Some(launched.latest_version_number()),
        ..eks::LaunchTemplateSpecification::new()
    };
    let group = eks::Nodegroup {
        ami_type: Some(image(group).into()),
        instance_types: Some([group.machine.name()].into()),
        labels: Some(BTreeMap::from(place.tags().map(|(key, value)| (key.to_owned(), value.into()))).into()),
        launch_template: Some(launched.into()),
        node_repair_config: Some(repaired().into()),
        scaling_config: Some(scaled(group.count).into()),
        update_config: Some(one_at_a_time().into()),
        version: Some(version.to_string().into()),
        ..eks::Nodegroup::new(parts.cluster.name(), parts.role.arn(), ids(&parts.network.private))
    };
    let group = template.add_with(LogicalId::new("", "NodeGroup"), &group, Settings::after(before))?;
    let after = || Settings::after([group.logical_id()]);
    let names = addon(plugins::names(version), parts.cluster);
    template.add_with(LogicalId::new("names", "Addon"), &names, after())?;
    Ok(vec![group.logical_id()])
}

/// What a machine starts with. Its role is nobody's but its own: who asks for it must hold a token, which reaches no further
/// than the machine itself, so not its pods (Amazon EKS best practices guide, "Restrict access to the instance profile
/// assigned to the worker node"). It has the security group that EKS made for the cluster, and nobody logs in to it.
fn launched(place: Place<'_>, parts: &Parts<'_>) -> ec2::LaunchTemplate {
    let groups = [parts.cluster.security_group_id()].into_iter();
    let groups: Vec<_> = groups.chain(parts.door.map(Handle::<ec2::SecurityGroup>::id)).collect();
    let disk = ec2::Ebs {
        delete_on_termination: Some(true.into()),
        encrypted: Some(true.into()),
        kms_key_id: Some(parts.key.arn()),
        volume_size: Some(DISK.into()),
        volume_type: Some(ec2::EbsVolumeType::Gp3.into()),
        ..ec2::Ebs::new()
    };
    let root = ec2::BlockDeviceMapping {
        device_name: Some("/dev/xvda".into()),
        ebs: Some(disk.into()),
        ..ec2::BlockDeviceMapping::new()
    };
    let metadata = ec2::MetadataOptions {
        http_endpoint: Some(ec2::MetadataOptionsHttpEndpoint::Enabled.into()),
        http_put_response_hop_limit: Some(1.into()),
        http_tokens: Some(ec2::MetadataOptionsHttpTokens::Required.into()),
        ..ec2::MetadataOptions::new()
    };
    // What is launched gets no tags of the stack by itself.
    let tagged = ["instance", "network-interface", "volume"].map(|kind| ec2::TagSpecification {
        resource_type: Some(kind.into()),
        tags: Some(tags(place)),
    });
    let data = LaunchTemplateData {
        block_device_mappings: Some([root].into()),
        metadata_options: Some(metadata.into()),
        security_group_ids: Some(groups.into()),
        tag_specifications: Some(tagged.into()),
        ..LaunchTemplateData::new()
    };
    let own = ec2::LaunchTemplateTagSpecification {
        resource_type: Some("launch-template".into()),
        tags: Some(tags(place)),
    };
    ec2::LaunchTemplate {
        tag_specifications: Some([own].into()),
        ..ec2::LaunchTemplate::new(data)
    }
}

fn tags(place: Place<'_>) -> Value<Vec<ec2::Tag>> {
    let tags = place.tags().into_iter();
    tags.map(|(key, value)| ec2::Tag::new(key, value))
        .collect::<Vec<_>>()
        .into()
}

/// EKS's own image.
fn image(group: NodeGroup) -> eks::NodegroupAmiType {
    match group.machine.architecture() {
        Architecture::Arm64 => eks::NodegroupAmiType::Al2023Arm64Standard,
        Architecture::X86 => eks::NodegroupAmiType::Al2023X8664Standard,
    }
}

fn scaled(count: Count) -> eks::ScalingConfig {
    eks::ScalingConfig {
        desired_size: Some(i64::from(count.running()).into()),
        max_size: Some(i64::from(count.most()).into()),
        min_size: Some(i64::from(count.least()).into()),
    }
}

/// A machine that goes takes its pods with it after their budgets have agreed.
fn one_at_a_time() -> eks::UpdateConfig {
    eks::UpdateConfig {
        max_unavailable: Some(1.0.into()),
        ..eks::UpdateConfig::new()
    }
}

/// A machine that does not answer is replaced.
fn repaired() -> eks::NodeRepairConfig {
    eks::NodeRepairConfig {
        enabled: Some(true.into()),
        ..eks::NodeRepairConfig::new()
    }
}
