use crate::checks::template::contents::load_balancers;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::known;

pub(super) const RULE: Rule = Rule {
    name: "missing-grace-period",
    why: "Without a grace period the load balancer's first failing checks stop a task that is still starting.",
    link: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/load-balancer-healthcheck.html",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: app:1
      DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}}
      LoadBalancers:
        - ContainerName: app
          ContainerPort: 8080
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/app/0123456789abcdef
",
    instead: r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: app:1
      HealthCheckGracePeriodSeconds: 30
      DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}}
      LoadBalancers:
        - ContainerName: app
          ContainerPort: 8080
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/app/0123456789abcdef
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, service) in set.of("AWS::ECS::Service") {
        let balanced = !load_balancers(service).is_empty();
        let grace = service.property("HealthCheckGracePeriodSeconds");
        if balanced && grace.is_none_or(|node| known::number(template, node).is_some_and(|number| number.value == 0.0))
        {
            report
                .key(
                    service.heading(),
                    format!(
                        "`{}` gives a starting task no time before its health counts",
                        service.id
                    ),
                )
                .help("set `HealthCheckGracePeriodSeconds` to more than the start takes, such as 60");
        }
    }
}
