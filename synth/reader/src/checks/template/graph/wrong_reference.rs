use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::{Resource, Template, function};
use crate::read::{Kind, Node};
use crate::schema::{self, ResourceSchema};

pub(super) const RULE: Rule = Rule {
    name: "wrong-reference",
    why: "A property that takes the id of one type of resource is given a value of another: the deployment fails when AWS looks it up.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-0123456789abcdef0, CidrBlock: 10.0.0.0/24}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: of the service, VpcId: !Ref Subnet}
",
    instead: r"
Resources:
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-0123456789abcdef0, CidrBlock: 10.0.0.0/24}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: of the service, VpcId: !GetAtt Subnet.VpcId}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        for resource in &template.resources {
            let schema = schema::resource(resource.kind);
            let Some((schema, properties)) = schema.zip(resource.attribute("Properties")) else {
                continue;
            };
            walk(template, properties, ("", schema.root()), report);
        }
    }
}

fn walk<'a>(template: &Template<'a>, node: &'a Node, (key, place): (&str, schema::Node<'_>), report: &mut Report<'a>) {
    if let Some([_, yes, no]) = function::argument(node, "Fn::If").and_then(Node::list) {
        walk(template, yes, (key, place), report);
        walk(template, no, (key, place), report);
        return;
    }
    if let Some((resource, None)) = aim(template, node)
        && let Some(name) = named(resource)
        && let Some(wants) = not_a_name(place)
    {
        let message = format!("`{}` gives its {name}; here belongs {wants}", resource.id);
        report
            .value(node, message)
            .also(resource.entry, format!("what `{}` is", resource.id))
            .help("take the attribute that is wanted with `Fn::GetAtt`");
        return;
    }
    if another_thing(template, node, (key, place), report) {
        return;
    }
    if let (Some(wanted), Some(aim)) = (place.format(), aim(template, node)) {
        formats(node, wanted, aim, report);
        return;
    }
    match &node.kind {
        Kind::Map(map) => {
            for entry in map {
                if let Some(inner) = place.property(&entry.key) {
                    walk(template, &entry.value, (&entry.key, inner), report);
                }
            }
        }
        Kind::List(items) => {
            if let Some(inner) = place.items() {
                for item in items {
                    walk(template, item, (key, inner), report);
                }
            }
        }
        _ => {}
    }
}

/// Reports the id or the ARN of another thing than the schema or the name of the property asks for.
fn another_thing<'a>(
    template: &Template<'a>,
    node: &'a Node,
    (key, place): (&str, schema::Node<'_>),
    report: &mut Report<'a>,
) -> bool {
    if let Some((resource, Some("Arn"))) = aim(template, node)
        && let Some(wanted) = place.format().or_else(|| of_role(key, place))
        && let Some(kind) = wanted.strip_suffix(".Arn")
        && is_of_another_service(resource, kind)
    {
        report
            .value(
                node,
                format!("`{}` is {}; here belongs {wanted}", resource.id, resource.kind),
            )
            .also(resource.entry, format!("what `{}` is", resource.id));
        return true;
    }
    if let Some((resource, None)) = aim(template, node)
        && given(resource, None).is_none()
        && let Some(wanted) = of_network(key).filter(|wanted| is_other_thing(resource, wanted))
    {
        report
            .value(
                node,
                format!("`{}` is {}; here belongs {wanted}.Id", resource.id, resource.kind),
            )
            .also(resource.entry, format!("what `{}` is", resource.id));
        return true;
    }
    false
}

/// What belongs where the schema has no format, and its pattern or the name says it.
fn of_role(key: &str, place: schema::Node<'_>) -> Option<&'static str> {
    let role = place.pattern().is_some_and(|pattern| pattern.contains(":role/"));
    (role || key.ends_with("RoleArn")).then_some("AWS::IAM::Role.Arn")
}

/// The part of a network that a property of this name takes, in every service.
fn of_network(key: &str) -> Option<&'static str> {
    match key {
        "SubnetId" | "SubnetIds" | "Subnets" => Some("AWS::EC2::Subnet"),
        "SecurityGroupIds" => Some("AWS::EC2::SecurityGroup"),
        "VpcId" => Some("AWS::EC2::VPC"),
        _ => None,
    }
}

