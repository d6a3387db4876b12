use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::{ATTRIBUTES, SECTIONS, Template, function};
use crate::read::{Entry, Kind, Map, Node};

pub(super) const RULE: Rule = Rule {
    name: "malformed-template",
    why: "CloudFormation refuses a template whose sections or resources have another form than it knows.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Alerts:
    Type: AWS::SNS::Topic
    DisplayName: alerts
",
    instead: r"
Resources:
  Alerts:
    Type: AWS::SNS::Topic
    Properties: {DisplayName: alerts}
",
    check,
};

const VERSION: &str = "2010-09-09";

/// Sections that are maps, beside `Resources`.
const MAPS: [&str; 7] = [
    "Parameters",
    "Rules",
    "Mappings",
    "Conditions",
    "Outputs",
    "Hooks",
    "Globals",
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
        header(map, report);
        match map.get("Resources") {
            Some(resources) => match resources.map() {
                Some(all) if all.is_empty() && !template.generated => {
                    report.value(resources, "a template has at least one resource");
                }
                Some(all) => all.iter().for_each(|entry| resource(template, entry, report)),
                None if matches!(resources.kind, Kind::Null) => {}
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

/// The sections beside resources: each is of one kind.
fn header<'a>(map: &'a Map, report: &mut Report<'a>) {
    if let Some(version) = map
        .get("AWSTemplateFormatVersion")
        .filter(|node| !matches!(node.kind, Kind::Null))
        && version.text() != Some(VERSION)
    {
        let found = version.scalar().unwrap_or_else(|| version.kind_name().to_owned());
        report.value(
            version,
            format!("the version of the format is {VERSION}, found {found}"),
        );
    }
    if let Some(node) = map
        .get("Description")
        .filter(|node| node.list().is_some() || node.map().is_some())
    {
        let found = if function::of(node).is_some() {
            "a function"
        } else {
            node.kind_name()
        };
        report.value(node, format!("the description is a string, found {found}"));
    }
    if let Some(node) = map.get("Metadata").filter(|node| node.list().is_some()) {
        report.value(node, "`Metadata` is a map, found a list");
    }
    for name in MAPS {
        let other = |node: &&Node| node.map().is_none() && !matches!(node.kind, Kind::Null);
        if let Some(node) = map.get(name).filter(other) {
            report.value(node, format!("`{name}` is a map, found {}", node.kind_name()));
        }
    }
    if let Some(node) = map.get("Transform") {
        transforms(node, report);
    }
}

fn transforms<'a>(node: &'a Node, report: &mut Report<'a>) {
    let named =
        |node: &Node| node.text().is_some() || node.get("Name").is_some() || node.get("Fn::Transform").is_some();
    for item in node.list().unwrap_or(std::slice::from_ref(node)) {
        if !named(item) && !matches!(item.kind, Kind::Null) {
            report.value(
                item,
                format!("a transform is named by a string, found {}", item.kind_name()),
            );
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
    if !template.generated {
        kind(entry, map, report);
    }
    attributes(template, map, report);
    let properties = map.get("Properties");
    if let Some(node) = properties.filter(|node| node.map().is_none() && !matches!(node.kind, Kind::Null)) {
        report.value(node, format!("`Properties` is a map, found {}", node.kind_name()));
    }
}

fn kind<'a>(entry: &'a Entry, map: &'a Map, report: &mut Report<'a>) {
    match map.get("Type") {
        Some(node) if node.text().is_none() && !matches!(node.kind, Kind::Null) => {
            report.value(
                node,
                format!("the type of a resource is a string, found {}", node.kind_name()),
            );
        }
        Some(node) if node.text().is_some_and(|kind| !is_type(kind)) => {
            report
                .value(node, "this is not the name of a type")
                .help("a type is named by two or three words, such as `AWS::S3::Bucket`");
        }
        Some(_) => {}
        None => {
            report.key(entry, format!("the resource `{}` has no `Type`", entry.key));
        }
    }
}

fn attributes<'a>(template: &Template<'a>, map: &'a Map, report: &mut Report<'a>) {
    for attribute in map {
        let name = attribute.key.as_str();
        // SAM has more of them, and so may a macro.
        if (!ATTRIBUTES.contains(&name) || name == "Connectors") && !template.transformed() && !template.generated {
            let draft = report.key(attribute, format!("a resource has no attribute `{name}`"));
            draft.help(match crate::schema::nearest(name, ATTRIBUTES.into_iter()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "properties of the resource stand below `Properties`".to_owned(),
            });
        }
    }
}

/// `AWS::S3::Bucket`, `Custom::Any-thing`, `Some::Private::Type::MODULE`.
fn is_type(kind: &str) -> bool {
    let mut words = kind.split("::");
    let fine = |character: char| character.is_ascii_alphanumeric() || "_-@".contains(character);
    kind.contains("::") && words.all(|word| !word.is_empty() && word.chars().all(fine))
}
