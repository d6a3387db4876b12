//! Whether what is rendered exists where it goes.

use crate::checks::{Finding, Options};
use crate::render::{Site, Whole};
use crate::schema;

/// The rules with the region of each template. Of one that the schemas do not know nothing can be told.
pub(super) fn options(whole: &Whole<'_>) -> Options {
    let is_known =
        |site: &&Site<'_>| schema::regions().any(|known| known == site.environment.account().region.as_str());
    let sites = whole.sites.iter().filter(is_known);
    let region_of = sites.flat_map(|site| {
        let region = site.environment.account().region.as_str();
        let parts = site.parts.iter();
        parts.map(move |part| (part.entry.template.clone(), region.to_owned()))
    });
    Options {
        region_of: region_of.collect(),
        ..Options::default()
    }
}

/// Leads from what does not exist in a region to where the model says which one it is.
pub(super) fn lead_to_field(whole: &Whole<'_>, findings: &mut [Finding]) {
    for finding in findings.iter_mut().filter(|finding| finding.rule == RULE) {
        let is_of = |site: &&Site<'_>| site.parts.iter().any(|part| part.entry.template == finding.file);
        if let Some(site) = whole.sites.iter().find(is_of) {
            let (name, region) = (&site.environment.name, &site.environment.account().region);
            finding.help = Some(format!(
                "give `{name}` another `Account.region` than `{region}` ({}), or leave out what asks for it",
                region.place()
            ));
        }
    }
}

const RULE: &str = "type-missing-in-region";
