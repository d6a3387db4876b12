use crate::checks::template::cron;
use crate::checks::template::value::{Wrong, judge};
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "refused-schedule",
    why: "EventBridge refuses a schedule that is neither `rate(…)` nor `cron(…)` of six fields, one of the days being `?`.",
    link: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Nightly:
    Type: AWS::Events::Rule
    Properties: {ScheduleExpression: cron(0 2 * * *)}
",
    instead: r"
Resources:
  Nightly:
    Type: AWS::Events::Rule
    Properties: {ScheduleExpression: cron(0 2 * * ? *)}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for place in set.at("AWS::Events::Rule", "ScheduleExpression") {
        judge(place, report, |text| wrong(text, Unit::Fits).map(Wrong::new));
    }
    for place in set.at("AWS::Scheduler::Schedule", "ScheduleExpression") {
        judge(place, report, |text| {
            let once = text.starts_with("at(");
            wrong(text, Unit::Either).filter(|_| !once).map(Wrong::new)
        });
    }
}

/// Whether the unit of a rate must fit its number. The rules of `EventBridge` want `1 minute` and `5 minutes`; its Scheduler
/// takes either (`EventBridge` Scheduler user guide, "Schedule types", "Rate-based schedules").
#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Fits,
    Either,
}

fn wrong(text: &str, unit: Unit) -> Option<String> {
    let inside = |name: &str| text.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')');
    if let Some(rate) = inside("rate") {
        return wrong_rate(rate, unit);
    }
    let Some(cron) = inside("cron") else {
        return Some(format!("`{text}` is neither `rate(…)` nor `cron(…)`"));
    };
    let fields: Vec<&str> = cron.split_whitespace().collect();
    let [_, _, day, _, weekday, _] = fields.as_slice() else {
        let found = fields.len();
        return Some(format!("a cron expression has 6 fields, found {found}"));
    };
    if *day != "?" && *weekday != "?" {
        return Some("either the day of the month or the day of the week is `?`".to_owned());
    }
    cron::wrong(&fields)
}

fn wrong_rate(rate: &str, asked: Unit) -> Option<String> {
    let mut words = rate.split_whitespace();
    let (value, unit) = (words.next(), words.next());
    let number = value
        .and_then(|value| value.parse::<u64>().ok())
        .filter(|number| *number > 0);
    let (Some(number), Some(unit), None) = (number, unit, words.next()) else {
        return Some(format!("`rate({rate})` is not a number and a unit"));
    };
    let one = unit.strip_suffix('s').unwrap_or(unit);
    let fits = (number == 1) == (one == unit);
    if ["minute", "hour", "day"].contains(&one) && (fits || asked == Unit::Either) {
        return None;
    }
    let wants = if number == 1 {
        "minute, hour or day"
    } else {
        "minutes, hours or days"
    };
    Some(format!("the unit of `rate({rate})` is {wants}"))
}
