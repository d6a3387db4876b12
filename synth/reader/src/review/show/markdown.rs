//! The review as a comment on a pull request.
//!
//! GitHub takes 65,536 characters. Texts of templates are hostile: they stand in `<code>`, with every character that
//! means something to Markdown or HTML written as an entity.

use std::fmt::Write;

use super::{LANGUAGES, ORDER, both, cut, fate, files, narrowed, order, shown, summary};
use crate::review::{InterfaceChange, PropertyChange, ResourceChange, Review, Source, Weaker, Wider};

/// What a comment may have, with some room for what a workflow puts around it.
pub const MOST_BYTES: usize = 60_000;

/// Longer values are cut.
const WIDTH: usize = 160;

/// Of a longer list in a cell the rest is told by its number, so that no row fills the comment.
const MOST_VALUES: usize = 25;

/// The review for a comment on a pull request.
#[must_use]
pub fn markdown(review: &Review) -> String {
    let mut page = Page {
        text: format!("### Infrastructure review: {}\n", summary(review)),
        full: false,
        left_out: 0,
    };
    urgent(&mut page, review);
    let rows: Vec<String> = review.weaker.iter().map(weaker).collect();
    page.table("Deletion policies that get weaker", true, WEAKER, &rows);
    let (tabled, listed): (Vec<&Wider>, Vec<&Wider>) = review.wider.iter().partition(|wider| wider.row.is_some());
    let rows: Vec<String> = listed.iter().map(|one| wider(one)).collect();
    page.table("What gets wider", true, WIDER, &rows);
    let rows: Vec<String> = tabled.iter().filter_map(|one| statement(one)).collect();
    page.table("Permissions that get wider", true, STATEMENT, &rows);
    for (language, title) in LANGUAGES {
        let of: Vec<&ResourceChange> = review
            .resources
            .iter()
            .filter(|change| change.language == *language)
            .collect();
        let rows: Vec<String> = of.iter().flat_map(|change| resource(change)).collect();
        let (first, rest) = title.split_at(1);
        let title = format!("{}{rest} ({})", first.to_uppercase(), of.len());
        page.table(&title, false, RESOURCE, &rows);
    }
    let rows: Vec<String> = review.interface.iter().map(interface).collect();
    page.table("Parameters, outputs, exports", false, INTERFACE, &rows);
    let steps = review.order.iter().zip(1..);
    let rows: Vec<String> = steps
        .map(|(step, at)| row(&[format!("{at}"), prose(&step.words())]))
        .collect();
    page.table(&format!("Deploy in {ORDER}"), true, STEP, &rows);
    page.whole()
}

/// What is to be known first, and what is in danger.
fn urgent(page: &mut Page, review: &Review) {
    if !review.first.is_empty() {
        page.always("\n> [!IMPORTANT]\n> **First:**\n");
        for first in &review.first {
            page.row(&format!("> - {}\n", prose(&first.text)));
        }
    }
    let danger: Vec<String> = review.danger().map(alarm).collect();
    if !danger.is_empty() {
        page.always("\n> [!CAUTION]\n> **Data is in danger.** These are deleted or replaced, or may be:\n");
        for row in &danger {
            page.row(row);
        }
    }
}

const WEAKER: &[&str] = &["Resource", "Policy", "Before", "Now", "Where"];
const WIDER: &[&str] = &["Resource", "In what", "How", "Where"];
const STATEMENT: &[&str] = &["Resource", "How", "Effect", "Principal", "Action", "On", "Condition"];
const RESOURCE: &[&str] = &["", "Resource", "What happens", "Why"];
const STEP: &[&str] = &["", "What to do"];
const INTERFACE: &[&str] = &["What", "Before", "Now", "Note"];

/// A row of more bytes is very long.
const LONG: usize = 8_000;

struct Page {
    text: String,
    full: bool,
    left_out: usize,
}

impl Page {
    /// The text, which tells how much is not in it.
    fn whole(mut self) -> String {
        if self.left_out > 0 {
            let note = format!(
                "\n{} rows do not fit here; `synth diff` shows them all.\n",
                self.left_out
            );
            self.always(&note);
        }
        self.text
    }

