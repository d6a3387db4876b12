use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::Template;
use crate::read::template::function::{self, PSEUDO, Part};
use crate::read::{Kind, Node};

pub(super) const RULE: Rule = Rule {
    name: "unsubstituted-variable",
    why: "Outside of `Fn::Sub`, `${Name}` stays as it is written.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
Parameters:
  Stage: {Type: String}
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: jobs-${Stage}
      Tags: [{Key: stage, Value: !Ref Stage}]
",
    instead: r"
Parameters:
  Stage: {Type: String}
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub jobs-${Stage}
      Tags: [{Key: stage, Value: !Ref Stage}]
",
    check,
};

/// Properties whose text has variables of its own, or that CloudFormation passes on.
const OTHERS: [&str; 8] = [
    "UserData",
    "ZipFile",
    "DefinitionString",
    "DefinitionSubstitutions",
    "BuildSpec",
    "Definition",
    "RequestMappingTemplate",
    "ResponseMappingTemplate",
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    // What a macro or SAM makes of a text is its own affair.
    for template in set.templates.iter().filter(|template| !template.transformed()) {
        for resource in &template.resources {
            for entry in resource.properties.into_iter().flatten() {
                walk(template, &entry.value, &entry.key, report);
            }
        }
    }
}

fn walk<'a>(template: &Template<'a>, node: &'a Node, key: &str, report: &mut Report<'a>) {
    if OTHERS.contains(&key) {
        return;
    }
    match &node.kind {
        Kind::Text(text) if text.contains("${") => {
            let names = function::parts(text).into_iter().filter_map(|part| match part {
                Part::Name(name) => Some(name),
                _ => None,
            });
            // Others have variables with the same sign; only names of the template are meant for it.
            for name in names.filter(|name| is_ours(template, name)) {
                report
                    .value(
                        node,
                        format!("`${{{name}}}` stays as it is: the text is not in `Fn::Sub`"),
                    )
                    .help("put the text into `Fn::Sub`");
            }
        }
        Kind::Text(text) if text.contains('!') => {
            if let Some(tag) = tag(template, text) {
                report
                    .value(
                        node,
                        format!("`{tag}` stays as it is: a tag inside of a text is no function"),
                    )
                    .help("write `${Name}`, and put the text into `Fn::Sub`");
            }
        }
        Kind::List(items) => items.iter().for_each(|item| walk(template, item, key, report)),
        Kind::Map(map) => {
            for entry in map.iter().filter(|entry| entry.key != "Fn::Sub") {
                walk(template, &entry.value, &entry.key, report);
            }
        }
        _ => {}
    }
}

/// `!Ref Name` or `!GetAtt Name.Attribute` within a text, of a name of the template.
fn tag<'t>(template: &Template<'_>, text: &'t str) -> Option<&'t str> {
    ["!Ref ", "!GetAtt "].into_iter().find_map(|tag| {
        let (at, _) = text.match_indices(tag).next()?;
        let rest = &text[at + tag.len()..];
        let end = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | ':');
        let name = &rest[..rest.find(end).unwrap_or(rest.len())];
        is_ours(template, name).then(|| &text[at..at + tag.len() + name.len()])
    })
}

fn is_ours(template: &Template<'_>, name: &str) -> bool {
    let base = name.split('.').next().unwrap_or(name);
    PSEUDO.contains(&name) || template.resource(base).is_some() || template.named("Parameters", name).is_some()
}
