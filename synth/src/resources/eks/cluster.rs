//! The cluster. Its name is the environment's, so that everything else can name it without an export.

use super::identity::{self, Says};
use super::{access, addons, group, nodes};
use crate::aws::{ec2, eks, iam, kms};
use crate::model::{Checker, Cluster, Eks, Endpoint, Kubernetes, Nodes, Platform, Stack, Waiver};
use crate::resources::log_group;
use crate::resources::network::{Parts, ids};
use crate::resources::place::{Place, protection};
use crate::template::{Error, Handle, LogicalId, Settings, Template};

/// It, and its provider if pods come by their roles by what it signs.
pub(super) fn expand(
    place: Place<'_>,
    template: &mut Template,
    (kubernetes, eks): (&Kubernetes, &Eks),
    (network, door): (&Parts, Option<&Handle<ec2::SecurityGroup>>),
    key: &Handle<kms::Key>,
) -> Result<Option<Handle<iam::OidcProvider>>, Error> {
    let logs = logs(place, template, key)?;
    let roles = nodes::roles(place, template, eks.nodes)?;
    let protected = if place.keeps() {
        protection(template)?
    } else {
        false.into()
    };
    let cluster = eks::Cluster {
        access_config: Some(access().into()),
        // Auto Mode brings them all, and a cluster that has them twice is refused; with a group they are add-ons of ours
        // (Amazon EKS API reference, `CreateCluster`, "bootstrapSelfManagedAddons").
        bootstrap_self_managed_addons: Some(false.into()),
        deletion_protection: Some(protected),
        encryption_config: Some([encrypted(key)].into()),
        logging: Some(logging().into()),
        name: Some(place.prefix().into()),
        upgrade_policy: Some(upgraded().into()),
        version: Some(kubernetes.version.to_string().into()),
        ..eks::Cluster::new(reached(eks, network), roles.cluster.arn())
    };
    let cluster = nodes::run(cluster, eks.nodes, &roles);
    let cluster = template.add_with(LogicalId::new("", "Cluster"), &cluster, Settings::after(logs))?;
    access::expand(place, template, &cluster)?;
    let provider = identity::provider(place, template, &cluster)?;
    let says = Says::of(provider.as_ref());
    let parts = group::Parts {
        cluster: &cluster,
        says,
        role: &roles.node,
        network,
        door,
        key,
    };
    let ready = match eks.nodes {
        Nodes::Auto => Vec::new(),
        Nodes::Group(group) => group::expand(place, template, (group, kubernetes.version), &parts)?,
    };
    addons::expand(place, template, (&cluster, says), &ready)?;
    Ok(provider)
}

/// Who may ask the API for what, only access entries say; whoever makes the cluster gets no rights in it.
fn access() -> eks::AccessConfig {
    eks::AccessConfig {
        authentication_mode: Some(eks::AccessConfigAuthenticationMode::Api.into()),
        bootstrap_cluster_creator_admin_permissions: Some(false.into()),
    }
}

/// Without it AWS keeps an old version running after its standard support, for six times the price.
fn upgraded() -> eks::UpgradePolicy {
    eks::UpgradePolicy {
        support_type: Some(eks::UpgradePolicySupportType::Standard.into()),
    }
}

fn encrypted(key: &Handle<kms::Key>) -> eks::EncryptionConfig {
    eks::EncryptionConfig {
        provider: Some(
            eks::Provider {
                key_arn: Some(key.arn()),
            }
            .into(),
        ),
        resources: Some(["secrets"].into()),
    }
}

/// Everything that the control plane writes.
fn logging() -> eks::Logging {
    use eks::LoggingTypeConfigType::{Api, Audit, Authenticator, ControllerManager, Scheduler};
    let types = [Api, Audit, Authenticator, ControllerManager, Scheduler].map(|kind| eks::LoggingTypeConfig {
        r#type: Some(kind.into()),
    });
    eks::Logging {
        cluster_logging: Some(
            eks::ClusterLogging {
                enabled_types: Some(types.into()),
            }
            .into(),
        ),
    }
}

fn reached(eks: &Eks, network: &Parts) -> eks::ResourcesVpcConfig {
    let Endpoint::Public { .. } = eks.endpoint;
    eks::ResourcesVpcConfig {
        endpoint_private_access: Some(true.into()),
        endpoint_public_access: Some(true.into()),
        public_access_cidrs: Some(["0.0.0.0/0"].into()),
        ..eks::ResourcesVpcConfig::new(ids(&network.private))
    }
}

/// The log groups that the cluster and its agent write to. Both would make their own, without a key and without an end.
fn logs(place: Place<'_>, template: &mut Template, key: &Handle<kms::Key>) -> Result<Vec<LogicalId>, Error> {
    let mut ids = Vec::new();
    for (role, name) in log_group::of_cluster(place) {
        let group = log_group::kept(place, &name, key);
        let id = LogicalId::new(role, "LogGroup");
        ids.push(template.add_with(id, &group, place.holding_data())?.logical_id());
    }
    Ok(ids)
}

/// Of an API that answers everybody, whoever may ask it for something.
pub(crate) fn waivers(place: Place<'_>) -> Vec<Waiver> {
    let Platform::Kubernetes(Kubernetes {
        cluster: Cluster::Eks(eks),
        ..
    }) = &place.system.platform
    else {
        return Vec::new();
    };
    let Endpoint::Public { because } = eks.endpoint;
    let waiver = |rule| Waiver::new(Stack::Cluster, "Cluster", Checker::Checkov, rule, because);
    ["CKV_AWS_38", "CKV_AWS_39"].map(waiver).into()
}
