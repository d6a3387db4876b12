//! Rules over what Prometheus is asked: by its rules, and by the dashboards of Grafana.
//!
//! Neither names who tells what it asks for. What the services of somebody tell, nobody here knows; of the exporters that
//! run in most clusters it is known ([`crate::schema::metrics`]).

mod absent_label;
mod malformed_query;
mod unexposed_metric;

use crate::checks::manifest::is_allowed;
use crate::checks::{Finding, Options, Report, Rule, Set};
use crate::read::promql::{self, Asked, Parsed, Selector};
use crate::read::{Document, Step};

/// Every rule about queries, by name.
pub const RULES: &[&Rule] = &[&absent_label::RULE, &malformed_query::RULE, &unexposed_metric::RULE];

/// Looks at rules and dashboards, those in manifests among them; what one of them records, any other may ask for.
#[must_use]
pub fn judge(documents: &[Document], options: &Options) -> Vec<Finding> {
    let set = Set::of_manifests(documents, options);
    let mut report = Report::new(documents);
    for rule in RULES.iter().filter(|rule| options.wants(rule.name)) {
        rule.run(&set, &mut report);
    }
    let allowed = |number: usize, path: &[Step], rule: &'static str| is_allowed(&documents[number].root, path, rule);
    let mut findings = report.finish_but(&allowed);
    options.raise(&mut findings);
    findings
}

/// Every expression, and what is read of it.
fn read<'a>(set: &Set<'a>) -> Vec<(Asked<'a>, Parsed)> {
    let all = promql::all(set.manifests.documents, &set.manifests).into_iter();
    let read = all.map(|asked| {
        let parsed = promql::parse(&asked.text, asked.home.variables());
        (asked, parsed)
    });
    read.collect()
}

/// Every series that is asked for by a settled name, and who asks. A name with a colon is that of a record.
fn named<'a>(set: &Set<'a>) -> Vec<(Asked<'a>, String, Selector)> {
    let mut found = Vec::new();
    for (asked, parsed) in read(set) {
        let Parsed::Query(selectors) = parsed else { continue };
        for selector in selectors {
            let name = selector
                .name
                .clone()
                .filter(|name| !name.contains(['$', '{', '[', ':']));
            found.extend(name.map(|name| (asked.clone(), name, selector)));
        }
    }
    found
}
