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

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let all: Vec<Named<'a>> = set.manifests.all().iter().flat_map(named).collect();
    for kind in [
        Kind::Subnet,
        Kind::Group,
        Kind::Firewall,
        Kind::Bucket,
        Kind::TargetGroup,
    ] {
        let mut wanted = all
            .iter()
            .filter(|(its, _, name)| *its == kind && is_settled(name))
            .peekable();
        if wanted.peek().is_none() {
            continue;
        }
        let (names, what) = kind.names(set);
        for (_, at, name) in wanted.filter(|(_, _, name)| !names.has(name)) {
            let Some((near, place)) = names.near(name) else {
                continue;
            };
            report
                .value(at, format!("no template makes the {what} `{name}`"))
                .sure(near.sure)
                .also(place, format!("`{}` is here", near.value))
                .help(format!("did you mean `{}`?", near.value));
        }
    }
}

/// What the controller looks for by a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Subnet,
    Group,
    Firewall,
    Bucket,
    TargetGroup,
}

impl Kind {
    /// The names that the templates give, and what to call one.
    fn names<'a>(self, set: &Set<'a>) -> (Names<'a>, &'static str) {
        match self {
            Self::Subnet => (Names::tagged(set, "AWS::EC2::Subnet"), "subnet"),
            Self::Group => (Names::tagged(set, "AWS::EC2::SecurityGroup"), "security group"),
            Self::Firewall => (Names::of(set, "AWS::WAFv2::WebACL", "Name"), "firewall"),
            Self::Bucket => (Names::of(set, "AWS::S3::Bucket", "BucketName"), "bucket"),
            Self::TargetGroup => {
                let kind = "AWS::ElasticLoadBalancingV2::TargetGroup";
                (Names::of(set, kind, "Name"), "target group")
            }
        }
    }
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
