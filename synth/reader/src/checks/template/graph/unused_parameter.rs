use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::function;
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    name: "unused-parameter",
    why: "Whoever deploys is asked for a value that changes nothing.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
Parameters:
  Stage: {Type: String}
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
    for template in set.templates.iter().filter(|template| !template.hidden) {
        let mut names = Vec::new();
        for section in ["Conditions", "Mappings", "Resources", "Outputs", "Rules", "Hooks"] {
            for entry in template.section(section) {
                function::names(&entry.value, &mut names);
            }
        }
        let looped = template.document.used.iter().map(String::as_str);
        let used: BTreeSet<&str> = names.into_iter().chain(looped).collect();
        for parameter in template
            .section("Parameters")
            .filter(|entry| !used.contains(entry.key.as_str()))
        {
            report
                .key(parameter, format!("nothing uses the parameter `{}`", parameter.key))
                .help("remove it");
        }
    }
}
