//! Whether what is rendered exists where it goes.

use std::collections::BTreeMap;

use super::StackEntry;
use crate::checks::{Finding, Options};
use crate::model::{Environment, System};
use crate::schema;

/// The rules with the region of each template. Of one that the schemas do not know nothing can be told.
pub(super) fn options(system: &System, stacks: &[StackEntry]) -> Options {
    let region = |entry: &StackEntry| {
        let region = environment(system, entry)?.account.region.as_str();
        let is_known = schema::regions().any(|known| known == region);
        is_known.then(|| (entry.template.clone(), region.to_owned()))
    };
    let region_of: BTreeMap<String, String> = stacks.iter().filter_map(region).collect();
    Options {
        region_of,
        ..Options::default()
    }
}

/// Leads from what does not exist in a region to where the model says which one it is.
pub(super) fn lead_to_field(system: &System, stacks: &[StackEntry], findings: &mut [Finding]) {
    for finding in findings.iter_mut().filter(|finding| finding.rule == RULE) {
        let entry = stacks.iter().find(|entry| entry.template == finding.file);
        if let Some(environment) = entry.and_then(|entry| environment(system, entry)) {
            let (name, region) = (&environment.name, &environment.account.region);
            finding.help = Some(format!(
                "give `{name}` another `Account.region` than `{region}` ({}), or leave out what asks for it",
                region.place()
            ));
        }
    }
}

const RULE: &str = "type-missing-in-region";

fn environment<'a>(system: &'a System, entry: &StackEntry) -> Option<&'a Environment> {
    let mut all = system.environments.iter();
    all.find(|environment| environment.name.as_str() == entry.environment)
}
