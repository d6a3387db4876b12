//! S1 on machines of a group instead of Auto Mode: what differs.

use serde_json::{Value as Json, json};
use synth::model::{Capacity, Digest, Kubernetes, Machine, NodeGroup, Nodes, Operator, Pin, Platform, System};
use synth::systems::predictor;

use super::{ON_MACHINES, Out, items, out};
use crate::alone;

/// S1 with another platform.
pub(super) fn on_machines() -> System {
    on(six())
}

/// As many as S1's pods need.
pub(super) fn six() -> NodeGroup {
    NodeGroup::of(Machine::M7iLarge, synth::machines!(2, 6, 8))
}

pub(super) fn pin() -> Pin {
    Pin::new(Operator::LoadBalancers, digest('c'), digest('1'))
}

fn on(group: NodeGroup) -> System {
    System {
        platform: Platform::Kubernetes(Kubernetes::eks().on(group, [pin()])),
        ..predictor()
    }
}

pub(super) fn digest(letter: char) -> Digest {
    Digest::new(&format!("sha256:{}", letter.to_string().repeat(64)))
}

/// The values that an add-on is given.
fn values(out: &Out, id: &str) -> Json {
    let text = out.at("prod/cluster", id, "/ConfigurationValues").as_str().unwrap();
    serde_json::from_str(text).unwrap()
}

/// The statements of the only policy of a role, by their names.
fn statement<'a>(out: &'a Out, (template, role): (&str, &str), name: &str) -> &'a Json {
    let statements = items(out.at(template, role, "/Policies/0/PolicyDocument/Statement")).iter();
    let mut found = statements.filter(|statement| statement["Sid"] == name);
    found.next().unwrap_or_else(|| panic!("{role} has no statement {name}"))
}

#[test]
fn the_checks_say_nothing_of_it() {
    assert_eq!(ON_MACHINES.rendered.findings, Vec::new());
}

#[test]
fn the_cluster_has_nothing_of_auto_mode() {
    let cluster = ON_MACHINES.of("prod/cluster", "Cluster");
    for switch in ["ComputeConfig", "StorageConfig", "KubernetesNetworkConfig"] {
        assert_eq!(cluster.get(switch), None, "{switch}");
    }
    assert_eq!(
        ON_MACHINES.at("prod/cluster", "ClusterRole", "/ManagedPolicyArns"),
        &json!([{ "Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/AmazonEKSClusterPolicy" }])
    );
}

#[test]
fn machines_stand_in_private_subnets_as_many_as_the_model_says() {
    let group = ON_MACHINES.of("prod/cluster", "NodeGroup");
    assert_eq!(
        group["ScalingConfig"],
        json!({ "DesiredSize": 6, "MaxSize": 8, "MinSize": 2 })
    );
    assert_eq!(group["UpdateConfig"], json!({ "MaxUnavailable": 1 }));
    assert_eq!(
        (&group["AmiType"], &group["Version"]),
        (&json!("AL2023_x86_64_STANDARD"), &json!("1.36"))
    );
    assert_eq!(group.get("RemoteAccess"), None);
    let subnets = items(&group["Subnets"])
        .iter()
        .map(|subnet| subnet["Fn::ImportValue"].as_str().unwrap());
    assert!(subnets.clone().count() == 3 && subnets.clone().all(|name| name.contains("-Private")));
}

#[test]
fn the_image_is_of_the_architecture_of_the_machine() {
    let arm = out(&on(NodeGroup::of(Machine::M7gLarge, synth::machines!(2, 6, 8))));
    assert_eq!(
        arm.at("prod/cluster", "NodeGroup", "/AmiType"),
        "AL2023_ARM_64_STANDARD"
    );
}

#[test]
fn the_role_of_a_machine_is_out_of_reach_for_its_pods() {
    let data = ON_MACHINES.at("prod/cluster", "NodeLaunchTemplate", "/LaunchTemplateData");
    assert_eq!(
        data["MetadataOptions"],
        json!({ "HttpEndpoint": "enabled", "HttpPutResponseHopLimit": 1, "HttpTokens": "required" })
    );
    assert_eq!(data.get("KeyName"), None);
}

