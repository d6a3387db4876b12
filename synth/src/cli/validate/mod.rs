//! `synth validate`: judges templates, manifests and modules that anybody wrote.

mod across;
mod baseline;
mod fix;
mod inputs;
mod judge;
mod judged;
mod kustomizations;
mod manifests;
mod modules;
mod parallel;
mod queries;
mod rules;
mod settings;
mod tally;
mod write;

use std::io;

use super::args::{Format, Options, ValidateArgs};
use super::config::Config;
use super::output::Output;
use super::report::count;
use super::{Error, Outcome, explain};
use crate::checks::Finding;
use crate::checks::show::{self, Quoted};
use baseline::Baseline;
use inputs::Input;
use judged::Judged;
use settings::Settings;
use tally::Tally;

pub(super) fn run(args: &ValidateArgs, options: &Options, output: &mut Output<'_>) -> Result<Outcome, Error> {
    if let Some(rule) = &args.explain {
        return explain::run(std::slice::from_ref(rule), options, output);
    }
    possible(args, options)?;
    let settings = Settings::of(args, &Config::of(args)?)?;
    let baseline = Baseline::of(settings.baseline.as_deref(), args.write_baseline)?;
    rules::schemas(&settings.schemas)?;
    let inputs = inputs::expand(&args.files, &mut io::stdin().lock());
    let mut judged = judged(&inputs, &settings, options, output);
    if args.fix || args.diff {
        let fixes = fix::run((&inputs, &judged), &settings.options, args.fix, output)?;
        if args.diff && !Tally::of(&judged).is_empty() {
            return Ok(if fixes > 0 { Outcome::Objections } else { Outcome::Fine });
        }
        if fixes > 0 {
            judged = self::judged(&inputs, &settings, options, output);
        }
    }
    match baseline {
        Some(baseline) if args.write_baseline => output.note(&baseline.take(&inputs, &mut judged)?),
        Some(baseline) => baseline
            .hide(&inputs, &mut judged)
            .iter()
            .for_each(|note| output.note(note)),
        None => {}
    }
    let tally = Tally::of(&judged);
    if let Some(note) = tally.charts() {
        output.note(&note);
    }
    let findings: Vec<Quoted> = judged.into_iter().flat_map(Judged::findings).collect();
    write(findings, options.format, output)?;
    // A gate that has judged nothing must not look green.
    if tally.is_empty() {
        return Err(Error::Nothing(nothing(args, tally.skipped())));
    }
    if options.format == Format::Human {
        output.say(&format!("{}\n", tally.summary()))?;
    }
    Ok(tally.outcome())
}

/// Refuses what cannot be together.
fn possible(args: &ValidateArgs, options: &Options) -> Result<(), Error> {
    let text = match options.format {
        Format::Markdown => "findings have no such format; use --format human, json, sarif or github",
        Format::Json | Format::Sarif | Format::Github if args.fix || args.diff => {
            "fixes are shown to a person; leave --format out, or --fix and --diff"
        }
        _ => return Ok(()),
    };
    Err(Error::Usage(text.to_owned()))
}

/// What is found in files, by the settings.
fn judged(inputs: &[Input], settings: &Settings, options: &Options, output: &mut Output<'_>) -> Vec<Judged> {
    let quoting = options.format == Format::Human;
    let mut judged = judge::all(inputs, &settings.options, quoting, &mut |done| {
        output.progress(&format!("{done} of {}", count(inputs.len(), "file")));
    });
    output.progress("");
    settings.apply_by_path(&mut judged);
    judged
}

/// What is found in texts that have names and need not lie on the disk.
#[cfg(feature = "lsp")]
pub(super) fn texts<'a>(
    texts: impl Iterator<Item = (&'a str, &'a str)>,
    options: &crate::checks::Options,
) -> Vec<Finding> {
    let inputs: Vec<inputs::Input> = texts
        .map(|(name, text)| inputs::Input::written(name, text, false))
        .collect();
    let judged = judge::all(&inputs, options, false, &mut |_| {});
    let findings = judged.into_iter().flat_map(Judged::findings);
    findings.map(|quoted| quoted.finding).collect()
}

/// The files of a folder that can be judged, by their paths, with their texts.
#[cfg(feature = "lsp")]
pub(super) fn files(folder: &std::path::Path) -> impl Iterator<Item = (String, String)> + use<> {
    let inputs = inputs::expand(&[folder.to_path_buf()], &mut io::empty()).into_iter();
    inputs.filter_map(|input| Some((input.name.clone(), input.text().ok()?)))
}

/// What to say when there is nothing to judge.
fn nothing(args: &ValidateArgs, skipped: usize) -> String {
    let places: Vec<String> = args.files.iter().map(|file| format!("`{}`", file.display())).collect();
    let places = places.join(", ");
    let saw = match skipped {
        0 => "no *.json, *.yaml, *.yml or *.template is there".to_owned(),
        1 => "1 file was looked at and is none".to_owned(),
        many => format!("{many} files were looked at and are none"),
    };
    format!(
        "there is no template, no manifest and no module in {places}: {saw}; name the files to judge them whatever they are"
    )
}

fn write(findings: Vec<Quoted>, format: Format, output: &mut Output<'_>) -> Result<(), Error> {
    let plain = |findings: Vec<Quoted>| -> Vec<Finding> { findings.into_iter().map(|it| it.finding).collect() };
    let text = match format {
        Format::Json => show::json(&plain(findings)),
        Format::Sarif => show::sarif(&plain(findings)),
        Format::Github => show::github(&plain(findings)),
        Format::Human | Format::Markdown => show::text(&findings, output.color()),
    };
    output.out.write_all(text.as_bytes())?;
    Ok(())
}
