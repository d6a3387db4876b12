use crate::checks::{Draft, Family, Level, Report, Rule, Set};
use crate::read::template::{Template, function};
use crate::read::{Entry, Map, Node};
use crate::schema::nearest;

pub(super) const RULE: Rule = Rule {
    name: "malformed-interface",
    why: "The console passes over what it does not know in `AWS::CloudFormation::Interface`: the parameters stand there without their groups and labels.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudformation-interface.html",
    level: Level::Warning,
    family: Family::Schema,
    example: r"
Metadata:
  AWS::CloudFormation::Interface:
    ParameterGroup: [{Label: {default: Who}, Parameters: [Owner]}]
Parameters:
  Owner: {Type: String}
Resources:
  Alerts: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref Owner}}
",
    instead: r"
Metadata:
  AWS::CloudFormation::Interface:
    ParameterGroups: [{Label: {default: Who}, Parameters: [Owner]}]
Parameters:
  Owner: {Type: String}
Resources:
  Alerts: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref Owner}}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        let metadata = template.document.root.get("Metadata");
        let Some(interface) = metadata.and_then(|node| node.get("AWS::CloudFormation::Interface")) else {
            continue;
        };
        keys(
            interface,
            &["ParameterGroups", "ParameterLabels"],
            "the interface",
            report,
        );
        let groups = interface.get("ParameterGroups").and_then(Node::list);
        for group in groups.unwrap_or_default() {
            keys(group, &["Label", "Parameters"], "a group of parameters", report);
            label(group.get("Label"), report);
            for name in group.get("Parameters").and_then(Node::list).unwrap_or_default() {
                if let Some(text) = name.text().filter(|text| is_missing(template, text)) {
                    tell(
                        template,
                        text,
                        report.value(name, format!("there is no parameter `{text}`")),
                    );
                }
            }
        }
        let labels = interface.get("ParameterLabels").and_then(Node::map);
        for entry in labels.into_iter().flat_map(Map::iter) {
            label(Some(&entry.value), report);
            if is_missing(template, &entry.key) {
                let draft = report.key(entry, format!("there is no parameter `{}`", entry.key));
                tell(template, &entry.key, draft);
            }
        }
    }
}

fn is_missing(template: &Template<'_>, name: &str) -> bool {
    !template.generated && !name.starts_with("Fn::") && template.named("Parameters", name).is_none()
}

fn tell(template: &Template<'_>, name: &str, draft: &mut Draft<'_>) {
    let names = template.section("Parameters").map(|entry| entry.key.as_str());
    if let Some(near) = nearest(name, names) {
        draft.help(format!("did you mean `{near}`?"));
    }
}

fn label<'a>(node: Option<&'a Node>, report: &mut Report<'a>) {
    if let Some(node) = node {
        keys(node, &["default"], "a label", report);
    }
}

/// Reports the keys of a map that are none of those.
fn keys<'a>(node: &'a Node, names: &[&str], subject: &str, report: &mut Report<'a>) {
    if function::of(node).is_some() {
        return;
    }
    let known = |entry: &&'a Entry| entry.key.starts_with("Fn::") || names.contains(&entry.key.as_str());
    for entry in node.map().into_iter().flat_map(Map::iter).filter(|entry| !known(entry)) {
        let draft = report.key(entry, format!("{subject} has no `{}`", entry.key));
        if let Some(near) = nearest(&entry.key, names.iter().copied()) {
            draft.help(format!("did you mean `{near}`?"));
        }
    }
}
