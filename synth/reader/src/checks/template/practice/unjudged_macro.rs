use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::{Template, transform};

pub(super) const RULE: Rule = Rule {
    name: "unjudged-macro",
    why: "What a macro makes of a template is only known once it has run, so a part of the template is taken on trust.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros.html",
    level: Level::Info,
    family: Family::Practice,
    example: r"
Transform: OurMacro
Resources:
  Alerts: {Type: AWS::SNS::Topic}
",
    instead: r"
Resources:
  Alerts: {Type: AWS::SNS::Topic}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        for (node, name) in transform::names(template.document) {
            if let Some(message) = message(template, name) {
                report.value(node, message);
            }
        }
    }
}

fn message(template: &Template<'_>, name: &str) -> Option<String> {
    if name.starts_with("AWS::Serverless-") {
        let count = template
            .resources
            .iter()
            .filter(|resource| resource.kind.starts_with("AWS::Serverless::"))
            .count();
        let what = match count {
            0 => return None,
            1 => "1 resource".to_owned(),
            count => format!("{count} resources"),
        };
        return Some(format!(
            "SAM makes others of {what} here; of these only the names of properties are judged"
        ));
    }
    if name == "AWS::Include" {
        return Some("what is included here is not seen, so names are not judged".to_owned());
    }
    transform::is_own(name)
        .then(|| format!("the macro `{name}` may change anything here, so what looks wrong is no error"))
}
