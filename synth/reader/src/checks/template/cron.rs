//! The fields of cron expressions of `EventBridge`: <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html>.

const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];

const DAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// One field: its name, its least and most number, the words for its numbers from the least on, and the further
/// letters that it takes.
type Field = (&'static str, u32, u32, &'static [&'static str], &'static str);

const FIELDS: [Field; 6] = [
    ("minutes", 0, 59, &[], ""),
    ("hours", 0, 23, &[], ""),
    ("days of the month", 1, 31, &[], "?LW"),
    ("months", 1, 12, &MONTHS, ""),
    ("days of the week", 1, 7, &DAYS, "?L#"),
    ("years", 1970, 2199, &[], ""),
];

/// What is wrong with the first field that is not of its form.
pub(super) fn wrong(fields: &[&str]) -> Option<String> {
    let mut all = fields.iter().zip(FIELDS);
    all.find_map(|(text, field)| {
        let fine = text.split(',').all(|item| is_item(item, field));
        (!fine).then(|| {
            let (name, least, most, ..) = field;
            format!("`{text}` are no {name}: those are from {least} to {most}")
        })
    })
}

fn is_item(item: &str, field: Field) -> bool {
    let (range, step) = match item.split_once('/') {
        Some((range, step)) => (range, Some(step)),
        None => (item, None),
    };
    if step.is_some_and(|step| step.parse::<u32>().is_err()) {
        return false;
    }
    range == "*" || range.split('-').count() <= 2 && range.split('-').all(|end| is_value(end, field))
}

fn is_value(text: &str, (_, least, most, words, letters): Field) -> bool {
    let upper = text.to_ascii_uppercase();
    let upper = upper.as_str();
    let number =
        |text: &str| text.parse::<u32>().is_ok_and(|number| (least..=most).contains(&number)) || words.contains(&text);
    let with = |letter: char| letters.contains(letter);
    number(upper)
        || upper == "?" && with('?')
        || with('L')
            && upper
                .strip_suffix('L')
                .is_some_and(|rest| rest.is_empty() || number(rest))
        || with('W') && upper.strip_suffix('W').is_some_and(|rest| rest == "L" || number(rest))
        || with('#')
            && upper
                .split_once('#')
                .is_some_and(|(day, week)| number(day) && week.parse::<u32>().is_ok_and(|week| (1..=5).contains(&week)))
}
