//! `synth list`: the stacks in the order of deployment.

use super::args::{Format, Options};
use super::output::Output;
use super::{Error, Outcome, select};
use crate::model::Systems;
use crate::{StackEntry, rendered};

pub(super) fn run(systems: &Systems, options: &Options, output: &mut Output<'_>) -> Result<Outcome, Error> {
    let mut all = Vec::new();
    for system in select::asked(systems, options)? {
        all.extend(select::each(system, rendered::stacks)?);
    }
    let stacks: Vec<&StackEntry> = all.iter().collect();
    let text = match options.format {
        Format::Human => table(&stacks, output),
        Format::Json => json(&stacks)?,
        Format::Sarif | Format::Github | Format::Markdown => {
            let text = "a list has no such format; use --format human or --format json";
            return Err(Error::Usage(text.to_owned()));
        }
    };
    output.out.write_all(text.as_bytes())?;
    Ok(Outcome::Fine)
}

fn json(stacks: &[&StackEntry]) -> Result<String, Error> {
    let text = serde_json::to_string_pretty(stacks).map_err(std::io::Error::from)?;
    Ok(text + "\n")
}

fn table(stacks: &[&StackEntry], output: &Output<'_>) -> String {
    let head = ["SYSTEM", "ENVIRONMENT", "STACK", "STACK NAME", "AFTER"].map(str::to_owned);
    let rows: Vec<[String; 5]> = std::iter::once(head)
        .chain(stacks.iter().map(|stack| row(stack)))
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..5).map(width).collect();
    let mut text = String::new();
    for (number, row) in rows.iter().enumerate() {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        let line = cells.collect::<Vec<_>>().join("  ");
        let line = line.trim_end();
        text += &if number == 0 {
            output.paint("1", line)
        } else {
            line.to_owned()
        };
        text.push('\n');
    }
    text
}

fn row(stack: &StackEntry) -> [String; 5] {
    // The stacks of one environment share the first words of their names.
    let shared = stack.stack_name.strip_suffix(stack.stack.name()).unwrap_or_default();
    let short = |name: &String| name.strip_prefix(shared).unwrap_or(name).to_owned();
    [
        stack.system.clone(),
        stack.environment.clone(),
        stack.stack.to_string(),
        stack.stack_name.clone(),
        stack.depends_on.iter().map(short).collect::<Vec<_>>().join(", "),
    ]
}
