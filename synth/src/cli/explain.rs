//! `synth explain`: what a rule forbids, and why.

use serde_json::json;

use super::args::{Format, Options};
use super::output::Output;
use super::{Error, Outcome};
use crate::checks::{self, Family, Level, workflow};
use crate::schema::near::nearest;

/// A rule about templates or about workflows.
struct Known {
    name: &'static str,
    why: &'static str,
    link: &'static str,
    level: Level,
    family: Family,
    example: &'static str,
    instead: &'static str,
    /// What it is about.
    subject: &'static str,
}

fn known() -> Vec<Known> {
    let of_templates = checks::RULES.iter().chain([&&checks::UNREADABLE]).map(|rule| Known {
        name: rule.name,
        why: rule.why,
        link: rule.link,
        level: rule.level,
        family: rule.family,
        example: rule.example,
        instead: rule.instead,
        subject: "templates",
    });
    let of_workflows = workflow::RULES.iter().map(|rule| Known {
        name: rule.name,
        why: rule.why,
        link: rule.link,
        level: Level::Error,
        family: rule.family,
        example: rule.example,
        instead: rule.instead,
        subject: "workflows",
    });
    of_templates.chain(of_workflows).collect()
}

pub(super) fn run(rule: Option<&str>, options: &Options, output: &mut Output<'_>) -> Result<Outcome, Error> {
    let mut rules = known();
    if let Some(name) = rule {
        if !rules.iter().any(|rule| rule.name == name) {
            return Err(Error::Usage(unknown(name, &rules)));
        }
        rules.retain(|rule| rule.name == name);
    }
    let text = match (options.format, rule) {
        (Format::Human, None) => table(&rules, output),
        (Format::Human, Some(_)) => rules.iter().map(|rule| page(rule, output)).collect(),
        (Format::Json, _) => json(&rules)?,
        (Format::Markdown, None) => checks::show::page(),
        (Format::Sarif | Format::Github | Format::Markdown, _) => {
            let text = "an explanation has no such format; use --format human or json, or markdown for all rules";
            return Err(Error::Usage(text.to_owned()));
        }
    };
    output.out.write_all(text.as_bytes())?;
    Ok(Outcome::Fine)
}

/// What to say of a rule that does not exist.
pub(super) fn unknown_rule(name: &str) -> Error {
    Error::Usage(unknown(name, &known()))
}

fn unknown(name: &str, rules: &[Known]) -> String {
    let near = nearest(name, rules.iter().map(|rule| rule.name));
    let near = near
        .map(|name| format!(" (did you mean `{name}`?)"))
        .unwrap_or_default();
    format!("there is no rule `{name}`{near}; `synth explain` lists them all")
}

fn table(rules: &[Known], output: &Output<'_>) -> String {
    let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let line = |rule: &Known| {
        let name = output.paint("1", &format!("{:width$}", rule.name));
        format!(
            "{name}  {:7}  {:9}  {}\n",
            rule.level.name(),
            rule.subject,
            first_sentence(rule.why)
        )
    };
    rules.iter().map(line).collect()
}

fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |end| &text[..=end])
}

fn page(rule: &Known, output: &Output<'_>) -> String {
    let (level, family) = (rule.level.name(), rule.family.name());
    let name = output.paint("1", rule.name);
    let head = format!(
        "{name}: {level} ({family}, {})\n\n{}\n\nsee {}\n",
        rule.subject, rule.why, rule.link
    );
    let (example, instead) = (indented(rule.example), indented(rule.instead));
    let head = format!("{head}\nthis breaks it:\n\n{example}\nwrite instead:\n\n{instead}");
    if rule.subject == "workflows" {
        return head;
    }
    let allow = format!(
        "\"Metadata\": {{\"synth\": {{\"allow\": {{\"{}\": \"why\"}}}}}}",
        rule.name
    );
    format!("{head}\na resource allows it with a reason:\n\n  {allow}\n")
}

fn indented(text: &str) -> String {
    text.trim()
        .lines()
        .fold(String::new(), |all, line| all + "  " + line + "\n")
}

fn json(rules: &[Known]) -> Result<String, Error> {
    let one = |rule: &Known| {
        json!({
            "rule": rule.name, "level": rule.level, "family": rule.family.name(), "subject": rule.subject,
            "why": rule.why, "link": rule.link, "example": rule.example.trim_start(), "instead": rule.instead.trim_start(),
        })
    };
    let rules: Vec<_> = rules.iter().map(one).collect();
    let text = serde_json::to_string_pretty(&rules).map_err(std::io::Error::from)?;
    Ok(text + "\n")
}
