use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::{Template, known};
use crate::read::{Entry, Map};

pub(super) const RULE: Rule = Rule {
    name: "refused-storage",
    why: "Only some types of storage take IOPS or throughput, and others need them.",
    link: "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Disk:
    Type: AWS::EC2::Volume
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties: {AvailabilityZone: eu-west-1a, Size: 100, VolumeType: gp2, Iops: 3000}
",
    instead: r"
Resources:
  Disk:
    Type: AWS::EC2::Volume
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties: {AvailabilityZone: eu-west-1a, Size: 100, VolumeType: gp3, Iops: 3000}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, volume) in set.of("AWS::EC2::Volume") {
        if let Some(map) = volume.properties {
            combination(template, volume.entry, map, ("VolumeType", "Throughput"), report);
        }
    }
    for (template, database) in set.of("AWS::RDS::DBInstance") {
        let Some(map) = database.properties else { continue };
        combination(
            template,
            database.entry,
            map,
            ("StorageType", "StorageThroughput"),
            report,
        );
        if let Some(entry) = map.entry("Iops") {
            small_gp3(template, map, entry, report);
        }
    }
}

fn combination<'a>(
    template: &Template<'a>,
    holder: &'a Entry,
    map: &'a Map,
    (kind, throughput): (&str, &str),
    report: &mut Report<'a>,
) {
    let Some(node) = map.get(kind) else { return };
    let Some(name) = known::text(template, node) else {
        return;
    };
    let iops = map.entry("Iops");
    let given = |entry: &'a Entry| Some((entry, known::number(template, &entry.value)?));
    match &*name {
        "io1" | "io2" if iops.is_none() => {
            report
                .key(map.entry(kind).unwrap_or(holder), format!("`{name}` needs `Iops`"))
                .sure(name.sure);
        }
        "gp2" | "standard" | "st1" | "sc1" => {
            // Zero stands for none, and a choice may take it away.
            let given = iops.and_then(given).filter(|(_, number)| number.value > 0.0);
            if let Some((entry, number)) = given {
                let message = format!("storage of type `{name}` takes no `Iops`");
                report.key(entry, message).sure(name.sure).sure(number.sure);
            }
        }
        _ => {}
    }
    if let Some((entry, number)) = map.entry(throughput).and_then(given)
        && matches!(&*name, "io1" | "io2" | "gp2" | "standard" | "st1" | "sc1")
    {
        report
            .key(entry, format!("storage of type `{name}` takes no `{throughput}`"))
            .sure(name.sure.max(number.sure))
            .help("only `gp3` does");
    }
}

/// RDS gives small volumes of gp3 a fixed performance.
fn small_gp3<'a>(template: &Template<'a>, map: &'a Map, entry: &'a Entry, report: &mut Report<'a>) {
    let text = |name: &str| map.get(name).and_then(|node| known::text(template, node));
    let size = map
        .get("AllocatedStorage")
        .and_then(|node| known::number(template, node));
    let (Some(engine), Some(kind), Some(size)) = (text("Engine"), text("StorageType"), size) else {
        return;
    };
    let least = match &*engine {
        "mysql" | "mariadb" | "postgres" => 400.0,
        _ => return,
    };
    if kind == "gp3" && size.value < least {
        report
            .key(entry, format!("`gp3` takes `Iops` from {least} GiB on with {engine}"))
            .sure(engine.sure.max(kind.sure).max(size.sure));
    }
}
