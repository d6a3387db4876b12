use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::function::{Part, parts, sub};
use crate::read::template::known::{self, Sure};
use crate::read::template::{Resource, Template, function};
use crate::read::{Map, Node};

pub(super) const RULE: Rule = Rule {
    name: "arn-without-path",
    why: "The ARN of what IAM keeps has its path before the name: one that is composed of the name alone is that of another thing, which most likely is not there.",
    link: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
Resources:
  Reader: {Type: AWS::IAM::User, Properties: {Path: /people/}}
Outputs:
  Arn:
    Value: !Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:user/${Reader}'
",
    instead: r"
Resources:
  Reader: {Type: AWS::IAM::User, Properties: {Path: /people/}}
Outputs:
  Arn:
    Value: !GetAtt Reader.Arn
",
    check,
};

/// What has a path, and what stands before the path in its ARN.
const KINDS: [(&str, &str); 4] = [
    ("AWS::IAM::Group", ":group/"),
    ("AWS::IAM::InstanceProfile", ":instance-profile/"),
    ("AWS::IAM::Role", ":role/"),
    ("AWS::IAM::User", ":user/"),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        let sections = ["Resources", "Outputs"].into_iter();
        for entry in sections.flat_map(|section| template.section(section)) {
            walk(template, &entry.value, report);
        }
    }
}

fn walk<'a>(template: &Template<'a>, node: &'a Node, report: &mut Report<'a>) {
    if let Some((text, variables)) = function::argument(node, "Fn::Sub").and_then(sub) {
        let of_iam = text.contains(":iam:");
        for pair in parts(text).windows(2).filter(|_| of_iam) {
            let [Part::Text(before), Part::Name(name)] = pair else {
                continue;
            };
            if variables.is_some_and(|map| map.get(name).is_some()) {
                continue;
            }
            if let Some((resource, sure)) = template.resource(name).and_then(|it| with_path(template, it, before)) {
                report
                    .value(node, format!("the ARN of `{}` has its path, too", resource.id))
                    .sure(sure)
                    .also_if(resource.property("Path"), "the path")
                    .help(format!("write `!GetAtt {}.Arn`", resource.id));
            }
        }
    }
    match (node.map(), node.list()) {
        (Some(map), _) => Map::iter(map).for_each(|entry| walk(template, &entry.value, report)),
        (_, Some(items)) => items.iter().for_each(|item| walk(template, item, report)),
        _ => {}
    }
}

/// A resource whose ARN a text begins, if it has a path, and how sure that is.
fn with_path<'t, 'a>(
    template: &Template<'a>,
    resource: &'t Resource<'a>,
    before: &str,
) -> Option<(&'t Resource<'a>, Sure)> {
    let begins = |(kind, start): &&(&str, &str)| *kind == resource.kind && before.ends_with(start);
    KINDS.iter().find(begins)?;
    let path = known::text(template, resource.property("Path")?)?;
    (path.value != "/").then_some((resource, path.sure))
}
