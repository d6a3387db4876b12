//! `synth explain`: what a rule forbids, and why.

use serde_json::json;

use super::args::{Format, Options};
use super::output::Output;
use super::{Error, Outcome};
use crate::checks::{self, Rule, Subject, show};
use crate::schema::near::nearest;

type Known = (Subject, &'static Rule);

pub(super) fn run(rule: Option<&str>, options: &Options, output: &mut Output<'_>) -> Result<Outcome, Error> {
    let rules: Vec<Known> = match rule {
        None => Subject::rules().collect(),
        Some(name) => vec![named(name)?],
    };
    let text = match (options.format, rule) {
        (Format::Human, None) => table(&rules, output),
        (Format::Human, Some(_)) => {
            let pages = rules
                .iter()
                .map(|(subject, rule)| show::explain(*subject, rule, output.color()));
            pages.collect()
        }
        (Format::Json, _) => json(&rules)?,
        (Format::Markdown, None) => show::page(),
        (Format::Sarif | Format::Github | Format::Markdown, _) => {
            let text = "an explanation has no such format; use --format human or json, or markdown for all rules";
            return Err(Error::Usage(text.to_owned()));
        }
    };
    output.out.write_all(text.as_bytes())?;
    Ok(Outcome::Fine)
}

/// The rule of a name, or the one that was probably meant.
fn named(name: &str) -> Result<Known, Error> {
    let found = Subject::rules().find(|(_, rule)| rule.name == checks::current(name));
    found.ok_or_else(|| unknown_rule(name))
}

/// What to say of a rule that does not exist.
pub(super) fn unknown_rule(name: &str) -> Error {
    let near = nearest(name, Subject::rules().map(|(_, rule)| rule.name));
    let near = near
        .map(|name| format!(" (did you mean `{name}`?)"))
        .unwrap_or_default();
    Error::Usage(format!(
        "there is no rule `{name}`{near}; `synth explain` lists them all"
    ))
}

fn table(rules: &[Known], output: &Output<'_>) -> String {
    let width = rules.iter().map(|(_, rule)| rule.name.len()).max().unwrap_or(0);
    let line = |(subject, rule): &Known| {
        let name = output.paint("1", &format!("{:width$}", rule.name));
        let (level, subject) = (rule.level.name(), subject.name());
        format!("{name}  {level:7}  {subject:9}  {}\n", first_sentence(rule.why))
    };
    rules.iter().map(line).collect()
}

fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |end| &text[..=end])
}

fn json(rules: &[Known]) -> Result<String, Error> {
    let one = |(subject, rule): &Known| {
        json!({
            "rule": rule.name, "level": rule.level, "family": rule.family.name(), "subject": subject.name(),
            "why": rule.why, "link": rule.link, "example": rule.example.trim_start(), "instead": rule.instead.trim_start(),
        })
    };
    let rules: Vec<_> = rules.iter().map(one).collect();
    let text = serde_json::to_string_pretty(&rules).map_err(std::io::Error::from)?;
    Ok(text + "\n")
}