/// Whether a reference gives the id of something else that EC2 makes.
fn is_other_thing(resource: &Resource<'_>, wanted: &str) -> bool {
    let of_ec2 = resource.kind.starts_with("AWS::EC2::") && schema::resource(resource.kind).is_some();
    of_ec2 && resource.kind != wanted
}

/// Types of one service stand for each other, such as a replica of a key for a key.
fn is_of_another_service(resource: &Resource<'_>, kind: &str) -> bool {
    let service = |kind: &str| kind.rsplit_once("::").map(|(service, _)| service.to_owned());
    schema::resource(resource.kind).is_some() && service(resource.kind) != service(kind)
}

/// What a reference gives is of the format that is wanted.
fn formats<'a>(
    node: &'a Node,
    wanted: &str,
    (resource, attribute): (&Resource<'a>, Option<&'a str>),
    report: &mut Report<'a>,
) {
    // Its schema leaves open whether it gives its id or its name.
    let group = resource.kind == "AWS::EC2::SecurityGroup" && attribute.is_none();
    let other = !wanted.starts_with("AWS::EC2::SecurityGroup.");
    let of_group = (group && other).then_some("AWS::EC2::SecurityGroup.Id");
    let arn = attribute.is_some_and(|name| name.ends_with("Arn")) && wanted == "AWS::S3::Bucket.Name";
    let given = of_group
        .or(arn.then_some("AWS::S3::Bucket.Arn"))
        .or_else(|| given(resource, attribute));
    if let Some(given) = given.filter(|given| differs(wanted, given)) {
        let name = resource.id;
        let given = if arn { "an ARN" } else { given };
        report
            .value(node, format!("`{name}` gives {given}; here belongs {wanted}"))
            .also(resource.entry, format!("what `{name}` is"));
    }
}

fn aim<'t, 'a>(template: &'t Template<'a>, node: &'a Node) -> Option<(&'t Resource<'a>, Option<&'a str>)> {
    let (name, attribute) = function::target(node)?;
    Some((template.resource(name)?, attribute))
}

/// What a reference gives, in the words of the schema.
fn given(resource: &Resource<'_>, attribute: Option<&str>) -> Option<&'static str> {
    let schema: &'static ResourceSchema = schema::resource(resource.kind)?;
    if let Some(attribute) = attribute {
        return schema.find(&attribute.replace('.', "/"))?.format();
    }
    let mut identifier = schema.by_ref();
    let first = identifier.next()?;
    if identifier.next().is_some() {
        return None;
    }
    schema.find(first)?.format()
}

/// Whether two formats name different things; only names of resource types are compared.
fn differs(wanted: &str, given: &str) -> bool {
    let kind = |format: &str| -> Option<(String, String)> {
        let (kind, what) = format.strip_prefix("AWS::")?.split_once('.')?;
        Some((kind.to_owned(), what.trim_end_matches('s').to_ascii_lowercase()))
    };
    match (kind(wanted), kind(given)) {
        (Some(wanted), Some(given)) => wanted != given,
        _ => false,
    }
}

/// Of types whose reference is a name, what it is called.
fn named(resource: &Resource<'_>) -> Option<&'static str> {
    let schema: &'static ResourceSchema = schema::resource(resource.kind)?;
    let mut identifier = schema.by_ref();
    let name = identifier.next().filter(|name| name.ends_with("Name"))?;
    identifier.next().is_none().then_some(name)
}

/// What a place takes, if no name can stand there: an ARN, or the id of something that EC2 made.
fn not_a_name(place: schema::Node<'_>) -> Option<String> {
    const IDS: [&str; 4] = [
        "AWS::EC2::Image.Id",
        "AWS::EC2::SecurityGroup.Id",
        "AWS::EC2::Subnet.Id",
        "AWS::EC2::VPC.Id",
    ];
    if let Some(wanted) = place.format().filter(|format| IDS.contains(format)) {
        return Some(wanted.to_owned());
    }
    let pattern = place.pattern()?;
    let arn =
        pattern.trim_start_matches(['^', '(']).starts_with("arn:") && !crate::checks::schema::fits(pattern, "Name-1");
    arn.then(|| "an ARN".to_owned())
}
