//! The review for a terminal.

use std::fmt::Write;

use super::fold::{because, folded};
use super::paint::{Paint, WIDTH, clean, harmless};
use super::wider::{wider, wrapped};
use super::{LANGUAGES, ORDER, both, brief, fate, files, narrowed, order, summary};
use crate::checks::show::Color;
use crate::review::first::follows;
use crate::review::{Effect, InterfaceChange, PropertyChange, ResourceChange, Review, Verdict, Weaker};

/// The review for a person, the most dangerous first.
#[must_use]
pub fn human(review: &Review, color: Color) -> String {
    let paint = Paint { color };
    let mut out = String::new();
    section(&mut out, "first", &review.first, &paint, |out, first, _| {
        let _ = writeln!(out, "! {}", harmless(&first.text));
        let _ = writeln!(out, "    {}", clean(&files(&first.files)));
    });
    danger(&mut out, review, &paint);
    section(
        &mut out,
        "deletion policies that get weaker",
        &review.weaker,
        &paint,
        weaker,
    );
    section(&mut out, "what gets wider", &review.wider, &paint, wider);
    resources(&mut out, review, &paint);
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

/// What happens to what holds nothing, what follows from it behind it.
fn resources(out: &mut String, review: &Review, paint: &Paint) {
    for (language, title) in LANGUAGES {
        let all = review.resources.iter();
        let all = all.filter(|change| change.language == *language && !change.endangers());
        let (follow, rest): (Vec<_>, Vec<_>) = all.partition(|change| follows(change));
        section(out, title, &rest, paint, |out, change, paint| {
            resource(out, change, paint);
        });
        let follow = folded(&follow);
        section(out, "replaced with others", &follow, paint, |out, same, paint| {
            following(out, same, paint);
        });
    }
}

fn danger(out: &mut String, review: &Review, paint: &Paint) {
    let text = match review.danger().count() {
        0 => return,
        1 => "DANGER  1 resource that holds data is deleted or replaced, or may be".to_owned(),
        n => format!("DANGER  {n} resources that hold data are deleted or replaced, or may be"),
    };
    if !out.is_empty() {
        out.push('\n');
    }
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

/// One alone in full, more of them by their names.
fn following(out: &mut String, same: &[&ResourceChange], paint: &Paint) {
    let [first, _, ..] = same else {
        for change in same {
            resource(out, change, paint);
        }
        return;
    };
    let names: Vec<String> = same
        .iter()
        .map(|change| format!("{} {} ({})", change.id, change.kind, place(change)))
        .collect();
    let head = format!("{} {} resources", first.verdict.sign(), same.len());
    let _ = writeln!(
        out,
        "{}  {}",
        paint.verdict(first.verdict, &head),
        paint.verdict(first.verdict, &clean(&fate(first)))
    );
    let _ = writeln!(out, "    because: {}", harmless(&because(first)));
    for text in wrapped(&names) {
        let _ = writeln!(out, "      {text}");
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
