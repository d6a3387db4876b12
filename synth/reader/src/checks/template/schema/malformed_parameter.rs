use crate::checks::template::form::{self, Field, Want, may, must};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::{Entry, Node};

pub(super) const RULE: Rule = Rule {
    name: "malformed-parameter",
    why: "CloudFormation refuses a parameter without a type that it knows, with properties that parameters do not have, or with functions in it.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Parameters:
  Stage: {Type: Text}
Resources:
  Alerts:
    Type: AWS::SNS::Topic
    Properties: {DisplayName: !Ref Stage}
",
    instead: r"
Parameters:
  Stage: {Type: String}
Resources:
  Alerts:
    Type: AWS::SNS::Topic
    Properties: {DisplayName: !Ref Stage}
",
    check,
};

const FIELDS: [Field; 11] = [
    must("Type", Want::Literal),
    may("Default", Want::Literal),
    may("Description", Want::Literal),
    may("ConstraintDescription", Want::Literal),
    may("AllowedPattern", Want::Literal),
    may("AllowedValues", Want::Literals),
    may("MinLength", Want::Whole(0, 4096)),
    may("MaxLength", Want::Whole(0, 4096)),
    may("MinValue", Want::Number),
    may("MaxValue", Want::Number),
    may("NoEcho", Want::Flag),
];

/// Those of AWS's own that may also stand in a list.
const LOOKED_UP: [&str; 9] = [
    "AWS::EC2::AvailabilityZone::Name",
    "AWS::EC2::Image::Id",
    "AWS::EC2::Instance::Id",
    "AWS::EC2::SecurityGroup::GroupName",
    "AWS::EC2::SecurityGroup::Id",
    "AWS::EC2::Subnet::Id",
    "AWS::EC2::VPC::Id",
    "AWS::EC2::Volume::Id",
    "AWS::Route53::HostedZone::Id",
];

const SINGLE: [&str; 4] = [
    "String",
    "Number",
    "AWS::EC2::KeyPair::KeyName",
    "AWS::SSM::Parameter::Name",
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        for entry in template.section("Parameters") {
            // A loop writes parameters of its own.
            if entry.key.starts_with("Fn::") {
                continue;
            }
            if entry.key.is_empty() || !entry.key.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                let message = format!("the parameter `{}` has characters beside letters and digits", entry.key);
                report.key(entry, message);
            }
            form::check(entry, &FIELDS, &format!("the parameter `{}`", entry.key), report);
            kind(entry, report);
            constraints(entry, report);
        }
    }
}

fn kind<'a>(entry: &'a Entry, report: &mut Report<'a>) {
    let Some(node) = entry.value.get("Type") else { return };
    let Some(name) = node.text().filter(|name| !is_known(name)) else {
        return;
    };
    let draft = report.value(node, format!("`{name}` is not a type of parameters"));
    let names = SINGLE
        .into_iter()
        .chain(LOOKED_UP)
        .chain(["CommaDelimitedList", "List<Number>"]);
    if let Some(near) = crate::schema::nearest(name, names) {
        draft.help(format!("did you mean `{near}`?"));
    }
}

fn is_known(name: &str) -> bool {
    let inner = name
        .strip_prefix("AWS::SSM::Parameter::Value<")
        .and_then(|rest| rest.strip_suffix('>'));
    let name = inner.unwrap_or(name);
    let item = name.strip_prefix("List<").and_then(|rest| rest.strip_suffix('>'));
    match item {
        Some(item) => LOOKED_UP.contains(&item) || matches!(item, "Number" | "String"),
        None => name == "CommaDelimitedList" || SINGLE.contains(&name) || LOOKED_UP.contains(&name),
    }
}

/// Bounds of numbers are for numbers, lengths and patterns for strings; a least is not over its most.
fn constraints<'a>(entry: &'a Entry, report: &mut Report<'a>) {
    let Some(map) = entry.value.map() else { return };
    let kind = map.get("Type").and_then(Node::text).unwrap_or_default();
    let misplaced: &[&str] = match kind {
        "" => &[],
        "Number" => &["MinLength", "MaxLength", "AllowedPattern"],
        _ => &["MinValue", "MaxValue"],
    };
    for constraint in misplaced.iter().filter_map(|name| map.entry(name)) {
        let message = format!("a parameter of type `{kind}` takes no `{}`", constraint.key);
        report.key(constraint, message);
    }
    for (least, most) in [("MinLength", "MaxLength"), ("MinValue", "MaxValue")] {
        let number = |name: &str| map.get(name).and_then(Node::as_f64);
        if let (Some(low), Some(high), Some(place)) = (number(least), number(most), map.get(least))
            && low > high
        {
            report.value(place, format!("`{least}` is {low} and `{most}` is {high}"));
        }
    }
    let pattern = map.get("AllowedPattern");
    if let Some((node, message)) = pattern.and_then(|node| Some((node, broken(node.text()?)?))) {
        report.value(node, message);
    }
    let long = |name: &str, most: usize| {
        map.get(name)
            .filter(|node| node.text().is_some_and(|text| text.len() > most))
    };
    if let Some(node) = long("Description", 4000) {
        report.value(node, "the description of a parameter has at most 4,000 bytes");
    }
    if let Some(node) = long("Default", 4096) {
        report.value(node, "the value of a parameter has at most 4,096 bytes");
    }
}

/// What keeps a text from being a regular expression in any dialect.
fn broken(pattern: &str) -> Option<&'static str> {
    // Between these, everything stands for itself.
    if pattern.contains("\\Q") {
        return None;
    }
    let (mut groups, mut class) = (0_usize, None);
    let mut characters = pattern.chars().enumerate();
    while let Some((at, character)) = characters.next() {
        match (character, class) {
            ('\\', _) if characters.next().is_none() => return Some("the regular expression ends with a backslash"),
            ('[', None) => class = Some(at),
            // `[]` and `[^]` do not end where they begin.
            (']', Some(from)) if at > from + 1 && !(at == from + 2 && pattern.chars().nth(from + 1) == Some('^')) => {
                class = None;
            }
            ('(', None) => groups += 1,
            (')', None) => match groups.checked_sub(1) {
                Some(less) => groups = less,
                None => return Some("a bracket of the regular expression is closed that was not opened"),
            },
            _ => {}
        }
    }
    (groups > 0 || class.is_some()).then_some("a bracket of the regular expression is not closed")
}
