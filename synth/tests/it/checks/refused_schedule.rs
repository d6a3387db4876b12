use super::found;

#[test]
fn refused_schedule_names_the_form() {
    let said = found(
        "refused-schedule",
        r"
Resources:
  A: {Type: 'AWS::Events::Rule', Properties: {ScheduleExpression: rate(1 minutes)}}
  B: {Type: 'AWS::Events::Rule', Properties: {ScheduleExpression: rate(five minutes)}}
  C: {Type: 'AWS::Events::Rule', Properties: {ScheduleExpression: cron(0 12 * * *)}}
  D: {Type: 'AWS::Events::Rule', Properties: {ScheduleExpression: cron(0 12 * * MON *)}}
  E: {Type: 'AWS::Events::Rule', Properties: {ScheduleExpression: every day}}
",
    );
    insta::assert_snapshot!(said, @"
    3:67 the unit of `rate(1 minutes)` is minute, hour or day
    4:67 `rate(five minutes)` is not a number and a unit
    5:67 a cron expression has 6 fields, found 5
    6:67 either the day of the month or the day of the week is `?`
    7:67 `every day` is neither `rate(…)` nor `cron(…)`
    ");
}

#[test]
fn refused_schedule_is_silent_about_rates_crons_and_points_in_time() {
    let said = found(
        "refused-schedule",
        r"
Resources:
  A: {Type: 'AWS::Events::Rule', Properties: {ScheduleExpression: rate(5 minutes)}}
  B: {Type: 'AWS::Events::Rule', Properties: {ScheduleExpression: cron(0 12 * * ? *)}}
  C: {Type: 'AWS::Scheduler::Schedule', Properties: {ScheduleExpression: at(2030-01-01T00:00:00)}}
  D: {Type: 'AWS::Events::Rule', Properties: {ScheduleExpression: !Ref Schedule}}
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn refused_schedule_looks_at_the_fields_of_cron() {
    let said = found(
        "refused-schedule",
        r"
Resources:
  A: {Type: 'AWS::Events::Rule', Properties: {ScheduleExpression: 'cron(61 12 * * ? *)'}}
  B: {Type: 'AWS::Events::Rule', Properties: {ScheduleExpression: 'cron(0 25 * * ? *)'}}
  C: {Type: 'AWS::Events::Rule', Properties: {ScheduleExpression: 'cron(0 12 ? * FOO *)'}}
  D: {Type: 'AWS::Events::Rule', Properties: {ScheduleExpression: 'cron(0/15 8-18 ? JAN,mar-6 MON-FRI 2026/2)'}}
  E: {Type: 'AWS::Events::Rule', Properties: {ScheduleExpression: 'cron(*/5 9 LW * ? *)'}}
  F: {Type: 'AWS::Events::Rule', Properties: {ScheduleExpression: 'cron(0 9 ? * 6#3 *)'}}
  G: {Type: 'AWS::Events::Rule', Properties: {ScheduleExpression: 'cron(0 9 ? * 6L *)'}}
",
    );
    insta::assert_snapshot!(said, @"
    3:67 `61` are no minutes: those are from 0 to 59
    4:67 `25` are no hours: those are from 0 to 23
    5:67 `FOO` are no days of the week: those are from 1 to 7
    ");
}

#[test]
fn refused_schedule_lets_the_scheduler_take_either_form_of_a_unit() {
    let said = found(
        "refused-schedule",
        r"
Resources:
  A: {Type: 'AWS::Scheduler::Schedule', Properties: {ScheduleExpression: rate(5 minute)}}
  B: {Type: 'AWS::Scheduler::Schedule', Properties: {ScheduleExpression: rate(1 days)}}
  C: {Type: 'AWS::Scheduler::Schedule', Properties: {ScheduleExpression: rate(2 weeks)}}
  D: {Type: 'AWS::Events::Rule', Properties: {ScheduleExpression: rate(5 minute)}}
",
    );
    insta::assert_snapshot!(said, @"
    5:74 the unit of `rate(2 weeks)` is minutes, hours or days
    6:67 the unit of `rate(5 minute)` is minutes, hours or days
    ");
}
