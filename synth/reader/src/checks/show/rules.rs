//! The rules themselves as text.

use std::fmt::Write;

use super::Color;
use super::human::paint;
use crate::checks::Subject;
use crate::checks::{Family, Rule};

/// One rule for a person at a terminal.
#[must_use]
pub fn explain(subject: Subject, rule: &Rule, color: Color) -> String {
    let name = paint(color, "1", rule.name);
    let (level, family) = (rule.level.name(), rule.family.name());
    let (example, instead) = (indented(rule.example), indented(rule.instead));
    let mut out = format!(
        "{name}: {level} ({family}, {})\n\n{}\n\nsee {}\n\nthis breaks it:\n\n{example}\nwrite instead:\n\n{instead}",
        subject.name(),
        rule.why,
        rule.link
    );
    let name = rule.name;
    // Writing to a string cannot fail.
    let _ = match subject {
        Subject::Templates => {
            let allow = format!("\"Metadata\": {{\"synth\": {{\"allow\": {{\"{name}\": \"why\"}}}}}}");
            write!(out, "\na resource allows it with a reason:\n\n  {allow}\n")
        }
        Subject::Manifests | Subject::Queries => {
            let allow = format!("metadata: {{annotations: {{allow.synth/{name}: \"why\"}}}}");
            write!(out, "\nan object allows it with a reason:\n\n  {allow}\n")
        }
        Subject::Modules => {
            let allow = format!("\"//\": {{\"allow\": {{\"{name}\": \"why\"}}}}");
            write!(out, "\na block allows it with a reason:\n\n  {allow}\n")
        }
        Subject::Across => {
            let template = format!("\"Metadata\": {{\"synth\": {{\"allow\": {{\"{name}\": \"why\"}}}}}}");
            let object = format!("metadata: {{annotations: {{allow.synth/{name}: \"why\"}}}}");
            write!(
                out,
                "\na resource or an object allows it with a reason:\n\n  {template}\n  {object}\n"
            )
        }
        Subject::Workflows => Ok(()),
    };
    out
}

fn indented(text: &str) -> String {
    text.trim()
        .lines()
        .fold(String::new(), |all, line| all + "  " + line + "\n")
}

/// The sections of rules that no family tells apart, with what each is about.
const BEYOND: [(Subject, &str, &str); 3] = [
    (
        Subject::Across,
        "templates and manifests",
        "What a template promises and a manifest does not keep, or the reverse. Of what `synth` renders, it is as bad as it \
         says here; files that somebody gives `synth validate` need not be all that is deployed, so that it is no more than \
         a warning there, told only where something shows that they belong together.",
    ),
    (
        Subject::Queries,
        "queries",
        "What Prometheus is asked by its rules, in files or objects of its operator, and by dashboards of Grafana, in files \
         or `ConfigMap`s. What the services of somebody expose is not known here, so that nothing is said of it.",
    ),
    (
        Subject::Workflows,
        "workflows",
        "What is wrong with a GitHub workflow that `synth` renders.",
    ),
];

/// All rules as a page of Markdown: those about templates by family, those about manifests and those about
/// modules by family, those about workflows.
#[must_use]
pub fn page() -> String {
    let mut out = "# Rules\n\n".to_owned();
    out += "<!-- Rendered by `synth explain --format markdown`; change the rule, not this page. -->\n\n";
    out += "A rule is named for what it forbids. An error stops rendering and fails `synth validate`; a warning and a \
            note do neither, unless `--deny` raises them. A resource, or a template as a whole, allows a rule with a \
            reason; an allowance without one allows nothing:\n\n\
            ```yaml\nMetadata:\n  synth:\n    allow:\n      open-port: a public web server\n```\n\n\
            So does an object of Kubernetes, by an annotation:\n\n\
            ```yaml\nmetadata:\n  annotations:\n    allow.synth/host-path: reads the logs of its node\n```\n\n\
            And a block of OpenTofu, or a file of it, by its comment:\n\n\
            ```yaml\n\"//\": {\"allow\": {\"open-firewall\": \"a bastion for the whole world\"}}\n```\n";
    for (subject, title, refuses) in [
        (Subject::Templates, "", "What AWS refuses."),
        (
            Subject::Manifests,
            "manifests: ",
            "What the API server of Kubernetes refuses.",
        ),
        (Subject::Modules, "modules: ", "What OpenTofu or its provider refuses."),
    ] {
        for (family, says) in [
            (Family::Schema, refuses),
            (Family::Graph, "What does not fit together."),
            (Family::Practice, "What deploys and will hurt."),
        ] {
            let rules = Subject::rules().filter(|(about, rule)| *about == subject && rule.family == family);
            section(&mut out, &format!("{title}{}", family.name()), says, rules);
        }
    }
    for (subject, name, says) in BEYOND {
        let rules = Subject::rules().filter(|(about, _)| *about == subject);
        section(&mut out, name, says, rules);
    }
    out
}

fn section(out: &mut String, name: &str, says: &str, rules: impl Iterator<Item = (Subject, &'static Rule)>) {
    let mut rules: Vec<&Rule> = rules.map(|(_, rule)| rule).collect();
    rules.sort_by_key(|rule| rule.name);
    let links: Vec<String> = rules.iter().map(|rule| format!("[{0}](#{0})", rule.name)).collect();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "\n## {name}\n\n{says}\n\n{}", links.join(" · "));
    for rule in rules {
        let _ = writeln!(
            out,
            "\n### {}\n\n**{}**: {} ([source]({}))\n\n<details><summary>example</summary>\n\n{}\nWrite instead:\n\n{}\n</details>",
            rule.name,
            rule.level.name(),
            rule.why.replace('\n', " "),
            rule.link,
            fenced(rule.example),
            fenced(rule.instead),
        );
    }
}

fn fenced(text: &str) -> String {
    format!("```yaml\n{}\n```\n", text.trim())
}
