use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "endless-logs",
    why: "A log group without retention keeps everything for ever, and bills for it.",
    link: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
Resources:
  Log: {Type: AWS::Logs::LogGroup}
",
    instead: r"
Resources:
  Log: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 30}}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (_, group) in set.of("AWS::Logs::LogGroup") {
        if group.property("RetentionInDays").is_none() {
            report
                .key(group.heading(), format!("`{}` keeps logs for ever", group.id))
                .help("set `RetentionInDays`");
        }
    }
}
