//! Networks: who reaches whom.

use serde_json::{Value as Json, json};
use synth::model::{Cidr, Egress, Network, Zones};

use super::{Out, S0, items, with_prod};

const PROD: &str = "prod/network";

fn refs(ids: &[&str]) -> Json {
    ids.iter().map(|id| json!({ "Ref": id })).collect()
}

#[test]
fn s0_24_the_load_balancer_stands_in_public_subnets_only() {
    let subnets = refs(&["PublicASubnet", "PublicBSubnet", "PublicCSubnet"]);
    assert_eq!(S0.of(PROD, "LoadBalancer")["Subnets"], subnets);
}

#[test]
fn s0_24_tasks_stand_in_private_subnets_only_and_have_no_public_address() {
    let place = S0.at("prod/service", "Service", "/NetworkConfiguration/AwsvpcConfiguration");
    let private = ["A", "B", "C"]
        .map(|zone| json!({ "Fn::ImportValue": format!("predict-api-prod-network-Private{zone}Subnet") }));
    assert_eq!(place["Subnets"], json!(private));
    assert_eq!(place["AssignPublicIp"], "DISABLED");
}

#[test]
fn s0_24_private_subnets_have_no_way_in() {
    let out = |id: &str| S0.of(PROD, id)["GatewayId"].clone();
    assert_eq!(
        ["PrivateARoute", "PrivateBRoute", "PrivateCRoute"].map(out),
        [Json::Null, Json::Null, Json::Null]
    );
}

#[test]
fn s0_37_subnets_of_two_zones_or_more_do_not_overlap() {
    let blocks: Vec<_> = S0
        .all(PROD, "AWS::EC2::Subnet")
        .iter()
        .map(|subnet| range(&subnet["CidrBlock"]))
        .collect();
    let overlap = |a: &(u32, u32), b: &(u32, u32)| a.0 < b.1 && b.0 < a.1;
    let pairs = blocks
        .iter()
        .enumerate()
        .flat_map(|(index, a)| blocks[..index].iter().map(move |b| (a, b)));
    assert_eq!(blocks.len(), 6);
    assert_eq!(pairs.filter(|(a, b)| overlap(a, b)).count(), 0);
}

#[test]
fn s0_37_subnets_lie_inside_their_network() {
    let network = range(&S0.of(PROD, "Vpc")["CidrBlock"]);
    let subnets = S0.all(PROD, "AWS::EC2::Subnet");
    let inside = subnets
        .iter()
        .map(|subnet| range(&subnet["CidrBlock"]))
        .all(|(from, to)| network.0 <= from && to <= network.1);
    assert!(inside);
}

/// The addresses of a block, from the first to the one after the last.
fn range(block: &Json) -> (u32, u32) {
    let (address, bits) = block.as_str().unwrap().split_once('/').unwrap();
    let first = u32::from(address.parse::<std::net::Ipv4Addr>().unwrap());
    (first, first + (1 << (32 - bits.parse::<u32>().unwrap())))
}

#[test]
fn s0_24_only_the_load_balancer_reaches_the_tasks_and_only_on_their_port() {
    let ingress = items(S0.at(PROD, "ServiceSecurityGroup", "/SecurityGroupIngress"));
    assert_eq!(ingress.len(), 1);
    assert_eq!(
        ingress[0]["SourceSecurityGroupId"],
        json!({ "Ref": "LoadBalancerSecurityGroup" })
    );
    assert_eq!(
        (&ingress[0]["FromPort"], &ingress[0]["ToPort"]),
        (&json!(8000), &json!(8000))
    );
}

#[test]
fn s0_24_tasks_call_out_by_https_only() {
    let egress = items(S0.at(PROD, "ServiceSecurityGroup", "/SecurityGroupEgress"));
    let ports: Vec<_> = egress.iter().map(|rule| (&rule["FromPort"], &rule["ToPort"])).collect();
    assert_eq!(ports, [(&json!(443), &json!(443))]);
}

#[test]
fn s0_24_the_load_balancer_reaches_the_tasks_port_only() {
    let egress = items(S0.at(PROD, "LoadBalancerSecurityGroup", "/SecurityGroupEgress"));
    let ports: Vec<_> = egress.iter().map(|rule| (&rule["FromPort"], &rule["ToPort"])).collect();
    assert_eq!(ports, [(&json!(8000), &json!(8000))]);
}

#[test]
fn the_networks_traffic_is_logged() {
    assert_eq!(S0.of(PROD, "FlowLog")["TrafficType"], "ALL");
}

#[test]
fn environments_can_be_peered() {
    let block = |template| S0.of(template, "Vpc")["CidrBlock"].clone();
    assert_ne!(block("dev/network"), block(PROD));
}

fn egress(egress: Egress) -> Out {
    let (cidr, zones) = (Cidr::ten(20), Zones::Two);
    with_prod(|prod| *prod.network_mut() = Network { cidr, zones, egress })
}

fn ways_out(out: &Out) -> Vec<&Json> {
    let routes = out.all(PROD, "AWS::EC2::Route").into_iter();
    routes
        .filter(|route| route.get("NatGatewayId").is_some())
        .map(|route| &route["NatGatewayId"]["Ref"])
        .collect()
}

#[test]
fn a_nat_in_each_zone_serves_its_own() {
    assert_eq!(ways_out(&egress(Egress::NatPerZone)), ["NatAGateway", "NatBGateway"]);
}

#[test]
fn one_nat_serves_all_zones() {
    let out = egress(Egress::OneNat);
    assert_eq!(ways_out(&out), ["NatAGateway", "NatAGateway"]);
    assert_eq!(out.all(PROD, "AWS::EC2::NatGateway").len(), 1);
}

#[test]
fn without_nat_endpoints_serve_the_registry_the_logs_and_s3() {
    let out = egress(Egress::Endpoints);
    let services = out
        .all(PROD, "AWS::EC2::VPCEndpoint")
        .into_iter()
        .map(|endpoint| endpoint["ServiceName"]["Fn::Sub"].as_str().unwrap());
    let services: Vec<_> = services
        .map(|name| name.trim_start_matches("com.amazonaws.${AWS::Region}."))
        .collect();
    assert_eq!(services, ["s3", "ecr.api", "ecr.dkr", "logs"]);
    assert_eq!(ways_out(&out).len(), 0);
}

#[test]
fn endpoints_answer_under_awss_names_to_the_network_only() {
    let out = egress(Egress::Endpoints);
    let interfaces = out
        .all(PROD, "AWS::EC2::VPCEndpoint")
        .into_iter()
        .filter(|endpoint| endpoint["VpcEndpointType"] == "Interface");
    assert!(
        interfaces
            .into_iter()
            .all(|endpoint| endpoint["PrivateDnsEnabled"] == true)
    );
    let ingress = items(out.at(PROD, "EndpointsSecurityGroup", "/SecurityGroupIngress"));
    assert_eq!(
        (&ingress[0]["CidrIp"], &ingress[0]["FromPort"]),
        (&json!("10.20.0.0/16"), &json!(443))
    );
}

#[test]
fn names_of_aws_resolve_inside() {
    let vpc = S0.of(PROD, "Vpc");
    assert_eq!(
        (&vpc["EnableDnsSupport"], &vpc["EnableDnsHostnames"]),
        (&json!(true), &json!(true))
    );
}
