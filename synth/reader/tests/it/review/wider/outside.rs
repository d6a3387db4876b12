//! What is reached from outside.

use insta::assert_snapshot;

use super::{changed, wider};

#[test]
fn a_service_that_reaches_further_is_told() {
    let told = |old: &str, new: &str| {
        changed(
            "v1",
            "Service",
            &format!("spec: {{{old}ports: [{{port: 80}}]}}"),
            &format!("spec: {{{new}ports: [{{port: 80}}]}}"),
        )
    };
    assert_snapshot!(told("", "type: LoadBalancer, "), @"wider shop/x (public exposure): it has a balancer that the internet reaches");
    assert_snapshot!(told("", "type: NodePort, "), @"wider shop/x (network): it has a port of every node");
    assert_snapshot!(told("type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8], ", "type: LoadBalancer, "), @"wider shop/x (public exposure): every address may come in");
    assert_snapshot!(told("type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8], ", "type: LoadBalancer, loadBalancerSourceRanges: [10.1.0.0/16], "), @"");
    assert_snapshot!(told("type: LoadBalancer, ", "type: ClusterIP, "), @"");
}

#[test]
fn a_host_or_path_more_is_told() {
    let told = |old: &str, new: &str| {
        let of = |paths: &str| format!("spec: {{rules: [{paths}]}}");
        changed("networking.k8s.io/v1", "Ingress", &of(old), &of(new))
    };
    let one = "{host: a.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: a, port: {number: 80}}}}]}}";
    assert_snapshot!(told(one, &one.replace("a.example", "'*.example'")), @"wider shop/x (public exposure): it serves *.example/");
    assert_snapshot!(told(one, &one.replace("host: a.example, ", "")), @"wider shop/x (public exposure): it serves / of every host");
    assert_snapshot!(told(one, &one.replace("number: 80", "number: 81")), @"");
    assert_snapshot!(told(&one.replace("host: a.example, ", ""), one), @"");
    assert_snapshot!(told(one, &one.replace("path: /,", "path: /b,")), @"");
    assert_snapshot!(told(&one.replace("path: /,", "path: /b,"), one), @"wider shop/x (public exposure): it serves a.example/");
    assert_snapshot!(told(&one.replace("path: /,", "path: /b,"), &one.replace("path: /,", "path: /bc,")), @"wider shop/x (public exposure): it serves a.example/bc");
}

#[test]
fn annotations_that_closed_an_ingress_are_told() {
    let of = |annotations: &str| {
        format!(
            "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: x, annotations: {{{annotations}}}}}\nspec: {{}}\n"
        )
    };
    assert_snapshot!(wider(&of("alb.ingress.kubernetes.io/scheme: internal, alb.ingress.kubernetes.io/wafv2-acl-arn: a"), &of("alb.ingress.kubernetes.io/scheme: internet-facing")), @"
    wider x (public exposure): its balancer is reached from the internet
    wider x (hardening): alb.ingress.kubernetes.io/wafv2-acl-arn is gone: no firewall looks at requests any more
    ");
    assert_snapshot!(wider(&of("alb.ingress.kubernetes.io/scheme: internet-facing"), &of("alb.ingress.kubernetes.io/scheme: internal")), @"");
}

#[test]
fn a_balancer_that_is_inside_is_not_public() {
    let of = |lines: &str| {
        format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: x, annotations: {{service.beta.kubernetes.io/aws-load-balancer-scheme: {lines}, ports: [{{port: 80}}]}}\n"
        )
    };
    assert_snapshot!(wider("", &of("internal}}\nspec: {type: LoadBalancer")), @"wider x (network): it has a balancer inside of the network");
    assert_snapshot!(wider("", &of("internet-facing}}\nspec: {type: LoadBalancer, loadBalancerClass: eks.amazonaws.com/nlb")), @"wider x (public exposure): it has a balancer that the internet reaches");
    assert_snapshot!(wider("", &of("''}}\nspec: {type: LoadBalancer, loadBalancerClass: eks.amazonaws.com/nlb")), @"wider x (network): it has a balancer inside of the network");
}

#[test]
fn ports_sources_and_addresses_more_are_told() {
    let told = |old: &str, new: &str| {
        changed(
            "v1",
            "Service",
            &format!("spec: {{{old}}}"),
            &format!("spec: {{{new}}}"),
        )
    };
    assert_snapshot!(told("type: NodePort, ports: [{port: 80}]", "type: NodePort, ports: [{port: 80}, {port: 81}]"), @"wider shop/x (network): + port 81 outside of the cluster");
    assert_snapshot!(told("ports: [{port: 80}]", "ports: [{port: 80}, {port: 81}]"), @"");
    assert_snapshot!(told("type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8]", "type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8, 11.0.0.0/8]"), @"wider shop/x (public exposure): + 11.0.0.0/8");
    assert_snapshot!(told("externalIPs: [10.0.0.1]", "externalIPs: [10.0.0.1, 10.0.0.2]"), @"wider shop/x (network): it answers at 10.0.0.2");
}

#[test]
fn a_name_more_of_a_route_is_told() {
    let told = |old: &str, new: &str| {
        let of = |hosts: &str| format!("spec: {{hostnames: [{hosts}]}}");
        changed("gateway.networking.k8s.io/v1", "HTTPRoute", &of(old), &of(new))
    };
    assert_snapshot!(told("a.example", "a.example, b.example"), @"wider shop/x (public exposure): it serves b.example/");
    assert_snapshot!(told("'*.example'", "a.example"), @"");
}
