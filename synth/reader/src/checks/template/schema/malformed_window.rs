use crate::checks::template::value::{Wrong, judge};
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "malformed-window",
    why: "Windows for backups and maintenance have one form each: `hh:mm-hh:mm` every day, `ddd:hh:mm-ddd:hh:mm` every week.",
    link: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Maintenance.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      CacheNodeType: cache.t4g.micro
      Engine: memcached
      NumCacheNodes: 1
      PreferredMaintenanceWindow: sunday 03:00
",
    instead: r"
Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      CacheNodeType: cache.t4g.micro
      Engine: memcached
      NumCacheNodes: 1
      PreferredMaintenanceWindow: sun:03:00-sun:04:00
",
    check,
};

const KINDS: [&str; 9] = [
    "AWS::DocDB::DBCluster",
    "AWS::DocDB::DBInstance",
    "AWS::ElastiCache::CacheCluster",
    "AWS::ElastiCache::ReplicationGroup",
    "AWS::Neptune::DBCluster",
    "AWS::Neptune::DBInstance",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::Redshift::Cluster",
];

/// The names of windows, and whether they are of a week.
const WINDOWS: [(&str, bool); 3] = [
    ("PreferredBackupWindow", false),
    ("PreferredMaintenanceWindow", true),
    ("SnapshotWindow", false),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (name, weekly) in WINDOWS {
        let form = if weekly { "sun:05:00-sun:06:00" } else { "05:00-06:00" };
        for place in KINDS.iter().flat_map(|kind| set.at(kind, name)) {
            judge(place, report, |text| {
                let other = !text.is_empty() && !is_window(text, weekly);
                other.then(|| Wrong::new(format!("`{text}` is not of the form `{form}`")))
            });
        }
    }
}

fn is_window(text: &str, weekly: bool) -> bool {
    let end = |end: &str| {
        let time = match end.trim().split_once(':') {
            Some((day, time)) if weekly => is_day(day).then_some(time),
            Some(_) if !weekly => Some(end.trim()),
            _ => None,
        };
        time.is_some_and(is_time)
    };
    let ends: Vec<&str> = text.split('-').collect();
    ends.len() == 2 && ends.into_iter().all(end)
}

fn is_day(text: &str) -> bool {
    matches!(
        text.to_ascii_lowercase().as_str(),
        "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun"
    )
}

fn is_time(text: &str) -> bool {
    let part = |part: &str, most: u8| part.len() <= 2 && part.parse::<u8>().is_ok_and(|number| number <= most);
    text.split_once(':')
        .is_some_and(|(hour, minute)| part(hour, 24) && part(minute, 59))
}
