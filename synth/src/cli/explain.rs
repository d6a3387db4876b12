//! `synth explain`: what a rule forbids, and why.

use serde_json::json;

use super::args::{Format, Options};
use super::output::Output;
use super::{Error, Outcome, search};
use crate::checks::{self, Rule, Subject, show};
use crate::schema::near::nearest;

type Known = (Subject, &'static Rule);

/// What is asked for.
enum Asked {
    All(Vec<Known>),
    /// Rules of one name.
    Named(Vec<Known>),
    /// Rules that have words.
    Found(Vec<Known>),
}

pub(super) fn run(words: &[String], options: &Options, output: &mut Output<'_>) -> Result<Outcome, Error> {
    let text = match (options.format, asked(words)?) {
        (Format::Human, Asked::All(rules) | Asked::Found(rules)) => table(&rules, output),
        (Format::Human, Asked::Named(rules)) => {
            let pages = rules
                .iter()
                .map(|(subject, rule)| show::explain(*subject, rule, output.color()));
            pages.collect()
        }
        (Format::Json, Asked::All(rules) | Asked::Named(rules) | Asked::Found(rules)) => json(&rules)?,
        (Format::Markdown, Asked::All(_)) => show::page(),
        (Format::Sarif | Format::Github | Format::Markdown, _) => {
            let text = "an explanation has no such format; use --format human or json, or markdown for all rules";
            return Err(Error::Usage(text.to_owned()));
        }
    };
    output.out.write_all(text.as_bytes())?;
    Ok(Outcome::Fine)
}

/// The rules that are meant. What looks like a name and is nearly one is told to be wrong rather than taken for words.
fn asked(words: &[String]) -> Result<Asked, Error> {
    if words.is_empty() {
        return Ok(Asked::All(Subject::rules().collect()));
    }
    if let [name] = words {
        let named: Vec<Known> = Subject::rules()
            .filter(|(_, rule)| rule.name == checks::current(name))
            .take(1)
            .collect();
        if !named.is_empty() {
            return Ok(Asked::Named(named));
        }
        if name.contains('-') && nearest(name, Subject::rules().map(|(_, rule)| rule.name)).is_some() {
            return Err(unknown_rule(name));
        }
    }
    match (search::rules(words), words) {
        (found, [name]) if found.is_empty() => Err(unknown_rule(name)),
        (found, _) if found.is_empty() => Err(Error::Usage(format!(
            "no rule has all of the words `{}`; give fewer, `synth explain` lists all rules",
            words.join("`, `")
        ))),
        (found, _) => Ok(Asked::Found(found)),
    }
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
