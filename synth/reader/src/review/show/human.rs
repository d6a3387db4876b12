//! The review for a terminal.

use std::fmt::Write;

use super::{LANGUAGES, ORDER, both, brief, cut, fate, files, narrowed, order, summary};
use crate::checks::show::Color;
use crate::review::{Effect, InterfaceChange, PropertyChange, ResourceChange, Review, Verdict, Weaker, Wider};

/// Longer values are cut.
const WIDTH: usize = 140;

/// The review for a person, the most dangerous first.
#[must_use]
pub fn human(review: &Review, color: Color) -> String {
    let paint = Paint { color };
    let mut out = String::new();
    danger(&mut out, review, &paint);
    section(
        &mut out,
        "deletion policies that get weaker",
        &review.weaker,
        &paint,
        weaker,
    );
    section(&mut out, "what gets wider", &review.wider, &paint, wider);
    for (language, title) in LANGUAGES {
        let rest: Vec<&ResourceChange> = review
            .resources
            .iter()
            .filter(|change| change.language == *language && !change.endangers())
            .collect();
        section(&mut out, title, &rest, &paint, |out, change, paint| {
            resource(out, change, paint);
        });
    }
    section(
        &mut out,
        "parameters, outputs, exports",
        &review.interface,
        &paint,
        interface,
    );
    let steps: Vec<String> = (1..)
        .zip(&review.order)
        .map(|(at, step)| format!("{at}. {}", step.words()))
        .collect();
    section(&mut out, ORDER, &steps, &paint, |out, step, _| {
        line(out, &harmless(step));
    });
    if !out.is_empty() {
        out.push('\n');
    }
    line(&mut out, &paint.style("1", &summary(review)));
    out
}

fn danger(out: &mut String, review: &Review, paint: &Paint) {
    let text = match review.danger().count() {
        0 => return,
        1 => "DANGER  1 resource that holds data is deleted or replaced, or may be".to_owned(),
        n => format!("DANGER  {n} resources that hold data are deleted or replaced, or may be"),
    };
    line(out, &paint.style("1;37;41", &format!(" {text} ")));
    for change in review.danger() {
        resource(out, change, paint);
    }
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn section<T>(out: &mut String, title: &str, list: &[T], paint: &Paint, one: fn(&mut String, &T, &Paint)) {
    if list.is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    line(out, &paint.style("1;4", title));
    for item in list {
        one(out, item, paint);
    }
}

struct Paint {
    color: Color,
}

impl Paint {
    fn style(&self, code: &str, text: &str) -> String {
        match self.color {
            Color::Always => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            Color::Never => text.to_owned(),
        }
    }

    fn verdict(&self, verdict: Verdict, text: &str) -> String {
        let code = match verdict {
            Verdict::Delete | Verdict::Snapshot | Verdict::Replace | Verdict::Refuse => "1;31",
            Verdict::MayReplace
            | Verdict::MayDelete
            | Verdict::Interrupt
            | Verdict::Overwrite
            | Verdict::Roll
            | Verdict::Retain => "1;33",
            Verdict::Create => "32",
            Verdict::Update | Verdict::Traffic | Verdict::Remove | Verdict::Nothing => "36",
        };
        self.style(code, text)
    }
}

/// A template must not move the cursor of a terminal, nor turn the direction of its text.
fn clean(text: &str) -> String {
    cut(&harmless(text), WIDTH)
}

fn harmless(text: &str) -> String {
    let bad = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if bad(c) { ' ' } else { c }).collect()
}

fn resource(out: &mut String, change: &ResourceChange, paint: &Paint) {
    let holds = change.stateful.map(|holds| format!(" ({holds})")).unwrap_or_default();
    let head = format!("{} {}", change.verdict.sign(), clean(&change.id));
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "{}  {}{holds}  {}",
        paint.verdict(change.verdict, &head),
        clean(&change.kind),
        paint.verdict(change.verdict, &clean(&fate(change)))
    );
    let _ = writeln!(out, "    {}", paint.style("2", &clean(&place(change))));
    if let Some(refusal) = &change.refusal {
        let _ = writeln!(out, "    refused: {}", harmless(&refusal.why));
        for way in &refusal.ways {
            let _ = writeln!(out, "    instead: {}", harmless(way));
        }
    }
    for property in &change.changes {
        value(out, property, paint);
    }
    for note in &change.notes {
        let _ = writeln!(out, "    note: {}", harmless(note));
    }
}

fn place(change: &ResourceChange) -> String {
    format!("{}:{}", files(&change.files), change.line)
}

