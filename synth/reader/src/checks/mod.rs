//! Rules over what will be deployed: what is refused, what does not fit together, what will hurt.
//!
//! [`run`] looks at a set of documents at once, so that the exports and imports of a system's
//! stacks resolve among them. A rule is one file of this module with one `RULE`.

pub mod across;
mod allow;
pub mod example;
pub mod finding;
mod index;
pub mod links;
pub mod manifest;
mod options;
mod renamed;
mod report;
mod rule;
mod schema;
mod set;
pub mod show;
mod subject;
mod template;
pub mod tofu;
pub mod workflow;

pub use finding::{Certainty, Finding, Level, Place};
pub use index::Target;
pub use options::Options;
pub use renamed::current;
pub use report::{Draft, Report};
pub use rule::{Family, Rule};
pub use set::Set;
pub use subject::Subject;

use std::collections::BTreeSet;

use crate::read::Document;
use crate::read::template::transform;
use template::{graph, practice, schema as refused};

/// Every rule about templates, by family and name.
pub const RULES: &[&Rule] = &joined::<{ refused::RULES.len() + graph::RULES.len() + practice::RULES.len() }>(&[
    refused::RULES,
    graph::RULES,
    practice::RULES,
]);

/// The rules of some families, one after the other.
const fn joined<const LENGTH: usize>(families: &[&[&'static Rule]]) -> [&'static Rule; LENGTH] {
    let mut all = [&UNREADABLE; LENGTH];
    let (mut at, mut family) = (0, 0);
    while family < families.len() {
        let mut rule = 0;
        while rule < families[family].len() {
            all[at] = families[family][rule];
            at += 1;
            rule += 1;
        }
        family += 1;
    }
    all
}

/// What a file that cannot be read breaks; no rule can look at it, and nothing allows it.
pub const UNREADABLE: Rule = Rule {
    name: "unreadable-template",
    why: "What cannot be read cannot be deployed, and nothing else can be said about it.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Jobs:
    Type: AWS::SQS::Queue
   Properties: {QueueName: jobs}
",
    instead: r"
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties: {QueueName: jobs}
",
    check: |_, _| {},
};

/// Runs every rule over a set of templates that are deployed together.
///
/// Findings come in the order of the files and their lines. A resource silences a rule with a
/// reason: `Metadata: {"synth": {"allow": {"<rule>": "<reason>"}}}`.
#[must_use]
pub fn run(documents: &[Document]) -> Vec<Finding> {
    run_with(documents, &Options::default())
}

/// The same as [`run`] with the rules that the options leave.
#[must_use]
pub fn run_with(documents: &[Document], options: &Options) -> Vec<Finding> {
    look(documents, options, true)
}

/// Runs the rules that the options leave over templates of which some may refer to others, but which nobody says are
/// deployed together: what one exports, another may import, and two may be the same stack for two environments.
///
/// What is wrong across all files of a call is told by [`links`].
#[must_use]
pub fn judge(documents: &[Document], options: &Options) -> Vec<Finding> {
    look(documents, options, false)
}

fn look(documents: &[Document], options: &Options, together: bool) -> Vec<Finding> {
    let set = Set::new(documents, options, together);
    let mut report = Report::new(documents);
    for rule in RULES.iter().filter(|rule| options.wants(rule.name)) {
        rule.run(&set, &mut report);
    }
    let mut findings = report.finish();
    trust(documents, &mut findings);
    allow::silence(documents, &mut findings);
    options.raise(&mut findings);
    findings
}

/// A macro of somebody's own may change anything, so what looks wrong before it has run is no error.
fn trust(documents: &[Document], findings: &mut [Finding]) {
    let own = |document: &&Document| {
        transform::names(document)
            .iter()
            .any(|(_, name)| transform::is_own(name))
    };
    let rewritten: BTreeSet<&str> = documents
        .iter()
        .filter(own)
        .map(|document| document.file.as_str())
        .collect();
    for finding in findings {
        if rewritten.contains(finding.file.as_str()) {
            finding.certainty = Certainty::Likely;
            finding.level = finding.level.max(Level::Warning);
        }
    }
}

/// The rule of a name, be it one that the rule had once.
#[must_use]
pub fn rule(name: &str) -> Option<&'static Rule> {
    let name = current(name);
    Subject::rules().map(|(_, rule)| rule).find(|rule| rule.name == name)
}
