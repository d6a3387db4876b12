use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::known;

pub(super) const RULE: Rule = Rule {
    name: "downtime-deployment",
    why: "With less than all tasks required to stay healthy, a deployment stops tasks before their successors serve.",
    link: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: app:1
      DeploymentConfiguration:
        MinimumHealthyPercent: 0
        DeploymentCircuitBreaker: {Enable: true, Rollback: true}
",
    instead: r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: app:1
      DeploymentConfiguration:
        MinimumHealthyPercent: 100
        DeploymentCircuitBreaker: {Enable: true, Rollback: true}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, service) in set.of("AWS::ECS::Service") {
        let daemon = service.property("SchedulingStrategy").and_then(Node::text) == Some("DAEMON");
        let percent = |name| {
            let node = service.dig(&["DeploymentConfiguration", name])?;
            Some((node, known::number(template, node)?.value))
        };
        let least = percent("MinimumHealthyPercent");
        if let Some((node, least)) = least.filter(|(_, least)| *least < 100.0 && !daemon) {
            report
                .value(
                    node,
                    format!("a deployment may take `{}` down to {least} % of its tasks", service.id),
                )
                .help("set `MinimumHealthyPercent` to 100 and `MaximumPercent` to 200");
        }
        let stuck = least.is_some_and(|(_, least)| least >= 100.0);
        if let Some((node, most)) = percent("MaximumPercent").filter(|(_, most)| *most <= 100.0 && stuck) {
            report
                .value(
                    node,
                    format!("`{}` can neither stop nor start a task: at most {most} %", service.id),
                )
                .help("set `MaximumPercent` to 200");
        }
    }
}
