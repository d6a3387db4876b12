//! What Auto Mode brings by itself, as add-ons: addresses of pods and the policies between them, Services, names, and what
//! pods may do on AWS.

use serde_json::{Map, Value as Json, json};

use super::addons::addon;
use super::identity::{self, Says};
use crate::aws::{eks, iam};
use crate::model::Version;
use crate::resources::place::Place;
use crate::resources::role::Boundary;
use crate::template::{Conditions, Document, Error, Handle, LogicalId, Operator, Statement, Template, Value, sub};

/// Gives pods their addresses, and keeps the policies of the network.
const NETWORK: (&str, &str) = ("vpc-cni", "v1.22.4-eksbuild.3");

/// Gives pods their identities.
const IDENTITY: (&str, &str) = ("eks-pod-identity-agent", "v1.3.10-eksbuild.3");

/// Where the network plug-in runs, and as whom.
const OF_NETWORK: (&str, &str) = ("kube-system", "aws-node");

/// Sends what is for a Service to one of its pods.
fn services(version: Version) -> (&'static str, &'static str) {
    let build = match version {
        Version::V1_35 => "v1.35.3-eksbuild.18",
        Version::V1_36 => "v1.36.0-eksbuild.21",
    };
    ("kube-proxy", build)
}

/// Answers for names. It is a pod like others, so that it needs a machine first.
pub(super) fn names(version: Version) -> (&'static str, &'static str) {
    let build = match version {
        Version::V1_35 => "v1.13.2-eksbuild.21",
        Version::V1_36 => "v1.14.3-eksbuild.16",
    };
    ("coredns", build)
}

/// What runs on each machine: without it none is ready.
pub(super) fn expand(
    place: Place<'_>,
    template: &mut Template,
    version: Version,
    (cluster, says): (&Handle<eks::Cluster>, Says<'_>),
) -> Result<Vec<LogicalId>, Error> {
    // What the plug-in may do stands in a role of its own, so that a pod that gets at its machine's has nothing of it.
    let network = iam::Role {
        permissions_boundary: Some(Boundary::Operators.of(place)),
        ..identity::of_pods(
            place,
            (says, OF_NETWORK),
            "Gives pods their addresses",
            vec![("addresses", addresses(place))],
        )
    };
    let network = template.add(LogicalId::new("pod-network", "Role"), &network)?;
    let network = eks::Addon {
        configuration_values: Some(policies(place).into()),
        ..identity::of_addon(says, (&network, OF_NETWORK.1), addon(NETWORK, cluster))
    };
    let identity = match says {
        Says::Eks => Some(("pod-identity", addon(IDENTITY, cluster))),
        Says::Cluster(_) => None,
    };
    let others = [
        ("pod-network", network),
        ("services", addon(services(version), cluster)),
    ];
    let each = identity
        .into_iter()
        .chain(others)
        .map(|(id, addon)| Ok(template.add(LogicalId::new(id, "Addon"), &addon)?.logical_id()));
    each.collect()
}

/// What AWS's policy for it allows, `AmazonEKS_CNI_Policy`, but of this environment alone: interfaces have its tags, those of
/// machines by the launch template and the others by the settings of the plug-in.
fn addresses(place: Place<'_>) -> Document {
    let looks = [
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeInstances",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeTags",
    ];
    // An interface is made in a subnet, for groups, and with tags: it may be where all that is ours.
    let moves = [
        "ec2:AssignPrivateIpAddresses",
        "ec2:AttachNetworkInterface",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DetachNetworkInterface",
        "ec2:ModifyNetworkInterfaceAttribute",
        "ec2:UnassignPrivateIpAddresses",
    ];
    let all = |kinds: &[&str]| kinds.iter().map(|kind| arn(kind)).collect::<Vec<_>>();
    let makes = ["ec2:CreateNetworkInterface"];
    let grouped = ["ec2:CreateNetworkInterface", "ec2:ModifyNetworkInterfaceAttribute"];
    let of_cluster = Conditions::none().and(
        Operator::StringEquals,
        "aws:ResourceTag/aws:eks:cluster-name",
        place.prefix(),
    );
    let new = place
        .becoming_ours()
        .and(Operator::StringEquals, "ec2:CreateAction", "CreateNetworkInterface");
    Document::new([
        Statement::allow("Look", looks, vec!["*".into()]),
        Statement::allow("Make", makes, all(&["network-interface"])).when(place.becoming_ours()),
        Statement::allow("MakeInCluster", grouped, all(&["security-group"])).when(of_cluster),
        Statement::allow("Tag", ["ec2:CreateTags"], all(&["network-interface"])).when(new),
        Statement::allow(
            "Move",
            moves,
            all(&["instance", "network-interface", "security-group", "subnet"]),
        )
        .when(place.only_ours()),
    ])
}

fn arn(kind: &str) -> Value<String> {
    sub(
        &format!("arn:${{AWS::Partition}}:ec2:${{AWS::Region}}:${{AWS::AccountId}}:{kind}/*"),
        &[],
    )
}

/// That policies of the network hold; and the tags of interfaces
/// (<https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html>,
/// <https://github.com/aws/amazon-vpc-cni-k8s#additional_eni_tags-v160>).
///
/// They hold from the start of a pod where its machine knows them, since another of the same version runs there, and otherwise
/// a second or two later (<https://github.com/aws/aws-network-policy-agent/pull/361>,
/// <https://github.com/aws/aws-network-policy-agent/issues/345>). In the mode `strict` nothing reaches a pod before, nor does
/// it reach anything. It is no choice of this model, since there is no way to it that a cluster is sure to survive:
///
/// - It is one variable of what runs on each machine, for all namespaces
///   (<https://github.com/aws/aws-network-policy-agent/issues/272>). What answers for names is started by this stack, before
///   anybody can apply a policy that lets it, and its settings take none: the stack would never come to be.
/// - Where it is switched on later, each update of the agent that brings other programs keeps every pod that runs on the
///   machine from everything until the agent has read its policies
///   (<https://github.com/aws/aws-network-policy-agent/pull/365>): all add-ons and operators need some. Those that allow
///   everything do not help for certain (<https://github.com/aws/aws-network-policy-agent/issues/288>, open).
/// - A `ClusterNetworkPolicy` may speak for all namespaces, but pods that only it chooses lose their probes in this mode
///   (<https://github.com/aws/aws-network-policy-agent/issues/635>, fixed after version 1.4.0 of the agent).
fn policies(place: Place<'_>) -> String {
    let tags: Map<String, Json> = place
        .tags()
        .map(|(key, value)| (key.to_owned(), value.into()))
        .into_iter()
        .collect();
    json!({
        "enableNetworkPolicy": "true",
        "env": {
            "ADDITIONAL_ENI_TAGS": Json::Object(tags).to_string(),
            "NETWORK_POLICY_ENFORCING_MODE": "standard",
        },
    })
    .to_string()
}
