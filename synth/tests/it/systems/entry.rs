//! The way in: the load balancer, its listeners and logs, and the firewall before it.

use serde_json::{Value as Json, json};

use super::{S0, S2, attribute, items};

const PROD: &str = "prod/network";

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
