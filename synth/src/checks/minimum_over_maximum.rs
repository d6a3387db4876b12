use super::finding::{Family, Level, Rule};
use super::known;
use super::report::Report;
use super::view::Set;

pub(super) const RULE: Rule = Rule {
    name: "minimum-over-maximum",
    why: "A range whose least is more than its most is refused.",
    link: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    level: Level::Error,
    family: Family::Schema,
    check,
};

const RANGES: [(&str, &str, &str); 3] = [
    (
        "AWS::ApplicationAutoScaling::ScalableTarget",
        "MinCapacity",
        "MaxCapacity",
    ),
    ("AWS::AutoScaling::AutoScalingGroup", "MinSize", "MaxSize"),
    ("AWS::RDS::DBInstance", "AllocatedStorage", "MaxAllocatedStorage"),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (kind, least, most) in RANGES {
        for (template, resource) in set.of(kind) {
            let number = |name: &str| {
                let node = resource.property(name)?;
                Some((node, known::number(template, node)?))
            };
            if let (Some((node, low)), Some((_, high))) = (number(least), number(most))
                && low > high
            {
                report.value(node, format!("`{least}` is {low} and `{most}` is {high}"));
            }
        }
    }
}
