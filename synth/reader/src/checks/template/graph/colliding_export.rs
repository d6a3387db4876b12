use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::known::{self, Shape, Sure};
use std::borrow::Cow;
use std::collections::BTreeMap;

pub(in crate::checks) const RULE: Rule = Rule {
    name: "colliding-export",
    why: "The name of an export is unique in an account and region: the second stack fails.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
--- # network.yaml
Resources:
  Public: {Type: AWS::SNS::Topic}
Outputs:
  Public: {Value: !Ref Public, Export: {Name: alerts}}
--- # service.yaml
Resources:
  Own: {Type: AWS::SNS::Topic}
Outputs:
  Own: {Value: !Ref Own, Export: {Name: alerts}}
",
    instead: r"
--- # network.yaml
Resources:
  Public: {Type: AWS::SNS::Topic}
Outputs:
  Public: {Value: !Ref Public, Export: {Name: alerts}}
--- # service.yaml
Resources:
  Own: {Type: AWS::SNS::Topic}
Outputs:
  Own: {Value: !Ref Own, Export: {Name: service-alerts}}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let mut seen: BTreeMap<Cow<'_, str>, (&Node, usize)> = BTreeMap::new();
    let mut composed: Vec<(Shape<'a>, &'a Node, usize)> = Vec::new();
    for (number, template) in set.templates.iter().enumerate() {
        for output in template.section("Outputs") {
            let Some(node) = output.value.dig(&["Export", "Name"]) else {
                continue;
            };
            // A name that depends on the stack or on a parameter differs from deployment to deployment.
            let name = known::text(template, node).filter(|name| name.sure == Sure::Written);
            let Some(name) = name.map(|name| name.value) else {
                composed.extend(known::by_names(template, node).map(|name| (name, node, number)));
                continue;
            };
            if let Some((other, first)) = seen.get(&name) {
                // The same template in two folders is one stack deployed to two places.
                let twice = || set.templates[*first].document.text != template.document.text;
                if *first == number || (set.together && twice()) {
                    let file = &set.templates[*first].document.file;
                    report
                        .value(node, format!("the export `{name}` is in {file} already"))
                        .also(*other, "the other export");
                }
            } else {
                seen.insert(name, (node, number));
            }
        }
    }
    if set.together {
        twins(set, &composed, report);
    }
}

/// Templates that are deployed together are given the same values, as far as it is known.
fn twins<'a>(set: &Set<'a>, composed: &[(Shape<'a>, &'a Node, usize)], report: &mut Report<'a>) {
    let mut seen: BTreeMap<&Shape<'a>, (&'a Node, usize)> = BTreeMap::new();
    for (name, node, number) in composed {
        let Some((other, first)) = seen.get(name) else {
            seen.insert(name, (node, *number));
            continue;
        };
        let (home, this) = (set.templates[*first].document, set.templates[*number].document);
        if first == number || home.text != this.text {
            report
                .value(node, format!("the export `{name}` is in {} already", home.file))
                .level(Level::Warning)
                .also(*other, "the other export")
                .help("name it otherwise, unless the two are given other values");
        }
    }
}
