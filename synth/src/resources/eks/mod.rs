//! What runs on EKS: the cluster, who may ask it for what, and what its pods may do on AWS. What runs inside of it is
//! the business of manifests.

mod access;
mod addons;
mod cluster;
mod controller;
mod entry;
mod group;
pub(crate) mod identity;
mod nodes;
mod plugins;
mod verifier;

pub(crate) use access::{DEPLOYERS, OPERATOR, READER, REVIEWERS};
pub(crate) use addons::insights;
pub(crate) use cluster::waivers;
pub(crate) use controller::{CONTROLLER, CONTROLLER_ID, balancer};
pub(crate) use entry::{LOAD_BALANCER, TARGET_GROUP};
pub(crate) use verifier::{VERIFIER, VERIFIER_ID};

use identity::Says;

use super::entry::{access_logs, firewall, groups};
use super::key;
use super::network::{Parts, vpc};
use super::place::Place;
use super::watch::observability;
use crate::aws::{ec2, kms};
use crate::model::{Eks, Kubernetes, Stack};
use crate::template::{self, Handle, Template, Value, sub};

/// The output of the network that names the bucket of access logs.
pub(crate) const ACCESS_LOGS: &str = "AccessLogsBucketName";

/// The output of the network that names the firewall.
pub(crate) const FIREWALL: &str = "FirewallArn";

/// The output of the network that names the security group of the load balancer, where its controller is not EKS's own.
pub(crate) const BALANCER_GROUP: &str = "LoadBalancerSecurityGroupId";

/// The stacks but those that a person deploys.
pub(super) fn expand(
    place: Place<'_>,
    kubernetes: &Kubernetes,
    eks: &Eks,
) -> Result<Vec<(Stack, Template)>, template::Error> {
    let what = "the network, the bucket of access logs, and the key for secrets, logs and notifications";
    let mut network = place.template(Stack::Network, what)?;
    let key = key::expand(place, &mut network)?;
    let parts = vpc::expand(place, &mut network, &key)?;
    let (bucket, _) = access_logs::expand(place, &mut network)?;
    network.output(
        ACCESS_LOGS,
        "The bucket that the load balancer logs to.",
        bucket.name().text(),
    )?;
    if let Some(acl) = firewall::expand(place, &mut network, None, &key)? {
        network.output(FIREWALL, "The firewall before the load balancer.", acl.arn().text())?;
    }
    let doors = doors(place, &mut network, &parts)?;
    let mut cluster = place.template(Stack::Cluster, "the cluster, its nodes, and who may ask it for what")?;
    let provider = cluster::expand(place, &mut cluster, (kubernetes, eks), (&parts, doors.as_ref()), &key)?;
    let identity = identity(place, &cluster, (&key, Says::of(provider.as_ref())))?;
    let mut watched = place.template(Stack::Observability, "alarms, who hears of them, and the dashboard")?;
    let names = entry::names(place, &mut watched)?;
    observability::expand(place, &mut watched, &names, &key)?;
    let before = [(Stack::Network, network), (Stack::Cluster, cluster)];
    let identity = identity.map(|identity| (Stack::Identity, identity));
    let all = before.into_iter().chain(identity);
    Ok(all.chain([(Stack::Observability, watched)]).collect())
}

/// What pods may do on AWS, if there is something that they need of it: CloudFormation takes no stack of nothing.
fn identity(
    place: Place<'_>,
    cluster: &Template,
    (key, says): (&Handle<kms::Key>, Says<'_>),
) -> Result<Option<Template>, template::Error> {
    let (operates, verifies) = (place.system.node_group().is_some(), place.system.checks_signatures());
    if place.system.secrets().next().is_none() && !operates && !verifies {
        return Ok(None);
    }
    let mut identity = place.template(Stack::Identity, "what pods may do on AWS, and their secrets")?;
    // It names the cluster, which has a name, so that nothing has to be exported but who signs for it.
    identity.follow(cluster.stack());
    identity::expand(place, &mut identity, (key, says))?;
    if operates {
        controller::expand(place, &mut identity, says)?;
    }
    if verifies {
        verifier::expand(place, &mut identity, says)?;
    }
    Ok(Some(identity))
}

/// The groups on the path of a request, where the machines are a group: the controller of the cluster makes none and changes
/// none. EKS's own does both. It gives that of the machines.
fn doors(
    place: Place<'_>,
    network: &mut Template,
    parts: &Parts,
) -> Result<Option<Handle<ec2::SecurityGroup>>, template::Error> {
    if place.system.node_group().is_none() {
        return Ok(None);
    }
    let (balancer, machines) = groups::expand(place, network, parts)?;
    network.output(
        BALANCER_GROUP,
        "The security group of the load balancer.",
        balancer.id().text(),
    )?;
    Ok(Some(machines))
}

/// The ARN of the cluster, for what is only for it.
fn arn(place: Place<'_>) -> Value<String> {
    let arn = "arn:${AWS::Partition}:eks:${AWS::Region}:${AWS::AccountId}:cluster/${cluster}";
    sub(arn, &[("cluster", &place.prefix())])
}
