use crate::checks::template::contents::load_balancers;
use crate::checks::template::reach::{Door, closed, groups, is_exported};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::known::{Known, Sure};
use crate::read::template::{Resource, Template, function, known};

pub(super) const RULE: Rule = Rule {
    name: "closed-path",
    why: "Security groups let nothing in that no rule names: a service that its load balancer cannot reach never becomes healthy, and a database that the service cannot reach is of no use.",
    link: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Public: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: of the load balancer}}
  Own: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: of the service}}
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Type: network, Subnets: [subnet-0123456789abcdef0], SecurityGroups: [!Ref Public]}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
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
      NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [subnet-0123456789abcdef0], SecurityGroups: [!Ref Own]}}
",
    instead: r"
Resources:
  Public: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: of the load balancer}}
  Own:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: of the service
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 8080, ToPort: 8080, SourceSecurityGroupId: !Ref Public}]
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Type: network, Subnets: [subnet-0123456789abcdef0], SecurityGroups: [!Ref Public]}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
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
      NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [subnet-0123456789abcdef0], SecurityGroups: [!Ref Own]}}
",
    check,
};

const GROUPS: [&str; 3] = ["NetworkConfiguration", "AwsvpcConfiguration", "SecurityGroups"];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, service) in set.of("AWS::ECS::Service") {
        let Some(node) = service.dig(&GROUPS) else { continue };
        let Some(own) = groups(set, template, node) else {
            continue;
        };
        for entry in load_balancers(service) {
            let port = entry
                .get("ContainerPort")
                .and_then(|node| known::number(template, node));
            let group = entry.get("TargetGroupArn").and_then(|node| set.target(template, node));
            let (Some(port), Some((home, group))) = (port, group) else {
                continue;
            };
            for (home, balancer) in balancers(set, home, group) {
                let sources = balancer
                    .property("SecurityGroups")
                    .and_then(|node| groups(set, home, node));
                let Some(sources) = sources else { continue };
                let door = Door {
                    port: port.value,
                    from: &sources,
                    to: &own,
                };
                judge(set, &door, (balancer.id, service.id), (node, port.sure), report);
            }
        }
        databases(set, template, service, &own, report);
    }
}

/// Says at a node that a door is closed, if it is. Another stack can add a rule to a group that it can import.
fn judge<'a>(
    set: &Set<'a>,
    door: &Door<'_, '_, 'a>,
    (from, to): (&str, &str),
    (node, sure): (&'a Node, Sure),
    report: &mut Report<'a>,
) {
    let Some(closed) = closed(set, door) else { return };
    let open = door.to.iter().any(|(_, group)| is_exported(set, group.id));
    let port = door.port;
    let message = format!("`{from}` cannot reach `{to}` at port {port}: no security group lets it in");
    report
        .value(node, message)
        .level(if open { Level::Warning } else { Level::Error })
        .sure(sure.max(closed))
        .also_if(door.to.first().map(|(_, group)| group.entry), "what lets nothing in")
        .help("add an ingress rule from the one security group to the other");
}

/// The load balancers that send to a target group.
fn balancers<'s, 'a>(
    set: &'s Set<'a>,
    home: &'s Template<'a>,
    group: &'s Resource<'a>,
) -> Vec<(&'s Template<'a>, &'s Resource<'a>)> {
    let mut found: Vec<(&Template<'a>, &Resource<'a>)> = Vec::new();
    for listener in home.of("AWS::ElasticLoadBalancingV2::Listener") {
        let sends = |name: &str| {
            let node = listener.property(name);
            node.is_some_and(|node| home.targets(node).any(|target| target.id == group.id))
        };
        let by_rule = home.of("AWS::ElasticLoadBalancingV2::ListenerRule").any(|rule| {
            let of = rule.property("ListenerArn").and_then(|node| home.target(node));
            let to = rule.property("Actions");
            of.is_some_and(|of| of.id == listener.id)
                && to.is_some_and(|node| home.targets(node).any(|target| target.id == group.id))
        });
        if !sends("DefaultActions") && !by_rule {
            continue;
        }
        let balancer = listener
            .property("LoadBalancerArn")
            .and_then(|node| set.target(home, node));
        found.extend(balancer.filter(|(_, balancer)| found.iter().all(|(_, known)| known.id != balancer.id)));
    }
    found
}

/// The databases that the containers of a service name, and whether they let the service in.
fn databases<'a>(
    set: &Set<'a>,
    template: &Template<'a>,
    service: &Resource<'a>,
    own: &[(&Template<'a>, &Resource<'a>)],
    report: &mut Report<'a>,
) {
    let task = service
        .property("TaskDefinition")
        .and_then(|node| set.target(template, node));
    let Some((home, task)) = task else { return };
    let Some(containers) = task.property("ContainerDefinitions") else {
        return;
    };
    let mut names = Vec::new();
    function::names(containers, &mut names);
    names.sort_unstable();
    names.dedup();
    for database in names.into_iter().filter_map(|name| home.resource(name)) {
        let property = match database.kind {
            "AWS::RDS::DBInstance" => "VPCSecurityGroups",
            "AWS::RDS::DBCluster" => "VpcSecurityGroupIds",
            "AWS::ElastiCache::ReplicationGroup" => "SecurityGroupIds",
            _ => continue,
        };
        let Some(node) = database.property(property) else {
            continue;
        };
        let (Some(port), Some(to)) = (port_of(home, database), groups(set, home, node)) else {
            continue;
        };
        let door = Door {
            port: port.value,
            from: own,
            to: &to,
        };
        judge(set, &door, (service.id, database.id), (node, port.sure), report);
    }
}

fn port_of<'a>(home: &Template<'a>, database: &Resource<'a>) -> Option<Known<f64>> {
    if let Some(node) = database.property("Port") {
        return known::number(home, node);
    }
    if database.kind.starts_with("AWS::ElastiCache") {
        return Some(Known::written(6379.0));
    }
    let engine = known::text(home, database.property("Engine")?)?;
    engine.and_then(|engine| match &*engine {
        "postgres" | "aurora-postgresql" => Some(5432.0),
        "mysql" | "mariadb" | "aurora-mysql" => Some(3306.0),
        _ => None,
    })
}
