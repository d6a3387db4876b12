use crate::checks::schema::Broken;
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "refused-combination",
    why: "These properties exclude or need each other.",
    link: "https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html",
    level: Level::Error,
    family: Family::Schema,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    crate::checks::schema::report(set, Broken::Combination, report);
}
