use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::function;

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
            for service in template
                .targets(id)
                .filter(|resource| resource.kind == "AWS::ECS::Service")
            {
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

/// Whether there is a case in which the count is left to scaling, such as once the first image is there.
fn steps_back(count: &Node) -> bool {
    let branches = function::argument(count, "Fn::If")
        .and_then(Node::list)
        .unwrap_or_default();
    branches
        .iter()
        .any(|branch| function::argument(branch, "Ref").and_then(Node::text) == Some("AWS::NoValue"))
}
