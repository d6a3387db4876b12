use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::{Template, function, known};
use crate::read::{Kind, Node};

pub(super) const RULE: Rule = Rule {
    name: "malformed-resource-id",
    why: "Application Auto Scaling finds an ECS service by `service/<cluster name>/<service name>`, by names and not by ARNs.",
    link: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Scale:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      ResourceId: main/app
      MinCapacity: 2
      MaxCapacity: 8
",
    instead: r"
Resources:
  Scale:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      ResourceId: service/main/app
      MinCapacity: 2
      MaxCapacity: 8
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, target) in set.of("AWS::ApplicationAutoScaling::ScalableTarget") {
        let namespace = target
            .property("ServiceNamespace")
            .and_then(|node| known::text(template, node));
        let Some(namespace) = namespace.filter(|namespace| *namespace == "ecs") else {
            continue;
        };
        let Some(node) = target.property("ResourceId") else {
            continue;
        };
        let Some(shape) = known::shape(template, node) else {
            continue;
        };
        let parts = shape.split("/", usize::MAX);
        let well_formed = match parts.as_slice() {
            [first, rest @ ..] if first.whole() == Some("service") => {
                rest.len() == 2 && rest.iter().all(|part| part.whole() != Some(""))
            }
            _ => false,
        };
        // A single placeholder may hold the whole of it.
        let unknown = parts.len() == 1 && shape.begins_open();
        if !unknown && !well_formed {
            report
                .value(node, format!("`{shape}` is not `service/<cluster>/<service>`"))
                .sure(namespace.sure.max(shape.sure));
        } else if template.targets(node).any(|of| of.kind == "AWS::ECS::Service") && arn(template, node) {
            report
                .value(node, "`Ref` of a service gives its ARN; its name belongs here")
                .sure(namespace.sure)
                .help("use `Fn::GetAtt` with `Name`");
        }
    }
}

/// Whether the ARN of a service is put into the text.
fn arn(template: &Template<'_>, node: &Node) -> bool {
    let is_service = |name: &str| template.resource(name).is_some_and(|of| of.kind == "AWS::ECS::Service");
    let mut names = Vec::new();
    function::names_by_ref(node, &mut names);
    // Below `Fn::Select` of `Fn::Split` the name may be cut out of it.
    !cuts(node) && names.into_iter().any(is_service)
}

fn cuts(node: &Node) -> bool {
    let mut found = function::argument(node, "Fn::Split").is_some();
    each(node, &mut |inner| found |= cuts(inner));
    found
}

fn each<'a>(node: &'a Node, to: &mut dyn FnMut(&'a Node)) {
    match &node.kind {
        Kind::List(items) => items.iter().for_each(to),
        Kind::Map(map) => map.iter().for_each(|entry| to(&entry.value)),
        _ => {}
    }
}
