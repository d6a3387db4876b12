//! `synth check`: whether the disk holds what is rendered.

use super::args::Options;
use super::output::Output;
use super::select::select;
use super::{Error, Outcome, report, root};
use crate::checks::{Certainty, Finding, Level};
use crate::files::{Change, Kind, Plan};
use crate::model::Systems;

pub(super) fn run(systems: &Systems, options: &Options, output: &mut Output<'_>) -> Result<Outcome, Error> {
    let root = root::of(systems, options)?;
    let selection = select(systems, options)?;
    let renders = renders(systems);
    let (root, files) = selection.files(root)?;
    let plan = root.plan(&files)?;
    let mut findings: Vec<Finding> = selection.findings().cloned().collect();
    let errors = findings.iter().filter(|finding| finding.level == Level::Error).count();
    if !report::for_people(options) {
        findings.extend(plan.changes.iter().map(|change| finding(change, &renders)));
    }
    report::findings(&findings, &selection, options, output)?;
    if report::for_people(options) {
        differences(&plan, output)?;
    }
    if let Some(folder) = &plan.interrupted {
        let folder = folder.display();
        output.error(&format!(
            "an earlier write was interrupted and left `{folder}`; run `{renders}` to finish it"
        ));
    }
    if !plan.changes.is_empty() {
        output.error(&summary(&plan, &renders));
    }
    if errors > 0 {
        output.error(&format!("{} in what would be rendered", report::count(errors, "error")));
    }
    if errors == 0 && plan.is_clean() {
        if report::for_people(options) {
            output.say(&format!("{} as rendered\n", report::count(plan.unchanged, "file")))?;
        }
        return Ok(Outcome::Fine);
    }
    Ok(Outcome::Objections)
}

/// What somebody types here to render.
fn renders(systems: &Systems) -> String {
    let first = systems.each().next();
    first.map_or_else(|| "synth".to_owned(), |first| first.system().pipeline.renderer.typed())
}

/// The diff, or only the names if quiet is asked for.
fn differences(plan: &Plan, output: &mut Output<'_>) -> Result<(), Error> {
    for change in &plan.changes {
        if output.quiet {
            writeln!(output.out, "{}: {}", word(change.kind()), change.path.display())?;
        } else {
            output.diff(&change.diff())?;
        }
    }
    Ok(())
}

fn summary(plan: &Plan, renders: &str) -> String {
    let count = |kind| match plan.count(kind) {
        0 => None,
        count => Some(format!("{count} {}", word(kind))),
    };
    let kinds = [Kind::Missing, Kind::Stale, Kind::Stray, Kind::Foreign];
    let counts: Vec<String> = kinds.into_iter().filter_map(count).collect();
    let files = report::count(plan.changes.len(), "file");
    let help = match plan.count(Kind::Foreign) {
        0 => format!("run `{renders}` and commit what it changes"),
        _ => "move away what synth did not render, or let synth take it over with --adopt".to_owned(),
    };
    format!("{files} not as rendered ({}); {help}", counts.join(", "))
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Missing => "missing",
        Kind::Stale => "stale",
        Kind::Stray => "stray",
        Kind::Foreign => "foreign",
    }
}

/// A file that differs, as programs read findings.
fn finding(change: &Change, renders: &str) -> Finding {
    let (rule, message, help) = match change.kind() {
        Kind::Missing => (
            "missing-file",
            "the file is rendered, but not there",
            format!("run `{renders}` and commit the file"),
        ),
        Kind::Stale => (
            "stale-file",
            "the file is not what is rendered",
            format!("run `{renders}` and commit the file"),
        ),
        Kind::Foreign => (
            "foreign-file",
            "synth did not render the file",
            "move it away, or let synth take it over with --adopt".to_owned(),
        ),
        Kind::Stray => (
            "stray-file",
            "nothing renders the file",
            format!("run `{renders}`, which removes it"),
        ),
    };
    let line = first_difference(change);
    Finding {
        rule,
        level: Level::Error,
        certainty: Certainty::Written,
        message: message.to_owned(),
        help: Some(help),
        file: change.path.display().to_string(),
        path: Vec::new(),
        line,
        column: 1,
        end_line: line,
        end_column: 1,
        also: None,
    }
}

/// The number of the first line that differs, from one.
fn first_difference(change: &Change) -> u32 {
    let (Some(old), Some(new)) = (&change.old, &change.new) else {
        return 1;
    };
    let same = old.iter().zip(new.as_bytes()).take_while(|(a, b)| a == b);
    let lines = same.filter(|(a, _)| **a == b'\n').count();
    u32::try_from(lines).unwrap_or(u32::MAX - 1) + 1
}
