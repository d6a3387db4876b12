use crate::checks::template::contents::{containers, load_balancers};
use crate::checks::{Family, Level, Report, Rule, Set, Target};
use crate::read::Node;
use crate::read::template::known::{Known, Sure};
use crate::read::template::{Resource, Template, known};

pub(super) const RULE: Rule = Rule {
    name: "container-port-mismatch",
    why: "The load balancer must name a container of the task and a port that it opens, and with `awsvpc` the target group registers addresses.",
    link: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Memory: '512'
      ContainerDefinitions:
        - Name: app
          Image: example/app:1.0
          User: '1000'
          ReadonlyRootFilesystem: true
          PortMappings: [{ContainerPort: 8080}]
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      HealthCheckGracePeriodSeconds: 30
      DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}}
      LoadBalancers:
        - ContainerName: app
          ContainerPort: 80
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/app/0123456789abcdef
",
    instead: r"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Memory: '512'
      ContainerDefinitions:
        - Name: app
          Image: example/app:1.0
          User: '1000'
          ReadonlyRootFilesystem: true
          PortMappings: [{ContainerPort: 8080}]
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
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
        let task = service
            .property("TaskDefinition")
            .and_then(|node| set.target(template, node));
        let Some((home, task)) = task.filter(|(_, task)| task.kind == "AWS::ECS::TaskDefinition") else {
            continue;
        };
        for entry in load_balancers(service) {
            container(template, home, task, entry, report);
            target_group(set, template, task, entry, report);
        }
    }
}

fn container<'a>(
    template: &Template<'a>,
    home: &Template<'a>,
    task: &Resource<'a>,
    entry: &'a Node,
    report: &mut Report<'a>,
) {
    let Some((node, name)) = entry
        .get("ContainerName")
        .and_then(|node| Some((node, known::text(template, node)?)))
    else {
        return;
    };
    let (mut names, mut sure) = (Vec::new(), name.sure);
    for container in containers(task) {
        // A name that is not known could be this one.
        let Some(other) = container.get("Name").and_then(|node| known::text(home, node)) else {
            return;
        };
        sure = sure.max(other.sure);
        if other.value == name.value {
            port((template, home), container, entry, sure, report);
            return;
        }
        names.push(other.value);
    }
    if !names.is_empty() {
        report
            .value(node, format!("the task has no container `{name}`"))
            .also_if(task.property("ContainerDefinitions"), "the containers of the task")
            .sure(sure)
            .help(format!("it has `{}`", names.join("`, `")));
    }
}

fn port<'a>(
    (template, home): (&Template<'a>, &Template<'a>),
    container: &'a Node,
    entry: &'a Node,
    mut sure: Sure,
    report: &mut Report<'a>,
) {
    let Some(node) = entry.get("ContainerPort") else { return };
    let Some(wanted) = known::number(template, node) else {
        return;
    };
    let mappings = container.get("PortMappings");
    if mappings.is_some_and(|mappings| mappings.list().is_none()) {
        return;
    }
    let mut open = Vec::new();
    for mapping in mappings.and_then(Node::list).unwrap_or_default() {
        let Some(port) = mapping.get("ContainerPort").and_then(|node| known::number(home, node)) else {
            return;
        };
        sure = sure.max(port.sure);
        open.push(port.value);
    }
    if !open.contains(&wanted.value) {
        let open: Vec<String> = open.iter().map(ToString::to_string).collect();
        let opens = if open.is_empty() {
            "no port".to_owned()
        } else {
            open.join(", ")
        };
        report
            .value(
                node,
                format!("the load balancer sends to port {wanted}; the container opens {opens}"),
            )
            .sure(sure.max(wanted.sure))
            .also(mappings.unwrap_or(container), "what the container opens");
    }
}

fn target_group<'a>(
    set: &Set<'a>,
    template: &Template<'a>,
    task: &Resource<'a>,
    entry: &'a Node,
    report: &mut Report<'a>,
) {
    let awsvpc = task.property("NetworkMode").and_then(Node::text) == Some("awsvpc");
    let Some(node) = entry.get("TargetGroupArn").filter(|_| awsvpc) else {
        return;
    };
    let Some((home, group)) = set.target(template, node) else {
        return;
    };
    if group.kind != "AWS::ElasticLoadBalancingV2::TargetGroup" {
        return;
    }
    let kind = match group.property("TargetType") {
        Some(kind) => known::text(home, kind),
        None => Some(Known::written("instance".into())),
    };
    if let Some(kind) = kind.filter(|kind| *kind != "ip") {
        report
            .value(
                node,
                format!(
                    "`{}` registers targets of type `{kind}`; tasks with `awsvpc` are of type `ip`",
                    group.id
                ),
            )
            .sure(kind.sure)
            .also(
                group
                    .property("TargetType")
                    .map_or(Target::Key(group.entry), Target::Value),
                "the target group",
            )
            .help("set `TargetType` of the target group to `ip`");
    }
}
