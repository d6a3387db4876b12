use crate::checks::{Family, Level, RULES, Report, Rule, Set, current};
use crate::read::template::function;
use crate::read::template::kind::is_open;
use crate::read::{Entry, Kind, Node};
use crate::schema::nearest;

pub(super) const RULE: Rule = Rule {
    name: "idle-allowance",
    why: "An allowance without a reason, or of a rule that does not exist, allows nothing: whoever wrote it believes \
          otherwise.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-metadata.html",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
Resources:
  Alerts:
    Type: AWS::SNS::Topic
    Metadata: {synth: {allow: {silent-topics: nobody listens yet}}}
",
    instead: r"
Resources:
  Alerts:
    Type: AWS::SNS::Topic
    Metadata: {synth: {allow: {silent-topic: nobody listens yet}}}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        let resources = template.resources.iter().map(|resource| &resource.entry.value);
        for node in std::iter::once(&template.document.root).chain(resources) {
            if let Some(ours) = node.dig(&["Metadata", "synth"]) {
                metadata(ours, report);
            }
        }
    }
}

fn metadata<'a>(ours: &'a Node, report: &mut Report<'a>) {
    let Some(map) = ours.map() else {
        said(ours, "what `synth` reads of the metadata is a map", report);
        return;
    };
    for entry in map.iter().filter(|_| !is_open(map)) {
        if entry.key == "allow" {
            allowances(&entry.value, report);
        } else if !["added", "set"].contains(&entry.key.as_str()) {
            report
                .key(entry, format!("`synth` does not know `{}` in metadata", entry.key))
                .help("it reads `allow`");
        }
    }
}

fn allowances<'a>(node: &'a Node, report: &mut Report<'a>) {
    let Some(map) = node.map() else {
        said(node, "`allow` is a map of rules, each with a reason", report);
        return;
    };
    for entry in map.iter().filter(|_| !is_open(map)) {
        allowance(entry, report);
    }
}

fn said<'a>(node: &'a Node, message: &str, report: &mut Report<'a>) {
    report
        .value(node, message)
        .help("write `allow: {open-port: \"a public web server\"}`");
}

fn allowance<'a>(entry: &'a Entry, report: &mut Report<'a>) {
    if !RULES.iter().any(|rule| rule.name == current(&entry.key)) {
        let draft = report.key(entry, format!("there is no rule `{}` to allow", entry.key));
        match nearest(&entry.key, RULES.iter().map(|rule| rule.name)) {
            Some(near) => draft.help(format!("did you mean `{near}`?")),
            None => draft.help("`synth explain` lists the rules"),
        }
    } else if function::of(&entry.value).is_some() || matches!(entry.value.kind, Kind::Map(_) | Kind::List(_)) {
        said(&entry.value, "a reason is a text", report);
    } else if entry.value.text().is_none_or(|text| text.trim().is_empty()) {
        report
            .value(&entry.value, format!("`{}` is not allowed without a reason", entry.key))
            .help("say why it may be so here");
    }
}
