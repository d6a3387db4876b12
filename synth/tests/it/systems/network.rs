//! Networks: who reaches whom.

use serde_json::{Value as Json, json};
use synth::model::{Cidr, Egress, Network, Zones};

use super::{Out, S0, S2, attribute, items, with_prod};

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
fn s0_24_the_world_reaches_the_load_balancer_on_80_and_443_only() {
    let open = S0
        .all(PROD, "AWS::EC2::SecurityGroup")
        .into_iter()
        .flat_map(|group| items(&group["SecurityGroupIngress"]));
    let open = open.filter(|rule| rule["CidrIp"] == "0.0.0.0/0");
    assert_eq!(
        open.map(|rule| rule["FromPort"].as_u64().unwrap()).collect::<Vec<_>>(),
        [443, 80]
    );
}

#[test]
fn s0_46_http_is_only_redirected() {
    let actions = S0.at("prod/service", "HttpListener", "/DefaultActions");
    let redirect = json!({ "Port": "443", "Protocol": "HTTPS", "StatusCode": "HTTP_301" });
    assert_eq!(actions, &json!([{ "RedirectConfig": redirect, "Type": "redirect" }]));
}

#[test]
fn s0_46_https_has_a_certificate_and_a_modern_policy() {
    let listener = S0.of("prod/service", "HttpsListener");
    assert_eq!(
        listener["Certificates"],
        json!([{ "CertificateArn": { "Ref": "CertificateArn" } }])
    );
    assert_eq!(listener["SslPolicy"], "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09");
    assert_eq!(
        (&listener["Port"], &listener["Protocol"]),
        (&json!(443), &json!("HTTPS"))
    );
}

#[test]
fn s0_46_the_service_answers_behind_https() {
    let rule = &S0.of("prod/service", "ListenerRule")["ListenerArn"];
    assert_eq!(rule, &json!({ "Ref": "HttpsListener" }));
}

fn balancer(key: &str) -> Json {
    attribute(S0.at(PROD, "LoadBalancer", "/LoadBalancerAttributes"), key).clone()
}

#[test]
fn the_load_balancer_drops_headers_that_are_none() {
    assert_eq!(balancer("routing.http.drop_invalid_header_fields.enabled"), "true");
}

#[test]
fn prods_load_balancer_cannot_be_deleted_by_accident() {
    let protection = json!({ "Ref": "DeletionProtection" });
    assert_eq!(balancer("deletion_protection.enabled"), protection);
}

/// What deploys a stack that is there says true; see `deploy-stacks.sh`.
#[test]
fn nothing_is_protected_while_its_stack_may_still_be_rolled_back() {
    for template in [&S0, &S2].iter().flat_map(|out| out.templates.values()) {
        let text = template.to_string();
        let literal = [
            r#""DeletionProtection":true"#,
            r#""deletion_protection.enabled","Value":"true""#,
        ];
        assert!(!literal.iter().any(|protected| text.contains(protected)), "{text}");
        let parameter = &template["Parameters"]["DeletionProtection"];
        assert!(parameter.is_null() || parameter["Default"] == "false", "{parameter}");
    }
}

#[test]
fn the_load_balancer_logs_what_it_answers_once_it_may() {
    assert_eq!(balancer("access_logs.s3.bucket"), json!({ "Ref": "AccessLogsBucket" }));
    assert_eq!(
        S0.resource(PROD, "LoadBalancer")["DependsOn"][0],
        "AccessLogsBucketPolicy"
    );
}

#[test]
fn access_logs_are_encrypted_as_load_balancers_can() {
    let rule = S0.at(
        PROD,
        "AccessLogsBucket",
        "/BucketEncryption/ServerSideEncryptionConfiguration/0",
    );
    assert_eq!(rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"], "AES256");
}

#[test]
fn buckets_are_closed_to_the_public() {
    let block = S0
        .at(PROD, "AccessLogsBucket", "/PublicAccessBlockConfiguration")
        .as_object()
        .unwrap();
    assert_eq!((block.len(), block.values().all(|value| value == true)), (4, true));
}

#[test]
fn figures_are_for_inside_and_everything_else_goes_to_the_service() {
    let path = "/Conditions/0/PathPatternConfig/Values";
    let rule = |id| {
        (
            S0.at("prod/service", id, path).clone(),
            S0.of("prod/service", id)["Priority"].clone(),
        )
    };
    assert_eq!(rule("HiddenListenerRule"), (json!(["/metrics"]), json!(1)));
    assert_eq!(rule("ListenerRule"), (json!(["/*"]), json!(2)));
    let answer = S0.at(
        "prod/service",
        "HiddenListenerRule",
        "/Actions/0/FixedResponseConfig/StatusCode",
    );
    assert_eq!(answer, "404");
}

#[test]
fn a_firewall_stands_before_prod_only() {
    let count = |template| S0.all(template, "AWS::WAFv2::WebACLAssociation").len();
    assert_eq!((count("dev/network"), count(PROD)), (0, 1));
}

/// A batch of instances is larger than what AWS's rule lets through.
#[test]
fn the_firewall_lets_large_bodies_through_to_the_limits_of_the_service() {
    let rules = items(&S0.of("prod/network", "Firewall")["Rules"]);
    let overrides = rules
        .iter()
        .map(|rule| &rule["Statement"]["ManagedRuleGroupStatement"]["RuleActionOverrides"]);
    let overrides: Vec<_> = overrides.filter(|overrides| !overrides.is_null()).collect();
    assert_eq!(
        overrides,
        [&json!([{ "ActionToUse": { "Count": {} }, "Name": "SizeRestrictions_BODY" }])]
    );
}

/// The load balancer writes a test object into it before the stack is there, so that a rollback could not delete it.
#[test]
fn a_failed_first_deployment_does_not_try_to_delete_the_bucket_of_access_logs() {
    for environment in ["dev", "prod"] {
        let bucket = S0.resource(&format!("{environment}/network"), "AccessLogsBucket");
        assert_eq!(
            (&bucket["DeletionPolicy"], &bucket["UpdateReplacePolicy"]),
            (&json!("Retain"), &json!("Retain"))
        );
    }
}

#[test]
fn the_firewall_writes_to_a_log_that_it_may_write_to() {
    let name = S0.of(PROD, "FirewallLogGroup")["LogGroupName"].as_str().unwrap();
    assert!(name.starts_with("aws-waf-logs-"), "{name}");
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
