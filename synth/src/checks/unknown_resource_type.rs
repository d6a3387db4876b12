use super::finding::{Family, Level, Rule};
use super::report::Report;
use super::view::Set;
use crate::schema;

pub(super) const RULE: Rule = Rule {
    name: "unknown-resource-type",
    why: "CloudFormation refuses a type that neither AWS nor the account has registered.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html",
    level: Level::Warning,
    family: Family::Schema,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        for resource in &template.resources {
            let Some(kind) = resource.attribute("Type").filter(|_| !resource.kind.is_empty()) else {
                continue;
            };
            // Only names of AWS's own are known; what a macro makes of a type is its own affair.
            let ours = resource.kind.starts_with("AWS::") && !resource.kind.ends_with("::MODULE");
            if !ours || template.transformed() || known(resource.kind) {
                continue;
            }
            let draft = report.value(kind, format!("AWS has no resource type `{}`", resource.kind));
            if let Some(near) = schema::nearest_type(resource.kind) {
                draft.help(format!("did you mean `{near}`?"));
            }
        }
    }
}

fn known(kind: &str) -> bool {
    schema::types().any(|name| name == kind)
}
