//! Findings in the format that is asked for.

use super::Error;
use super::args::{Format, Options};
use super::output::Output;
use super::select::Selection;
use crate::checks::{Finding, show};
use crate::read;

/// Whether a person reads the output; a program reads nothing but findings.
pub(super) fn for_people(options: &Options) -> bool {
    options.format == Format::Human
}

/// Writes the findings.
pub(super) fn findings(
    findings: &[Finding],
    selection: &Selection,
    options: &Options,
    output: &mut Output<'_>,
) -> Result<(), Error> {
    let text = match options.format {
        Format::Human => show::human(findings, &documents(findings, selection), output.color()),
        Format::Json => show::json(findings),
        Format::Sarif => show::sarif(findings),
        Format::Github => show::github(findings),
        Format::Markdown => {
            let text = "findings have no such format; use --format human, json, sarif or github";
            return Err(Error::Usage(text.to_owned()));
        }
    };
    output.out.write_all(text.as_bytes())?;
    Ok(())
}

/// The files that findings point into, to quote from.
fn documents(findings: &[Finding], selection: &Selection) -> Vec<read::Document> {
    let files = selection.rendered.iter().flat_map(|rendered| &rendered.files);
    let wanted = files.filter(|(path, _)| findings.iter().any(|finding| finding.file == **path));
    // A file that cannot be read has a finding that says so, and no line to quote.
    wanted
        .filter_map(|(path, text)| read::document(path, text).ok())
        .collect()
}

/// A number with its noun.
pub(super) fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}
