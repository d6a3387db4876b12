use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::known::Sure;
use crate::read::template::{Resource, Template, known};

pub(super) const RULE: Rule = Rule {
    name: "malformed-health-check",
    why: "Load balancers refuse a health check whose path does not begin with a slash, or that waits for an answer as long as until the next check.",
    link: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Port: 8080, Protocol: HTTP, VpcId: vpc-0123456789abcdef0, HealthCheckPath: health}
",
    instead: r"
Resources:
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Port: 8080, Protocol: HTTP, VpcId: vpc-0123456789abcdef0, HealthCheckPath: /health}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, group) in set.of("AWS::ElasticLoadBalancingV2::TargetGroup") {
        let protocol = group
            .property("HealthCheckProtocol")
            .or(group.property("Protocol"))
            .and_then(|node| known::text(template, node));
        if let Some(node) = group.property("HealthCheckPath") {
            path(template, group, node, report);
        }
        if let Some(protocol) = protocol.filter(|protocol| protocol.starts_with("HTTP")) {
            let node = |name: &str| group.property(name);
            let pair = (node("HealthCheckTimeoutSeconds"), node("HealthCheckIntervalSeconds"));
            times(template, pair, protocol.sure, report);
        }
    }
    for (template, balancer) in set.of("AWS::ElasticLoadBalancing::LoadBalancer") {
        let node = |name: &str| balancer.dig(&["HealthCheck", name]);
        times(template, (node("Timeout"), node("Interval")), Sure::Written, report);
        if let Some(node) = node("Target") {
            target(template, node, report);
        }
    }
}

fn path<'a>(template: &Template<'a>, group: &Resource<'a>, node: &'a Node, report: &mut Report<'a>) {
    let Some(path) = known::shape(template, node) else {
        return;
    };
    // With gRPC the path is `/package.service/method`, which begins with a slash too.
    if !path.start().is_empty() && !path.start().starts_with('/') {
        report
            .value(node, format!("the health check of `{}` asks for `{path}`", group.id))
            .sure(path.sure)
            .help(format!("a path begins with a slash: `/{path}`"));
    }
}

fn times<'a>(
    template: &Template<'a>,
    (timeout, interval): (Option<&'a Node>, Option<&'a Node>),
    protocol: Sure,
    report: &mut Report<'a>,
) {
    let number = |node: Option<&'a Node>| node.and_then(|node| known::number(template, node));
    if let (Some(node), Some(waits), Some(every)) = (timeout, number(timeout), number(interval))
        && waits.value >= every.value
    {
        report
            .value(
                node,
                format!("the health check waits {waits} s and runs every {every} s"),
            )
            .sure(waits.sure.max(every.sure).max(protocol));
    }
}

/// `HTTP:80/path`, or `TCP:80` without one.
fn target<'a>(template: &Template<'a>, node: &'a Node, report: &mut Report<'a>) {
    let Some(text) = known::text(template, node) else {
        return;
    };
    let (protocol, rest) = text.split_once(':').unwrap_or((&text, ""));
    let by_path = protocol.eq_ignore_ascii_case("HTTP") || protocol.eq_ignore_ascii_case("HTTPS");
    let by_port = protocol.eq_ignore_ascii_case("TCP") || protocol.eq_ignore_ascii_case("SSL");
    let (port, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let fine = port.parse::<u16>().is_ok_and(|port| port > 0)
        && ((by_path && !path.is_empty()) || (by_port && path.is_empty()));
    if !fine {
        report
            .value(node, format!("`{text}` is no target of health checks"))
            .sure(text.sure)
            .help("it is `HTTP:port/path`, `HTTPS:port/path`, `TCP:port` or `SSL:port`");
    }
}
