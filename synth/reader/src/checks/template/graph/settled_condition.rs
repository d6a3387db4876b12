use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::worlds;
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    name: "settled-condition",
    why: "A condition that contradicts itself, or that every allowed value makes true, chooses nothing: what it guards \
          is never made, or always.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod]}
Conditions:
  Prod: !Equals [!Ref Stage, production]
Resources:
  Alerts: {Type: AWS::SNS::Topic, Condition: Prod}
",
    instead: r"
Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod]}
Conditions:
  Prod: !Equals [!Ref Stage, prod]
Resources:
  Alerts: {Type: AWS::SNS::Topic, Condition: Prod}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in set.templates.iter().filter(|template| !template.generated) {
        for entry in template.section("Conditions") {
            // A comparison of two texts is how people switch something by hand.
            if !asks(&entry.value) {
                continue;
            }
            let worlds = worlds::all(template, &BTreeSet::from([entry.key.as_str()]));
            let all = |truth| worlds.iter().all(|world| world.truth(&entry.key) == Some(truth));
            let says = match (all(false), all(true)) {
                (true, false) => "never true",
                (false, true) => "always true",
                _ => continue,
            };
            report
                .key(entry, format!("`{}` is {says}, whatever its parameters are", entry.key))
                .help("compare with values that the parameters allow, or leave the condition out");
        }
    }
}

/// Whether a condition asks for something that a deployer gives.
fn asks(node: &crate::read::Node) -> bool {
    use crate::read::Kind;

    match &node.kind {
        Kind::List(items) => items.iter().any(asks),
        Kind::Map(map) => map
            .iter()
            .any(|entry| matches!(entry.key.as_str(), "Ref" | "Condition") || asks(&entry.value)),
        _ => false,
    }
}
