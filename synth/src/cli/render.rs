//! `synth`: everything that is rendered, written.

use std::path::PathBuf;

use super::args::Options;
use super::output::Output;
use super::select::{Selection, select};
use super::{Error, Outcome, report, root};
use crate::checks::Level;
use crate::files::{Kind, Plan};
use crate::model::Systems;

pub(super) fn run(
    systems: &Systems,
    adopted: &[PathBuf],
    options: &Options,
    output: &mut Output<'_>,
) -> Result<Outcome, Error> {
    let root = root::of(systems, options)?;
    let selection = select(systems, options)?;
    let findings: Vec<_> = selection.findings().cloned().collect();
    report::findings(&findings, &selection, options, output)?;
    let errors = findings.iter().filter(|finding| finding.level == Level::Error).count();
    if errors > 0 {
        output.error(&format!("{}; nothing was written", report::count(errors, "error")));
        return Ok(Outcome::Objections);
    }
    let (root, files) = selection.files(root)?;
    let plan = root.adopting(adopted).write(&files)?;
    if report::for_people(options) {
        written(&plan, output)?;
    }
    tell(&selection, output);
    Ok(Outcome::Fine)
}

/// A line for each file that changed, and a summary.
fn written(plan: &Plan, output: &mut Output<'_>) -> Result<(), Error> {
    for change in &plan.changes {
        let (code, verb) = match change.kind() {
            Kind::Missing => ("32", "created"),
            Kind::Stale => ("33", "changed"),
            Kind::Stray => ("31", "removed"),
            // What is somebody else's stops a write before it begins.
            Kind::Foreign => ("31", "foreign"),
        };
        let verb = output.paint(code, verb);
        output.say(&format!("{verb}  {}\n", change.path.display()))?;
    }
    let counts = [
        (plan.count(Kind::Missing), "created"),
        (plan.count(Kind::Stale), "changed"),
        (plan.count(Kind::Stray), "removed"),
        (plan.unchanged, "unchanged"),
    ];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, what)| format!("{count} {what}")).collect();
    let files = plan.count(Kind::Missing) + plan.count(Kind::Stale) + plan.unchanged;
    output.say(&format!("{}: {}\n", report::count(files, "file"), counts.join(", ")))?;
    Ok(())
}

/// Which of the user's own values are still the example's, and whatever else is to be known.
fn tell(selection: &Selection, output: &mut Output<'_>) {
    for notice in selection.notices() {
        output.note(notice);
    }
}
