use super::finding::{Family, Level, Rule};
use super::report::Report;
use super::view::{Set, Template};
use crate::read::{Entry, Node};

pub(super) const RULE: Rule = Rule {
    name: "malformed-template",
    why: "CloudFormation refuses a template whose sections or resources have another form than it knows.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html",
    level: Level::Error,
    family: Family::Schema,
    check,
};

const SECTIONS: [&str; 12] = [
    "AWSTemplateFormatVersion",
    "Description",
    "Metadata",
    "Parameters",
    "Rules",
    "Mappings",
    "Conditions",
    "Transform",
    "Resources",
    "Outputs",
    "Hooks",
    "Globals",
];

const ATTRIBUTES: [&str; 11] = [
    "Type",
    "Properties",
    "DependsOn",
    "Condition",
    "Metadata",
    "DeletionPolicy",
    "UpdateReplacePolicy",
    "CreationPolicy",
    "UpdatePolicy",
    "Version",
    "Connectors",
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        let root = &template.document.root;
        let Some(map) = root.map() else {
            report.value(root, format!("a template is a map, found {}", root.kind_name()));
            continue;
        };
        for entry in map.iter().filter(|entry| !SECTIONS.contains(&entry.key.as_str())) {
            if template.generated || entry.key.starts_with("Fn::") {
                continue;
            }
            let draft = report.key(entry, format!("a template has no section `{}`", entry.key));
            if let Some(near) = crate::schema::nearest(&entry.key, SECTIONS.into_iter()) {
                draft.help(format!("did you mean `{near}`?"));
            }
        }
        match map.get("Resources") {
            Some(resources) => match resources.map() {
                Some(all) if all.is_empty() && !template.generated => {
                    report.value(resources, "a template has at least one resource");
                }
                Some(all) => all.iter().for_each(|entry| resource(template, entry, report)),
                None => {
                    report.value(
                        resources,
                        format!("`Resources` is a map, found {}", resources.kind_name()),
                    );
                }
            },
            None if template.generated => {}
            None => {
                report.value(root, "a template has a section `Resources`");
            }
        }
    }
}

fn resource<'a>(template: &Template<'a>, entry: &'a Entry, report: &mut Report<'a>) {
    if entry.key.starts_with("Fn::") {
        return;
    }
    if entry.key.is_empty() || !entry.key.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        report.key(
            entry,
            format!(
                "the logical id `{}` has characters beside letters and digits",
                entry.key
            ),
        );
    }
    let Some(map) = entry.value.map() else {
        report.value(
            &entry.value,
            format!("a resource is a map, found {}", entry.value.kind_name()),
        );
        return;
    };
    if map.get("Type").and_then(Node::text).is_none_or(str::is_empty) && !template.generated {
        report.key(entry, format!("the resource `{}` has no `Type`", entry.key));
    }
    for attribute in map {
        let name = attribute.key.as_str();
        // SAM has more of them, and so may a macro.
        if !ATTRIBUTES.contains(&name) && !template.transformed() && !template.generated {
            let draft = report.key(attribute, format!("a resource has no attribute `{name}`"));
            draft.help(match crate::schema::nearest(name, ATTRIBUTES.into_iter()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "properties of the resource stand below `Properties`".to_owned(),
            });
        }
    }
    let properties = map.get("Properties");
    if let Some(node) = properties.filter(|node| node.map().is_none()) {
        report.value(node, format!("`Properties` is a map, found {}", node.kind_name()));
    }
}
