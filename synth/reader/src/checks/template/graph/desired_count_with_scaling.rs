use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::{Resource, Template, function, known};

pub(super) const RULE: Rule = Rule {
    name: "desired-count-with-scaling",
    why: "Each stack update sets the number of tasks back to `DesiredCount`, whatever scaling has decided.",
    link: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      DesiredCount: 2
      TaskDefinition: app:1
      DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}}
  Scale:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      ResourceId: !Sub 'service/main/${Service.Name}'
      MinCapacity: 2
      MaxCapacity: 8
",
    instead: r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: app:1
      DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}}
  Scale:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      ResourceId: !Sub 'service/main/${Service.Name}'
      MinCapacity: 2
      MaxCapacity: 8
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        for target in template.of("AWS::ApplicationAutoScaling::ScalableTarget") {
            let Some(id) = target.property("ResourceId") else {
                continue;
            };
            let scaled = |service: &&Resource<'a>| {
                template.targets(id).any(|target| target.id == service.id) || is_named(template, id, service)
            };
            for service in template.of("AWS::ECS::Service").filter(scaled) {
                if let Some(count) = service.property("DesiredCount").filter(|count| !steps_back(count)) {
                    report
                        .value(count, format!("`{}` is scaled by `{}`", service.id, target.id))
                        .also(target.entry, "what scales it")
                        .help("leave `DesiredCount` out; `MinCapacity` is the number to begin with");
                }
            }
        }
    }
}

/// Whether `service/CLUSTER/SERVICE` names a service by the same texts as it and its cluster are named by.
fn is_named<'a>(template: &Template<'a>, id: &'a Node, service: &Resource<'a>) -> bool {
    let shape = |node: &'a Node| known::shape(template, node).filter(|shape| !shape.is_opaque());
    let named = || {
        let cluster = service.property("Cluster")?;
        let of_template = template
            .target(cluster)
            .and_then(|cluster| cluster.property("ClusterName"));
        Some((
            shape(of_template.unwrap_or(cluster))?,
            shape(service.property("ServiceName")?)?,
        ))
    };
    let Some((cluster, name)) = named() else { return false };
    let parts = shape(id).map(|shape| shape.split("/", 3)).unwrap_or_default();
    let [kind, own, last] = parts.as_slice() else {
        return false;
    };
    kind.whole() == Some("service") && *own == cluster.value && *last == name.value
}

/// Whether there is a case in which the count is left to scaling, such as once the first image is there.
fn steps_back(count: &Node) -> bool {
    let branches = function::argument(count, "Fn::If")
        .and_then(Node::list)
        .unwrap_or_default();
    branches
        .iter()
        .any(|branch| function::argument(branch, "Ref").and_then(Node::text) == Some("AWS::NoValue"))
}
