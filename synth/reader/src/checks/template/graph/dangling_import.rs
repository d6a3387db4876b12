use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::known::Sure;
use crate::read::template::{Template, function, known};
use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::read::{Kind, Node};

pub(in crate::checks) const RULE: Rule = Rule {
    name: "dangling-import",
    why: "A stack that imports what no stack exports fails at once.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-importvalue.html",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
--- # network.yaml
Resources:
  Alerts: {Type: AWS::SNS::Topic}
Outputs:
  Alerts: {Value: !GetAtt Alerts.TopicName, Export: {Name: network-alerts}}
--- # service.yaml
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties: {QueueName: !ImportValue network-alert}
",
    instead: r"
--- # network.yaml
Resources:
  Alerts: {Type: AWS::SNS::Topic}
Outputs:
  Alerts: {Value: !GetAtt Alerts.TopicName, Export: {Name: network-alerts}}
--- # service.yaml
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties: {QueueName: !ImportValue network-alerts}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    // What others deploy is not known; `links` looks at it across files.
    if !set.together {
        return;
    }
    let exports: BTreeMap<Cow<'_, str>, &Node> = set
        .templates
        .iter()
        .flat_map(|template| template.section("Outputs").map(move |output| (template, output)))
        .filter_map(|(template, output)| {
            let node = output.value.dig(&["Export", "Name"])?;
            Some((known::text(template, node)?.value, node))
        })
        .collect();
    // A template alone says nothing of the others in the account.
    if exports.is_empty() {
        return;
    }
    for template in &set.templates {
        for node in imports(&template.document.root) {
            let name = known::text(template, node).filter(|name| name.sure == Sure::Written);
            if name.is_none() {
                composed(set, template, node, report);
            }
            let Some(name) = name.filter(|name| !exports.contains_key(&name.value)) else {
                continue;
            };
            let draft = report.value(node, format!("none of these templates exports `{name}`"));
            if let Some(near) = crate::schema::nearest(&name, exports.keys().map(Cow::as_ref)) {
                draft
                    .also_if(exports.get(near).copied(), format!("`{near}` is here"))
                    .help(format!("did you mean `{near}`?"));
            }
        }
    }
}

/// A name that is put together of parameters is only judged where an export is nearly named so.
fn composed<'a>(set: &Set<'a>, template: &Template<'a>, node: &'a Node, report: &mut Report<'a>) {
    let Some(name) = known::by_names(template, node) else {
        return;
    };
    let outputs = set
        .templates
        .iter()
        .flat_map(|template| template.section("Outputs").map(move |output| (template, output)));
    let exports: BTreeMap<String, &Node> = outputs
        .filter_map(|(template, output)| {
            let node = output.value.dig(&["Export", "Name"])?;
            Some((known::by_names(template, node)?.to_string(), node))
        })
        .collect();
    let written = name.to_string();
    let near = crate::schema::nearest(&written, exports.keys().map(String::as_str));
    if let Some(near) = near.filter(|_| !exports.contains_key(&written)) {
        report
            .value(node, format!("none of these templates exports `{name}`"))
            .also_if(exports.get(near).copied(), format!("`{near}` is here"))
            .help(format!("did you mean `{near}`?"));
    }
}

/// The names of all imports.
pub(in crate::checks) fn imports(root: &Node) -> Vec<&Node> {
    let mut imports = Vec::new();
    walk(root, &mut imports);
    imports
}

fn walk<'a>(node: &'a Node, imports: &mut Vec<&'a Node>) {
    imports.extend(function::argument(node, "Fn::ImportValue"));
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|item| walk(item, imports)),
        Kind::Map(map) => map.iter().for_each(|entry| walk(&entry.value, imports)),
        _ => {}
    }
}