fn value(out: &mut String, change: &PropertyChange, paint: &Paint) {
    let (old, new) = both(change, WIDTH);
    let values = if change.reordered {
        order(change).to_owned()
    } else if change.old == change.new {
        clean(&new)
    } else {
        format!("{} → {}", clean(&old), clean(&new))
    };
    let word = match change.effect {
        Effect::Nothing => "nothing",
        Effect::Update => "updates",
        Effect::Traffic => "moves traffic",
        Effect::Roll => "restarts pods",
        Effect::Overwrite => "writes over",
        Effect::Interrupt => "interrupts",
        Effect::MayReplace => "may replace",
        Effect::Refuse => "refused",
        Effect::Replace => "replaces",
    };
    let _ = writeln!(out, "    {}: {values}", clean(&change.path));
    let telling = |source| !matches!(source, crate::review::Source::Schema);
    let reasons: Vec<String> = change
        .reasons
        .iter()
        .filter(|reason| change.effect > Effect::Update || telling(reason.source))
        .map(|reason| clean(&reason.text))
        .collect();
    if !reasons.is_empty() || change.effect > Effect::Update {
        let word = paint.verdict(Verdict::from(change.effect), word);
        let _ = writeln!(out, "        {word}: {}", reasons.join("; "));
    }
}

fn weaker(out: &mut String, weaker: &Weaker, paint: &Paint) {
    let text = format!("{}: {} → {}", weaker.attribute, weaker.old.word(), weaker.new.word());
    let _ = writeln!(
        out,
        "! {}  {}  {}",
        clean(&weaker.id),
        clean(&weaker.kind),
        paint.style("1;31", &text)
    );
    let _ = writeln!(out, "    {}:{}", clean(&files(&weaker.files)), weaker.line);
}

fn wider(out: &mut String, wider: &Wider, paint: &Paint) {
    let _ = writeln!(
        out,
        "! {}  {}  {}",
        clean(&wider.id),
        clean(&wider.kind),
        paint.style("1;33", &format!("{}: {}", wider.what.words(), clean(&wider.text)))
    );
    let path = if wider.path.is_empty() {
        String::new()
    } else {
        format!("  {}", wider.path)
    };
    let _ = writeln!(
        out,
        "    {}:{}{}",
        clean(&files(&wider.files)),
        wider.line,
        clean(&path)
    );
    let Some(row) = &wider.row else { return };
    let _ = writeln!(out, "    {}", row.effect);
    for (name, values) in [
        ("principal", &row.principal),
        ("action", &row.action),
        ("resource", &row.resource),
        ("condition", &row.condition),
    ] {
        for (at, text) in wrapped(values).iter().enumerate() {
            let name = if at == 0 { name } else { "" };
            let _ = writeln!(out, "      {name:<10} {text}");
        }
    }
}

/// Values with commas between, in lines of a fair length: nobody may miss the one action that matters.
fn wrapped(values: &[String]) -> Vec<String> {
    /// More is told by its number.
    const MOST: usize = 100;
    let mut lines: Vec<String> = Vec::new();
    let mut shown: Vec<String> = values.iter().take(MOST).map(|value| clean(value)).collect();
    if values.len() > MOST {
        shown.push(format!("and {} more", values.len() - MOST));
    }
    let last = shown.len().saturating_sub(1);
    for (at, value) in shown.iter().enumerate() {
        let comma = if at == last { "" } else { "," };
        match lines.last_mut() {
            Some(line) if line.chars().count() + value.chars().count() < WIDTH - 20 => {
                line.push(' ');
                line.push_str(value);
                line.push_str(comma);
            }
            _ => lines.push(format!("{value}{comma}")),
        }
    }
    lines
}

fn interface(out: &mut String, change: &InterfaceChange, paint: &Paint) {
    let sign = match (&change.old, &change.new) {
        (None, Some(_)) => "+",
        (Some(_), None) => "-",
        _ if change.breaks => "!",
        _ => "~",
    };
    let head = format!("{sign} {} {}", change.section.word(), clean(&change.name));
    let head = if change.breaks {
        paint.style("1;31", &head)
    } else {
        head
    };
    let values = match narrowed(change) {
        (None, None) => String::new(),
        (Some(old), Some(new)) => format!("  {} → {}", clean(&brief(&old)), clean(&brief(&new))),
        (Some(one), None) | (None, Some(one)) => format!("  {}", clean(&brief(&one))),
    };
    let _ = writeln!(out, "{head}{values}");
    let _ = writeln!(out, "    {}", paint.style("2", &clean(&files(&change.files))));
    for note in &change.notes {
        let _ = writeln!(out, "    note: {}", clean(note));
    }
}
