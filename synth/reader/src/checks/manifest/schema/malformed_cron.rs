use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::is_settled;

pub(super) const RULE: Rule = Rule {
    name: "malformed-cron",
    why: "The server refuses a schedule that is none: five fields of minute, hour, day, month and weekday, or \
          @daily and its like; a time zone stands in a field of its own.",
    link: "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax",
    level: Level::Error,
    family: Family::Schema,
    example: r#"
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: "60 4 * * *"
  startingDeadlineSeconds: 3600
  jobTemplate:
    spec:
      template:
        spec: {restartPolicy: Never, containers: [{name: report, image: 'example/report:1.0'}]}
"#,
    instead: r#"
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: "0 4 * * *"
  startingDeadlineSeconds: 3600
  jobTemplate:
    spec:
      template:
        spec: {restartPolicy: Never, containers: [{name: report, image: 'example/report:1.0'}]}
"#,
    check,
};

/// The fields, with their least and greatest numbers and the names that stand for them.
const FIELDS: [(&str, u32, u32, &[&str]); 5] = [
    ("minute", 0, 59, &[]),
    ("hour", 0, 23, &[]),
    ("day", 1, 31, &[]),
    (
        "month",
        1,
        12,
        &[
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ],
    ),
    ("weekday", 0, 6, &["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
];

const WORDS: [&str; 7] = [
    "@yearly",
    "@annually",
    "@monthly",
    "@weekly",
    "@daily",
    "@midnight",
    "@hourly",
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for job in set.manifests.of("CronJob") {
        let Some(node) = job.dig(&["spec", "schedule"]) else {
            continue;
        };
        let Some(text) = node.text().filter(|text| is_settled(text)) else {
            continue;
        };
        if let Some(wrong) = wrong(text) {
            report
                .value(node, wrong)
                .help("write minute, hour, day, month and weekday, such as `0 4 * * 1-5`");
        }
    }
}

fn wrong(text: &str) -> Option<String> {
    if text.starts_with('@') {
        let known = WORDS.contains(&text) || text.starts_with("@every ");
        return (!known).then(|| format!("there is no schedule `{text}`"));
    }
    if text.starts_with("TZ=") || text.starts_with("CRON_TZ=") {
        return Some("a time zone stands in `timeZone`".to_owned());
    }
    let fields: Vec<&str> = text.split_whitespace().collect();
    if fields.len() != FIELDS.len() {
        return Some(format!("a schedule has 5 fields, this has {}", fields.len()));
    }
    let mut pairs = fields.into_iter().zip(FIELDS);
    pairs.find_map(|(field, (name, least, most, names))| {
        let number = |text: &str| match names.iter().position(|known| text.eq_ignore_ascii_case(known)) {
            Some(at) => u32::try_from(at).ok().map(|at| at + least),
            None => text.parse().ok().filter(|number| (least..=most).contains(number)),
        };
        let fits = |part: &str| {
            let (range, step) = part
                .split_once('/')
                .map_or((part, None), |(range, step)| (range, Some(step)));
            let (from, to) = range
                .split_once('-')
                .map_or((range, None), |(from, to)| (from, Some(to)));
            let whole = matches!(range, "*" | "?");
            let ordered = to.is_none_or(|to| number(to).is_some_and(|to| number(from).is_some_and(|from| from <= to)));
            let steps = step.is_none_or(|step| step.parse::<u32>().is_ok_and(|step| step > 0));
            (whole || (number(from).is_some() && ordered)) && steps
        };
        (!field.split(',').all(fits)).then(|| format!("`{field}` is no {name}"))
    })
}
