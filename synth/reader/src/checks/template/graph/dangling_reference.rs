use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::Template;
use crate::read::template::function::{By, PSEUDO, Reference};
use crate::schema;

pub(super) const RULE: Rule = Rule {
    name: "dangling-reference",
    why: "CloudFormation refuses a template in which `Ref`, `Fn::GetAtt` or `Fn::Sub` names nothing of it.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Alerts: {Type: AWS::SNS::Topic}
Outputs:
  Alerts: {Value: !Ref Alert}
",
    instead: r"
Resources:
  Alerts: {Type: AWS::SNS::Topic}
Outputs:
  Alerts: {Value: !Ref Alerts}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in set.templates.iter().filter(|template| !template.generated) {
        for reference in &template.references {
            if let Some(message) = dangling(template, reference) {
                let draft = report.value(reference.node, message);
                if template.named("Conditions", reference.name).is_some() {
                    let name = reference.name;
                    draft.help(format!("`{name}` is a condition: write `!If [{name}, true, false]`"));
                } else if let Some(near) = schema::nearest(reference.name, template.names()) {
                    let mut entries = ["Resources", "Parameters"]
                        .into_iter()
                        .flat_map(|name| template.section(name));
                    let entry = entries.find(|entry| entry.key == near);
                    draft
                        .also_if(entry, format!("`{near}` is here"))
                        .help(format!("did you mean `{near}`?"));
                }
            }
        }
    }
}

fn dangling(template: &Template<'_>, reference: &Reference<'_>) -> Option<String> {
    let name = reference.name;
    let is_resource = template.resource(name).is_some() || template.makes(name);
    let is_parameter = template.named("Parameters", name).is_some();
    if reference.from.0 == "Conditions" && is_resource && !is_parameter {
        return Some(format!(
            "a condition is decided before `{name}` is made: it can only use parameters"
        ));
    }
    let attribute = reference.by == By::GetAtt || reference.attribute.is_some();
    let found = is_resource || (!attribute && (is_parameter || PSEUDO.contains(&name)));
    match (found, attribute) {
        (true, _) => None,
        (false, true) => Some(format!("no resource is named `{name}`")),
        (false, false) => Some(format!("no resource or parameter is named `{name}`")),
    }
}