    fn always(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// A row, if it still fits. One that is very long leaves the page open for others; else nothing follows what does
    /// not fit, so that no value stands under another resource.
    fn row(&mut self, row: &str) {
        if !self.full && self.text.len() + row.len() <= MOST_BYTES {
            self.text.push_str(row);
        } else {
            self.left_out += 1;
            self.full |= row.len() <= LONG;
        }
    }

    fn table(&mut self, title: &str, open: bool, head: &[&str], rows: &[String]) {
        if rows.is_empty() {
            return;
        }
        if self.full || self.text.len() + 1000 > MOST_BYTES {
            self.left_out += rows.len();
            return;
        }
        let open = if open { " open" } else { "" };
        let rule = " --- |".repeat(head.len());
        let head = format!(
            "\n<details{open}><summary><b>{title}</b></summary>\n\n| {} |\n|{rule}\n",
            head.join(" | ")
        );
        self.always(&head);
        for row in rows {
            self.row(row);
        }
        self.always("\n</details>\n");
    }
}

/// A text of a template, harmless.
fn code(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("<code>{}</code>", escaped(&cut(text, WIDTH)))
}

/// A sentence of ours about texts of a template, which stand in backticks.
fn prose(text: &str) -> String {
    if text.matches('`').count() % 2 == 1 {
        return escaped(text);
    }
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(at, part)| if at % 2 == 1 { code(part) } else { escaped(part) });
    parts.collect()
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    let mut last = ['\0'; 3];
    for c in text.chars() {
        let www = c == '.' && last.iter().all(|c| c.eq_ignore_ascii_case(&'w'));
        match c {
            _ if c.is_control() => out.push(' '),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
            '&' | '<' | '>' | '|' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '#' | '@' | ':' | '^' | '$' | '\\'
            | '!' | '~' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            '.' if www => out.push_str("&#46;"),
            c => out.push(c),
        }
        last = [last[1], last[2], c];
    }
    out
}

fn named(id: &str, kind: &str) -> String {
    format!("{}<br>{}", code(id), code(kind))
}

fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn alarm(change: &ResourceChange) -> String {
    format!(
        "> - **{}** {} {}: **{}** ({})\n",
        change.stateful.unwrap_or_default(),
        code(&change.id),
        code(&change.kind),
        prose(&fate(change)),
        code(&files(&change.files))
    )
}

fn weaker(weaker: &Weaker) -> String {
    row(&[
        named(&weaker.id, &weaker.kind),
        weaker.attribute.to_owned(),
        weaker.old.word().to_owned(),
        format!("**{}**", weaker.new.word()),
        code(&files(&weaker.files)),
    ])
}

fn wider(wider: &Wider) -> String {
    row(&[
        named(&wider.id, &wider.kind),
        wider.what.words().to_owned(),
        code(&wider.text),
        code(&files(&wider.files)),
    ])
}

fn statement(wider: &Wider) -> Option<String> {
    let statement = wider.row.as_ref()?;
    let list = |values: &[String]| {
        let mut shown: Vec<String> = values.iter().take(MOST_VALUES).map(|value| code(value)).collect();
        if values.len() > MOST_VALUES {
            shown.push(format!("and {} more", values.len() - MOST_VALUES));
        }
        shown.join("<br>")
    };
    Some(row(&[
        format!("{}<br>{}", named(&wider.id, &wider.kind), code(&files(&wider.files))),
        code(&wider.text),
        statement.effect.to_owned(),
        list(&statement.principal),
        list(&statement.action),
        list(&statement.resource),
        list(&statement.condition),
    ]))
}

/// A row for the resource, and one for each value.
fn resource(change: &ResourceChange) -> Vec<String> {
    let refusal = change.refusal.iter();
    let refusal = refusal.flat_map(|refusal| {
        let ways = refusal.ways.iter().map(|way| format!("Instead: {}", prose(way)));
        std::iter::once(prose(&refusal.why)).chain(ways)
    });
    let notes: Vec<String> = refusal.chain(change.notes.iter().map(|note| prose(note))).collect();
    let mut rows = vec![row(&[
        change.verdict.sign().to_owned(),
        format!("{}<br>{}", named(&change.id, &change.kind), code(&files(&change.files))),
        format!("**{}**", prose(&fate(change))),
        notes.join("<br>"),
    ])];
    rows.extend(change.changes.iter().map(value));
    rows
}

fn value(change: &PropertyChange) -> String {
    let (old, new) = both(change, WIDTH);
    let values = if change.reordered {
        order(change).to_owned()
    } else if change.old == change.new {
        code(&new)
    } else {
        format!("{} → {}", code(&old), code(&new))
    };
    let reasons = change.reasons.iter().filter(|reason| reason.source != Source::Schema);
    let reasons: Vec<String> = reasons.map(|reason| prose(&reason.text)).collect();
    row(&[String::new(), code(&change.path), values, reasons.join("<br>")])
}

fn interface(change: &InterfaceChange) -> String {
    let notes: Vec<String> = change.notes.iter().map(|note| prose(note)).collect();
    let alarm = if change.breaks { "**breaks** " } else { "" };
    let (old, new) = narrowed(change);
    row(&[
        format!(
            "{alarm}{} {}<br>{}",
            change.section.word(),
            code(&change.name),
            code(&files(&change.files))
        ),
        code(&shown(old.as_ref())),
        code(&shown(new.as_ref())),
        notes.join("<br>"),
    ])
}
