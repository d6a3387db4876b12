use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::function::{self, Part};
use crate::read::template::{Template, known};
use crate::read::{Kind, Node};
use crate::schema;

pub(super) const RULE: Rule = Rule {
    name: "malformed-id",
    why: "The ids that EC2 gives have a prefix and 8 or 17 digits: anything else names nothing.",
    link: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: of the service, VpcId: vpc-123}
",
    instead: r"
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: of the service, VpcId: vpc-0123456789abcdef0}
",
    check,
};

const PREFIXES: [(&str, &str, &str); 4] = [
    ("AWS::EC2::Image.Id", "ami-", "an image"),
    ("AWS::EC2::SecurityGroup.Id", "sg-", "a security group"),
    ("AWS::EC2::Subnet.Id", "subnet-", "a subnet"),
    ("AWS::EC2::VPC.Id", "vpc-", "a VPC"),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        for resource in &template.resources {
            let schema = schema::resource(resource.kind);
            if let Some((schema, properties)) = schema.zip(resource.attribute("Properties")) {
                walk(template, properties, schema.root(), report);
            }
        }
    }
}

fn walk<'a>(template: &Template<'a>, node: &'a Node, place: schema::Node<'_>, report: &mut Report<'a>) {
    if let Some([_, yes, no]) = function::argument(node, "Fn::If").and_then(Node::list) {
        walk(template, yes, place, report);
        walk(template, no, place, report);
        return;
    }
    match &node.kind {
        Kind::Map(map) if function::of(node).is_none() => {
            for entry in map {
                if let Some(inner) = place.find(&entry.key) {
                    walk(template, &entry.value, inner, report);
                }
            }
        }
        Kind::List(items) => {
            if let Some(inner) = place.find("*") {
                for item in items {
                    walk(template, item, inner, report);
                }
            }
        }
        _ => text(template, node, place, report),
    }
}

fn text<'a>(template: &Template<'a>, node: &'a Node, place: schema::Node<'_>, report: &mut Report<'a>) {
    let Some((_, prefix, what)) = PREFIXES.iter().find(|(format, ..)| place.format() == Some(format)) else {
        return;
    };
    if let Some(text) = node.text().filter(|text| unsubstituted(template, text)) {
        report
            .value(node, format!("`{text}` is not the id of {what}"))
            .help("put it into `Fn::Sub`");
        return;
    }
    let Some(text) = known::text(template, node) else {
        return;
    };
    // Parameters of Systems Manager stand for images.
    if text.contains("resolve:") {
        return;
    }
    let digits = text.strip_prefix(prefix).unwrap_or_default();
    let fine = matches!(digits.len(), 8 | 17)
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || (*prefix == "ami-" && byte.is_ascii_alphanumeric()));
    if !fine {
        report
            .value(node, format!("`{text}` is not the id of {what}"))
            .sure(text.sure)
            .help(format!("it is `{prefix}` and 8 or 17 digits"));
    }
}

/// Whether all that a text waits for is in this template, so that no other tool will put it in.
fn unsubstituted(template: &Template<'_>, text: &str) -> bool {
    let mut names = function::parts(text).into_iter().filter_map(|part| match part {
        Part::Name(name) => Some(name),
        _ => None,
    });
    let ours = |name: &str| {
        name.starts_with("AWS::") || template.named("Parameters", name).is_some() || template.resource(name).is_some()
    };
    names.next().is_some_and(ours) && names.all(ours)
}
