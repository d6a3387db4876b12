use super::facts::{Output, placeholders};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::Object;
use crate::read::template::function;

pub(super) const RULE: Rule = Rule {
    name: "mismatched-output",
    why: "An annotation that wants the ARN of a firewall takes any text, and so does the placeholder of an output. \
          With an output of something else, the controller refuses the Ingress after the release.",
    link: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/",
    level: Level::Error,
    family: Family::Across,
    example: r"
--- # network.template.yaml
Resources:
  Firewall:
    Type: AWS::WAFv2::WebACL
    Properties:
      Name: shop
      Scope: REGIONAL
      DefaultAction: {Allow: {}}
      VisibilityConfig: {CloudWatchMetricsEnabled: true, MetricName: shop, SampledRequestsEnabled: true}
Outputs:
  FirewallArn: {Value: !Ref Firewall}
--- # web.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations: {alb.ingress.kubernetes.io/wafv2-acl-arn: '${network.FirewallArn}'}
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
",
    instead: r"
--- # network.template.yaml
Resources:
  Firewall:
    Type: AWS::WAFv2::WebACL
    Properties:
      Name: shop
      Scope: REGIONAL
      DefaultAction: {Allow: {}}
      VisibilityConfig: {CloudWatchMetricsEnabled: true, MetricName: shop, SampledRequestsEnabled: true}
Outputs:
  FirewallArn: {Value: !GetAtt Firewall.Arn}
--- # web.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations: {alb.ingress.kubernetes.io/wafv2-acl-arn: '${network.FirewallArn}'}
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
",
    check,
};

/// What a place of a manifest wants: a type of resource, and the attribute of it; without one, what `Ref` gives.
#[derive(Debug, Clone, Copy)]
struct Want {
    kind: &'static str,
    attribute: Option<&'static str>,
}

const fn want(kind: &'static str, attribute: Option<&'static str>) -> Want {
    Want { kind, attribute }
}

/// What annotations want, by how they end.
const ANNOTATIONS: [(&str, Want); 4] = [
    ("eks.amazonaws.com/role-arn", want("AWS::IAM::Role", Some("Arn"))),
    (
        "alb.ingress.kubernetes.io/certificate-arn",
        want("AWS::CertificateManager::Certificate", None),
    ),
    ("alb.ingress.kubernetes.io/subnets", want("AWS::EC2::Subnet", None)),
    (
        "alb.ingress.kubernetes.io/wafv2-acl-arn",
        want("AWS::WAFv2::WebACL", Some("Arn")),
    ),
];

const ATTRIBUTES: &str = "alb.ingress.kubernetes.io/load-balancer-attributes";

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for object in set.manifests.all() {
        for (node, text, want) in wanted(object) {
            for placeholder in placeholders(node, text) {
                if let Some(output) = placeholder.filled(set) {
                    judge(node, &output, want, report);
                }
            }
        }
    }
}

/// The places of an object that want something of a type, each with the part of its text that does.
fn wanted<'a>(object: &Object<'a>) -> Vec<(&'a Node, &'a str, Want)> {
    let mut found = Vec::new();
    let annotations = object.dig(&["metadata", "annotations"]);
    for (key, want) in ANNOTATIONS {
        if let Some(node) = annotations.and_then(|all| all.get(key)) {
            found.push((node, node.text().unwrap_or_default(), want));
        }
    }
    if let Some(node) = annotations.and_then(|all| all.get(ATTRIBUTES)) {
        let pairs = node
            .text()
            .unwrap_or_default()
            .split(',')
            .filter_map(|pair| pair.split_once('='));
        let buckets = pairs.filter(|(key, _)| key.trim() == "access_logs.s3.bucket");
        found.extend(buckets.map(|(_, value)| (node, value, want("AWS::S3::Bucket", None))));
    }
    let spec = |kind: &str, key: &str| object.node.get("spec")?.get(key).filter(|_| object.kind == kind);
    if let Some(node) = spec("TargetGroupBinding", "targetGroupARN") {
        let want = want("AWS::ElasticLoadBalancingV2::TargetGroup", None);
        found.push((node, node.text().unwrap_or_default(), want));
    }
    let certificates = spec("IngressClassParams", "certificateARNs").and_then(Node::list);
    for node in certificates.unwrap_or_default() {
        let want = want("AWS::CertificateManager::Certificate", None);
        found.push((node, node.text().unwrap_or_default(), want));
    }
    found
}

fn judge<'a>(node: &'a Node, output: &Output<'_, 'a>, want: Want, report: &mut Report<'a>) {
    let Some(value) = output.entry.value.get("Value") else {
        return;
    };
    // What is put together of texts may be anything.
    let target =
        function::target(value).and_then(|(name, attribute)| Some((output.template.resource(name)?, attribute)));
    let Some((resource, attribute)) = target else { return };
    let right = resource.kind == want.kind && (attribute == want.attribute || same(want.kind, attribute));
    if right || !resource.kind.starts_with("AWS::") || resource.kind.ends_with("::MODULE") {
        return;
    }
    let name = &output.entry.key;
    let message = if resource.kind == want.kind {
        let gives = attribute.map_or_else(|| "what `Ref` gives".to_owned(), |attribute| format!("`{attribute}`"));
        format!("`{name}` is {gives} of {}, and an ARN is wanted", resource.kind)
    } else {
        format!("`{name}` is of {}, and {} is wanted", resource.kind, want.kind)
    };
    let draft = report.value(node, message);
    draft.also(value, format!("the output `{name}`"));
    match want.attribute.filter(|_| resource.kind == want.kind) {
        Some(attribute) => draft.help(format!("make the output `Fn::GetAtt: [{}, {attribute}]`", resource.id)),
        None => draft.help(format!("name an output of {}", want.kind)),
    }
}

/// Whether an attribute is the same as what `Ref` gives.
fn same(kind: &str, attribute: Option<&str>) -> bool {
    match kind {
        "AWS::EC2::Subnet" => attribute == Some("SubnetId"),
        "AWS::ElasticLoadBalancingV2::TargetGroup" => attribute == Some("TargetGroupArn"),
        "AWS::CertificateManager::Certificate" => attribute == Some("CertificateArn"),
        _ => false,
    }
}