#[test]
fn disks_are_encrypted_with_the_key_of_the_environment_which_lets_them() {
    let disk = ON_MACHINES.at(
        "prod/cluster",
        "NodeLaunchTemplate",
        "/LaunchTemplateData/BlockDeviceMappings/0/Ebs",
    );
    assert_eq!(disk["Encrypted"], true);
    assert_eq!(
        disk["KmsKeyId"],
        json!({ "Fn::ImportValue": "predictor-prod-network-EnvironmentKeyArn" })
    );
    let policy = items(ON_MACHINES.at("prod/network", "EnvironmentKey", "/KeyPolicy/Statement")).iter();
    let grants = policy.filter(|statement| statement["Action"] == "kms:CreateGrant");
    let conditions: Vec<_> = grants.map(|statement| &statement["Condition"]).collect();
    assert_eq!(
        conditions,
        [&json!({ "Bool": { "kms:GrantIsForAWSResource": "true" } })]
    );
}

#[test]
fn what_runs_on_each_machine_comes_before_the_machines_and_the_rest_after_them() {
    let after = |id: &str| ON_MACHINES.resource("prod/cluster", id)["DependsOn"].clone();
    assert_eq!(
        after("NodeGroup"),
        json!(["PodIdentityAddon", "PodNetworkAddon", "ServicesAddon"])
    );
    for addon in ["NamesAddon", "MetricsServerAddon", "InsightsAddon"] {
        assert_eq!(after(addon), "NodeGroup", "{addon}");
    }
}

