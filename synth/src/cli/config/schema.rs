//! `synth schema`: what an editor completes and checks a file of settings by.

use serde_json::{Value as Json, json};

use super::super::args::SchemaOf;
use super::super::output::Output;
use super::super::{Error, Outcome};
use crate::checks::Subject;
use crate::schema;
use crate::schema::kubernetes::Version;

pub(in super::super) fn run(of: SchemaOf, output: &mut Output<'_>) -> Result<Outcome, Error> {
    let schema = match of {
        SchemaOf::Config => config(),
    };
    let text = serde_json::to_string_pretty(&schema).map_err(std::io::Error::from)?;
    writeln!(output.out, "{text}")?;
    Ok(Outcome::Fine)
}

/// The schema of `synth.toml`.
fn config() -> Json {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "synth.toml",
        "description": "How `synth validate` judges the files of a repository.",
        "type": "object",
        "additionalProperties": false,
        "properties": properties(),
        "$defs": { "rule": { "enum": names() } },
    })
}

fn properties() -> Json {
    let regions: Vec<&str> = schema::regions().collect();
    let versions = Version::ALL.map(|version| version.to_string());
    let text = json!({ "type": "string" });
    let rule = json!({ "$ref": "#/$defs/rule" });
    let allow = list("Rules that say nothing; a family stands for its rules", &rule);
    let deny = list("Rules of which every finding is an error", &rule);
    let files = list("Folders, files or globs, from the folder of this file", &text);
    let path = json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["files"],
        "properties": { "files": files, "allow": allow, "deny": deny },
    });
    json!({
        "allow": allow,
        "deny": deny,
        "region": list("The regions that the templates are deployed to", &json!({ "enum": regions })),
        "kubernetes": {
            "description": "The version of the cluster that manifests are applied to",
            "enum": versions,
        },
        "schema": list(
            "Schemas of private resource types, or folders of them, from the folder of this file",
            &text,
        ),
        "baseline": {
            "description": "What was found before and is not told, from the folder of this file",
            "type": "string",
        },
        "path": list("What else holds for some of the files; the later one goes before", &path),
    })
}

fn list(what: &str, items: &Json) -> Json {
    json!({ "description": what, "type": "array", "items": items })
}

/// What can be allowed and denied: the families, and the rules that `validate` asks, by name.
fn names() -> Vec<&'static str> {
    let judged = Subject::rules().filter(|(subject, rule)| {
        *subject != Subject::Workflows
            && !["unreadable-template", "unreadable-manifest", "unreadable-module"].contains(&rule.name)
    });
    let mut rules: Vec<&str> = judged.map(|(_, rule)| rule.name).collect();
    rules.sort_unstable();
    rules.dedup();
    ["schema", "graph", "practice", "across"]
        .into_iter()
        .chain(rules)
        .collect()
}
