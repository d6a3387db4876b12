use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::{Kind, Node};

pub(super) const RULE: Rule = Rule {
    name: "null-value",
    why: "CloudFormation refuses a null outside of metadata: `'null' values are not allowed in templates`. In YAML a key with nothing behind it is one.",
    link: "https://repost.aws/knowledge-center/cloudformation-template-validation",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Alerts:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName:
",
    instead: r"
Resources:
  Alerts:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: alerts
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        // A macro gets the template first and may put something there.
        let level = if template.transformed() {
            Level::Warning
        } else {
            Level::Error
        };
        walk(&template.document.root, 0, level, report);
    }
}

fn walk<'a>(node: &'a Node, depth: usize, level: Level, report: &mut Report<'a>) {
    match &node.kind {
        Kind::Map(map) => map
            .iter()
            // Metadata stands at the top and, two levels lower, in resources.
            .filter(|entry| entry.key != "Metadata" || !matches!(depth, 0 | 2))
            .for_each(|entry| {
                if matches!(entry.value.kind, Kind::Null) {
                    let section = depth == 0;
                    let draft = report.key(entry, format!("nothing stands behind `{}`", entry.key));
                    draft.level(level).help(if section {
                        "remove the section, or fill it"
                    } else {
                        "remove the key, or use `AWS::NoValue` where it depends on a condition"
                    });
                } else {
                    walk(&entry.value, depth + 1, level, report);
                }
            }),
        Kind::List(items) => {
            for item in items {
                if matches!(item.kind, Kind::Null) {
                    report.value(item, "an item of the list is null").level(level);
                } else {
                    walk(item, depth + 1, level, report);
                }
            }
        }
        _ => {}
    }
}
