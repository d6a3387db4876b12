use crate::checks::template::contents::load_balancers;
use crate::checks::template::order::Waits;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::Template;

pub(super) const RULE: Rule = Rule {
    name: "missing-listener-dependency",
    why: "ECS refuses a service whose target group no listener uses yet, and the template does not say that the listener comes first.",
    link: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshoot-service-load-balancers.html",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
Resources:
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/app/0123456789abcdef
      Port: 80
      Protocol: TCP
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Port: 8080, Protocol: TCP, TargetType: ip, VpcId: vpc-0123456789abcdef0}
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: app:1
      HealthCheckGracePeriodSeconds: 30
      DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}}
      LoadBalancers: [{ContainerName: app, ContainerPort: 8080, TargetGroupArn: !Ref Targets}]
",
    instead: r"
Resources:
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/app/0123456789abcdef
      Port: 80
      Protocol: TCP
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Port: 8080, Protocol: TCP, TargetType: ip, VpcId: vpc-0123456789abcdef0}
  Service:
    Type: AWS::ECS::Service
    DependsOn: Listener
    Properties:
      TaskDefinition: app:1
      HealthCheckGracePeriodSeconds: 30
      DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}}
      LoadBalancers: [{ContainerName: app, ContainerPort: 8080, TargetGroupArn: !Ref Targets}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        let forwards = forwards(template);
        let waits = Waits::of(template);
        for service in template.of("AWS::ECS::Service") {
            let before = waits.before(service.id);
            for entry in load_balancers(service) {
                let Some(node) = entry.get("TargetGroupArn") else {
                    continue;
                };
                let Some(group) = template.target(node) else { continue };
                let listeners: Vec<&str> = forwards
                    .iter()
                    .filter(|(to, _)| *to == group.id)
                    .map(|(_, from)| *from)
                    .collect();
                if let Some(listener) = listeners
                    .first()
                    .filter(|_| !listeners.iter().any(|id| before.contains(id)))
                {
                    let message = format!("`{}` may be made before `{listener}` uses its target group", service.id);
                    report
                        .value(node, message)
                        .also_if(template.resource(listener).map(|it| it.entry), "the listener")
                        .help(format!("add `DependsOn: {listener}` to `{}`", service.id));
                }
            }
        }
    }
}

/// The target groups that listeners and their rules use: (group, listener).
fn forwards<'a>(template: &Template<'a>) -> Vec<(&'a str, &'a str)> {
    let listeners = template.resources.iter().filter(|resource| {
        matches!(
            resource.kind,
            "AWS::ElasticLoadBalancingV2::Listener" | "AWS::ElasticLoadBalancingV2::ListenerRule"
        )
    });
    let mut found = Vec::new();
    for listener in listeners {
        for group in template.targets(&listener.entry.value) {
            found.push((group.id, listener.id));
        }
    }
    found
}
