use super::facts::{Bound, bindings};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::known::{Known, Sure};

pub(super) const RULE: Rule = Rule {
    name: "mismatched-target",
    why: "A target group takes addresses of pods or machines, and never both; without a type it takes machines. A \
          TargetGroupBinding of the other type registers nothing. Machines are asked at a node port, which a \
          Service of type ClusterIP does not have.",
    link: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/",
    level: Level::Error,
    family: Family::Across,
    example: r"
--- # entry.yaml
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Name: shop-web, Port: 8080, Protocol: HTTP, VpcId: !ImportValue vpc}
--- # web.yaml
apiVersion: elbv2.k8s.aws/v1beta1
kind: TargetGroupBinding
metadata: {name: web}
spec:
  targetGroupARN: arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/shop-web/0123456789abcdef
  targetType: ip
  serviceRef: {name: web, port: 80}
",
    instead: r"
--- # entry.yaml
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Name: shop-web, Port: 8080, Protocol: HTTP, TargetType: ip, VpcId: !ImportValue vpc}
--- # web.yaml
apiVersion: elbv2.k8s.aws/v1beta1
kind: TargetGroupBinding
metadata: {name: web}
spec:
  targetGroupARN: arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/shop-web/0123456789abcdef
  targetType: ip
  serviceRef: {name: web, port: 80}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for bound in bindings(set) {
        let Some(Known { value: kind, sure }) = bound.kind(set) else {
            continue;
        };
        let Bound { binding, group, .. } = &bound;
        let place = group.property("TargetType").unwrap_or(&group.entry.value);
        let said = binding.dig(&["spec", "targetType"]);
        if let Some(node) = said.filter(|node| node.text().is_some_and(|said| said != kind)) {
            let said = node.text().unwrap_or_default();
            report
                .value(
                    node,
                    format!(
                        "{} is of type `{said}`, and `{}` takes `{kind}`",
                        binding.title(),
                        group.id
                    ),
                )
                .sure(sure)
                .also(place, "the target group")
                .help(format!(
                    "set `TargetType: {said}` of the target group; it is made anew then"
                ));
        } else if kind == "instance" {
            without_port(set, &bound, sure, report);
        }
    }
}

fn without_port<'a>(set: &Set<'a>, bound: &Bound<'_, 'a>, sure: Sure, report: &mut Report<'a>) {
    let at = bound.binding.dig(&["spec", "serviceRef", "name"]);
    let (Some(at), Some((service, _))) = (at, bound.service(set)) else {
        return;
    };
    let kind = service.text(&["spec", "type"]).unwrap_or("ClusterIP");
    if kind == "ClusterIP" && service.dig(&["spec"]).and_then(Node::map).is_some() {
        let (group, title) = (bound.group.id, service.title());
        report
            .value(
                at,
                format!("`{group}` asks machines at a node port, and {title} has none"),
            )
            .sure(sure)
            .also(service.place(), "the Service")
            .help("set `TargetType: ip` of the target group, or `type: NodePort` of the Service");
    }
}