#[test]
fn every_add_on_has_a_version() {
    let addons = ON_MACHINES.all("prod/cluster", "AWS::EKS::Addon");
    let mut names: Vec<_> = addons
        .iter()
        .map(|addon| addon["AddonName"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    insta::assert_snapshot!(names.join("\n"), @r"
    amazon-cloudwatch-observability
    coredns
    eks-pod-identity-agent
    kube-proxy
    metrics-server
    vpc-cni
    ");
    assert!(
        addons
            .iter()
            .all(|addon| addon["AddonVersion"].as_str().unwrap().contains("-eksbuild."))
    );
}

#[test]
fn policies_of_the_network_hold() {
    let values = values(&ON_MACHINES, "PodNetworkAddon");
    assert_eq!(values["enableNetworkPolicy"], "true");
    assert_eq!(values["env"]["NETWORK_POLICY_ENFORCING_MODE"], "standard");
}

#[test]
fn a_machine_may_not_touch_interfaces_and_the_network_plug_in_only_those_of_the_environment() {
    let node = ON_MACHINES.of("prod/cluster", "NodeRole").to_string();
    assert!(!node.contains("NetworkInterface") && !node.contains("CNI"), "{node}");
    let ours =
        json!({ "StringEquals": { "aws:ResourceTag/system": "predictor", "aws:ResourceTag/environment": "prod" } });
    assert_eq!(
        statement(&ON_MACHINES, ("prod/cluster", "PodNetworkRole"), "Move")["Condition"],
        ours
    );
    let tags = values(&ON_MACHINES, "PodNetworkAddon")["env"]["ADDITIONAL_ENI_TAGS"].clone();
    let tags: Json = serde_json::from_str(tags.as_str().unwrap()).unwrap();
    assert_eq!(tags, json!({ "system": "predictor", "environment": "prod" }));
}

#[test]
fn the_controller_reaches_one_load_balancer_and_what_has_the_tags_of_the_environment() {
    let role = ("prod/identity", "ControllerRole");
    let on = statement(&ON_MACHINES, role, "Balance")["Resource"].to_string();
    assert!(
        on.contains("loadbalancer/app/predictor-prod/*") && !on.contains("\"*\""),
        "{on}"
    );
    let ours =
        json!({ "StringEquals": { "aws:ResourceTag/system": "predictor", "aws:ResourceTag/environment": "prod" } });
    assert_eq!(statement(&ON_MACHINES, role, "OwnTargets")["Condition"], ours);
    let all = ON_MACHINES.at(role.0, role.1, "/Policies/0/PolicyDocument").to_string();
    for never in ["SecurityGroupIngress", "CreateSecurityGroup", "iam:", "acm:", "shield:"] {
        assert!(!all.contains(never), "{never}");
    }
}

#[test]
fn what_runs_for_others_has_a_boundary_of_its_own() {
    let roles = [("prod/identity", "ControllerRole"), ("prod/cluster", "PodNetworkRole")];
    for (template, role) in roles {
        let boundary = ON_MACHINES.at(template, role, "/PermissionsBoundary").to_string();
        assert!(
            boundary.contains("policy/predictor-prod-operators-boundary"),
            "{boundary}"
        );
    }
    assert!(ON_MACHINES.templates["prod/bootstrap"]["Resources"]["OperatorsBoundary"].is_object());
}

#[test]
fn the_load_balancer_has_the_name_and_the_group_that_rights_and_machines_know() {
    let parameters = ON_MACHINES.object("prod", "IngressClassParams", "predictor-alb");
    assert_eq!(parameters["apiVersion"], "elbv2.k8s.aws/v1beta1");
    assert_eq!(parameters["spec"]["loadBalancerName"], "predictor-prod");
    let class = ON_MACHINES.object("prod", "IngressClass", "predictor-alb");
    assert_eq!(class["spec"]["controller"], "ingress.k8s.aws/alb");
    let ingress = ON_MACHINES.object("prod", "Ingress", "predictor");
    assert_eq!(
        ingress["metadata"]["annotations"]["alb.ingress.kubernetes.io/security-groups"],
        "${network.LoadBalancerSecurityGroupId}"
    );
    assert!(ON_MACHINES.templates["prod/network"]["Outputs"]["LoadBalancerSecurityGroupId"].is_object());
    let door = ON_MACHINES.at("prod/network", "ServiceSecurityGroup", "/SecurityGroupIngress/0");
    assert_eq!(
        (&door["FromPort"], &door["SourceSecurityGroupId"]),
        (&json!(8000), &json!({ "Ref": "LoadBalancerSecurityGroup" }))
    );
}

#[test]
fn pods_wait_for_the_load_balancer_that_the_controller_makes() {
    let labels = ON_MACHINES.object("prod", "Namespace", "predictor")["metadata"]["labels"].clone();
    assert_eq!(labels["elbv2.k8s.aws/pod-readiness-gate-inject"], "enabled");
    assert_eq!(labels.get("eks.amazonaws.com/pod-readiness-gate-inject"), None);
}

#[test]
fn pods_ask_for_names_and_for_their_identity() {
    let policy = ON_MACHINES.object("prod", "NetworkPolicy", "predictor");
    let out = &policy["spec"]["egress"];
    assert_eq!(
        out[0]["to"][0]["podSelector"]["matchLabels"],
        json!({ "k8s-app": "kube-dns" })
    );
    assert_eq!(out[2]["to"], json!([{ "ipBlock": { "cidr": "169.254.170.23/32" } }]));
}

#[test]
fn machines_that_cannot_hold_the_pods_are_refused() {
    let few = on(NodeGroup::of(Machine::M7iLarge, synth::machines!(1, 2, 8)));
    insta::assert_snapshot!(alone::verdict(few), @"NodeGroup.count: `2 machines with room for 4 pods` are too few for the pods of this environment and the one more that a new version starts; make room for 11 pods with more or larger machines: nothing adds one by itself");
}

#[test]
fn a_long_name_is_cut_to_what_a_load_balancer_may_have() {
    let mut system = on_machines();
    system.name = synth::model::Name::new("a-system-with-a-name");
    system.environments[1].name = synth::model::Name::new("one-that-we-keep");
    let out = out(&system);
    let (name, environment) = ("a-system-with-a-name", "one-that-we-keep");
    let parameters = out.object(environment, "IngressClassParams", &format!("{name}-alb"));
    assert_eq!(
        parameters["spec"]["loadBalancerName"],
        "a-system-with-a-name-on-1975f08d"
    );
}

#[test]
fn auto_mode_stays_what_a_cluster_has_unless_it_is_told_otherwise() {
    let Platform::Kubernetes(Kubernetes { cluster, .. }) = predictor().platform else {
        panic!("S1 runs on a cluster");
    };
    let synth::model::Cluster::Eks(eks) = cluster;
    assert_eq!(eks.nodes, Nodes::Auto);
    assert!(matches!(predictor().environments[0].scale.capacity, Capacity::Fixed(_)));
}
