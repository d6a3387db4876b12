use super::finding::{Family, Level, Rule};
use super::report::Report;
use super::schema::Broken;
use super::view::Set;

pub(super) const RULE: Rule = Rule {
    name: "missing-property",
    why: "CloudFormation refuses a resource that lacks a required property.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html",
    level: Level::Error,
    family: Family::Schema,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    super::schema::report(set, Broken::Missing, report);
}
