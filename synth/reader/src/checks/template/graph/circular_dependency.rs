use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::Template;
use std::collections::{BTreeMap, BTreeSet};

use crate::read::Node;

pub(super) const RULE: Rule = Rule {
    name: "circular-dependency",
    why: "CloudFormation refuses resources that wait for each other: none could be made first.",
    link: "https://repost.aws/knowledge-center/unable-validate-circular-dependency-cloudformation",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Jobs: {Type: AWS::SQS::Queue, DependsOn: Alerts}
  Alerts:
    Type: AWS::SNS::Topic
    Properties: {DisplayName: !GetAtt Jobs.QueueName}
",
    instead: r"
Resources:
  Jobs: {Type: AWS::SQS::Queue}
  Alerts:
    Type: AWS::SNS::Topic
    Properties: {DisplayName: !GetAtt Jobs.QueueName}
",
    check,
};

/// What each resource waits for, and where it says so.
type Edges<'a> = BTreeMap<&'a str, BTreeMap<&'a str, &'a Node>>;

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        let edges = edges(template);
        let mut reported = BTreeSet::new();
        for start in circling(&edges) {
            if reported.contains(start) {
                continue;
            }
            let Some(circle) = shortest(&edges, start) else {
                continue;
            };
            reported.extend(circle.iter().copied());
            let next = circle.get(1).copied().unwrap_or(start);
            let mut shown = circle.clone();
            shown.push(start);
            let draft = report.value(
                edges[start][next],
                format!("resources wait for each other: {}", shown.join(" -> ")),
            );
            if let [_, .., last] = circle.as_slice() {
                draft.also(edges[last][start], format!("`{last}` waits for `{start}`"));
            }
            draft.help("take one reference into a resource of its own, such as AWS::EC2::SecurityGroupIngress");
        }
    }
}

fn edges<'a>(template: &Template<'a>) -> Edges<'a> {
    let mut edges: Edges<'a> = BTreeMap::new();
    for reference in &template.references {
        let (section, id) = reference.from;
        // SAM makes several resources of one, and these need not wait for each other.
        let several = template
            .resource(id)
            .is_some_and(|from| from.kind.starts_with("AWS::Serverless::"));
        if section == "Resources" && !several && template.resource(reference.name).is_some() {
            edges
                .entry(id)
                .or_default()
                .entry(reference.name)
                .or_insert(reference.node);
        }
    }
    for resource in &template.resources {
        for node in resource.depends_on() {
            // One that depends on itself is a finding of its own.
            if let Some(name) = node
                .text()
                .filter(|name| *name != resource.id && template.resource(name).is_some())
            {
                edges.entry(resource.id).or_default().entry(name).or_insert(node);
            }
        }
    }
    edges
}

/// Resources that remain when all that wait for nothing left are taken away.
fn circling<'a>(edges: &Edges<'a>) -> Vec<&'a str> {
    let mut waits: BTreeMap<&str, usize> = edges.iter().map(|(id, to)| (*id, to.len())).collect();
    let mut waited: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, to) in edges {
        for name in to.keys() {
            waited.entry(name).or_default().push(id);
        }
    }
    let mut free: Vec<&str> = waited.keys().copied().filter(|id| !waits.contains_key(id)).collect();
    while let Some(id) = free.pop() {
        for waiting in waited.get(id).into_iter().flatten() {
            if let Some(left) = waits.get_mut(waiting) {
                *left -= 1;
                if *left == 0 {
                    free.push(waiting);
                }
            }
        }
    }
    edges
        .keys()
        .copied()
        .filter(|id| waits.get(id).is_some_and(|left| *left > 0))
        .collect()
}

/// The shortest way from a resource back to itself.
fn shortest<'a>(edges: &Edges<'a>, start: &'a str) -> Option<Vec<&'a str>> {
    let mut came: BTreeMap<&str, &'a str> = BTreeMap::new();
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(id) = queue.pop_front() {
        for next in edges.get(id).into_iter().flat_map(BTreeMap::keys) {
            if *next == start {
                let mut circle = vec![id];
                let mut here = id;
                while here != start {
                    here = came[here];
                    circle.push(here);
                }
                circle.reverse();
                return Some(circle);
            }
            if !came.contains_key(next) {
                came.insert(next, id);
                queue.push_back(next);
            }
        }
    }
    None
}
