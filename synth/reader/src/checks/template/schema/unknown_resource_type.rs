use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::Template;
use crate::schema::{self, sam};

pub(super) const RULE: Rule = Rule {
    name: "unknown-resource-type",
    why: "CloudFormation refuses a type that neither AWS nor the account has registered.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html",
    level: Level::Warning,
    family: Family::Schema,
    example: r"
Resources:
  Jobs:
    Type: AWS::SQS::Queu
",
    instead: r"
Resources:
  Jobs:
    Type: AWS::SQS::Queue
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        for resource in &template.resources {
            let Some(kind) = resource.attribute("Type").filter(|_| !resource.kind.is_empty()) else {
                continue;
            };
            // Only names of AWS's own are known.
            let ours = resource.kind.starts_with("AWS::") && !resource.kind.ends_with("::MODULE");
            if !ours || template.generated || known(resource.kind) {
                continue;
            }
            if resource.kind.starts_with("AWS::Serverless::") {
                serverless(template, kind, resource.kind, report);
                continue;
            }
            let draft = report.value(kind, format!("AWS has no resource type `{}`", resource.kind));
            if let Some(near) = schema::nearest_type(resource.kind) {
                draft.help(format!("did you mean `{near}`?"));
            }
        }
    }
}

fn serverless<'a>(template: &Template<'a>, node: &'a Node, kind: &str, report: &mut Report<'a>) {
    if !template.serverless() {
        report
            .value(
                node,
                format!("`{kind}` is a type of SAM, whose transform is not declared"),
            )
            .level(Level::Error)
            .help("add `Transform: AWS::Serverless-2016-10-31` to the template");
    } else if sam::of(kind).is_none() {
        let draft = report.value(node, format!("SAM has no type `{kind}`"));
        if let Some(near) = schema::nearest(kind, sam::TYPES.iter().map(|of| of.name)) {
            draft.help(format!("did you mean `{near}`?"));
        }
    }
}

fn known(kind: &str) -> bool {
    schema::types().any(|name| name == kind)
}
