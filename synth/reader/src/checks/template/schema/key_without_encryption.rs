use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::kind::is_open;
use crate::read::template::{Template, function, known};
use crate::read::{Kind, Map, Node};
use crate::schema::{self, Node as Place};

pub(super) const RULE: Rule = Rule {
    name: "key-without-encryption",
    why: "A key is given and encryption is not asked for: the service refuses it, or the data stay unencrypted.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-volume.html",
    level: Level::Warning,
    family: Family::Schema,
    example: r"
Resources:
  Disk:
    Type: AWS::EC2::Volume
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties: {AvailabilityZone: eu-west-1a, Size: 20, VolumeType: gp3, KmsKeyId: alias/disks}
",
    instead: r"
Resources:
  Disk:
    Type: AWS::EC2::Volume
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties: {AvailabilityZone: eu-west-1a, Size: 20, VolumeType: gp3, Encrypted: true, KmsKeyId: alias/disks}
",
    check,
};

const KEY: &str = "KmsKeyId";

/// What asks for encryption, where a schema has it beside a key.
const SWITCHES: [&str; 2] = ["Encrypted", "StorageEncrypted"];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        for resource in &template.resources {
            let Some(properties) = resource.attribute("Properties").filter(|node| has_key(node)) else {
                continue;
            };
            if let Some(schema) = schema::resource(resource.kind) {
                walk(template, properties, schema.root(), report);
            }
        }
    }
}

/// Few resources have a key at all.
fn has_key(node: &Node) -> bool {
    match &node.kind {
        Kind::List(items) => items.iter().any(has_key),
        Kind::Map(map) => map.iter().any(|entry| entry.key == KEY || has_key(&entry.value)),
        _ => false,
    }
}

fn walk<'a>(template: &Template<'a>, node: &'a Node, place: Place<'_>, report: &mut Report<'a>) {
    if let Some((_, yes, no)) = function::choice(node) {
        walk(template, yes, place, report);
        walk(template, no, place, report);
        return;
    }
    match &node.kind {
        Kind::Map(map) => {
            judge(template, map, place, report);
            for entry in map {
                if let Some(inner) = place.property(&entry.key) {
                    walk(template, &entry.value, inner, report);
                }
            }
        }
        Kind::List(items) => {
            for item in items {
                if let Some(inner) = place.items() {
                    walk(template, item, inner, report);
                }
            }
        }
        _ => {}
    }
}

fn judge<'a>(template: &Template<'a>, map: &'a Map, place: Place<'_>, report: &mut Report<'a>) {
    let Some(entry) = map
        .entry(KEY)
        .filter(|entry| !is_open(map) && function::choice(&entry.value).is_none())
    else {
        return;
    };
    let Some(switch) = SWITCHES.into_iter().find(|name| place.property(name).is_some()) else {
        return;
    };
    // What is made from something else is encrypted as that is.
    if map.iter().any(|entry| is_source(&entry.key)) {
        return;
    }
    let off = match map.get(switch) {
        None => Some(known::Sure::Written),
        Some(node) => known::boolean(template, node).and_then(|on| (!on.value).then_some(on.sure)),
    };
    if let Some(sure) = off {
        report
            .key(entry, format!("`{KEY}` is given, and `{switch}` is not true"))
            .sure(sure)
            .help(format!("set `{switch}` to true"));
    }
}

fn is_source(key: &str) -> bool {
    let made = ["Global", "Replication", "Restore", "Source", "Snapshot", "UseLatest"];
    made.iter().any(|start| key.starts_with(start))
        || key.ends_with("SnapshotIdentifier")
        || key == "DBClusterIdentifier"
}
