use super::facts::Names;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::{Object, is_settled};

pub(super) const RULE: Rule = Rule {
    name: "foreign-name",
    why: "Annotations of an Ingress name security groups, subnets, a firewall or a bucket for logs that the \
          templates make. The controller looks for them by these names, and with a slip in one it makes no load \
          balancer.",
    link: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/",
    level: Level::Error,
    family: Family::Across,
    example: r"
--- # network.yaml
Resources:
  Front:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: Front, VpcId: !ImportValue vpc, Tags: [{Key: Name, Value: shop-front}]}
--- # web.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations: {alb.ingress.kubernetes.io/security-groups: shop-frnot}
spec: {ingressClassName: alb, defaultBackend: {service: {name: web, port: {number: 80}}}}
",
    instead: r"
--- # network.yaml
Resources:
  Front:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: Front, VpcId: !ImportValue vpc, Tags: [{Key: Name, Value: shop-front}]}
--- # web.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations: {alb.ingress.kubernetes.io/security-groups: shop-front}
spec: {ingressClassName: alb, defaultBackend: {service: {name: web, port: {number: 80}}}}
",
    check,
};

const ALB: &str = "alb.ingress.kubernetes.io/";

/// What the controller looks for, and what it is called.
struct Thing<'a> {
    names: Names<'a>,
    what: &'static str,
}

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let objects = set.manifests.all().iter();
    let named: Vec<Named<'a>> = objects.flat_map(named).collect();
    let thing = |what: Kind| match what {
        Kind::Subnet => Thing {
            names: Names::tagged(set, "AWS::EC2::Subnet"),
            what: "subnet",
        },
        Kind::Group => Thing {
            names: Names::tagged(set, "AWS::EC2::SecurityGroup"),
            what: "security group",
        },
        Kind::Firewall => Thing {
            names: Names::of(set, "AWS::WAFv2::WebACL", "Name"),
            what: "firewall",
        },
        Kind::Bucket => Thing {
            names: Names::of(set, "AWS::S3::Bucket", "BucketName"),
            what: "bucket",
        },
        Kind::TargetGroup => Thing {
            names: Names::of(set, "AWS::ElasticLoadBalancingV2::TargetGroup", "Name"),
            what: "target group",
        },
    };
    for (kind, at, name) in named {
        let Thing { names, what } = thing(kind);
        if !is_settled(name) || names.has(name) {
            continue;
        }
        if let Some((near, place)) = names.near(name) {
            report
                .value(at, format!("no template makes the {what} `{name}`"))
                .sure(near.sure)
                .also(place, format!("`{}` is here", near.value))
                .help(format!("did you mean `{}`?", near.value));
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Subnet,
    Group,
    Firewall,
    Bucket,
    TargetGroup,
}

/// What an object names of AWS's: of which kind, where, and by which name.
type Named<'a> = (Kind, &'a Node, &'a str);

fn named<'a>(object: &Object<'a>) -> Vec<Named<'a>> {
    let mut found = Vec::new();
    let annotations = object.dig(&["metadata", "annotations"]);
    let annotation = |key: &str| annotations?.get(&format!("{ALB}{key}"));
    let items = |node: &'a Node| node.text().unwrap_or_default().split(',').map(str::trim);
    for (key, kind, id) in [
        ("subnets", Kind::Subnet, "subnet-"),
        ("security-groups", Kind::Group, "sg-"),
    ] {
        if let Some(node) = annotation(key) {
            let names = items(node).filter(|name| !name.starts_with(id));
            found.extend(names.map(|name| (kind, node, name)));
        }
    }
    if let Some(node) = annotation("load-balancer-attributes") {
        let buckets = items(node).filter_map(|pair| pair.strip_prefix("access_logs.s3.bucket="));
        found.extend(buckets.map(|name| (Kind::Bucket, node, name)));
    }
    let target = object.dig(&["spec", "targetGroupARN"]);
    let target = target.filter(|_| object.kind == "TargetGroupBinding");
    for (node, before, kind) in [
        (annotation("wafv2-acl-arn"), "/webacl/", Kind::Firewall),
        (target, ":targetgroup/", Kind::TargetGroup),
    ] {
        let Some(node) = node else { continue };
        let arn = node.text().unwrap_or_default();
        let name = arn.split_once(before).and_then(|(_, rest)| rest.split('/').next());
        found.extend(name.map(|name| (kind, node, name)));
    }
    found
}
