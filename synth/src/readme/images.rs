//! How long the registry keeps what can be rolled back to.

use serde::Serialize;
use serde_json::Value as Json;

use crate::render::Whole;

/// The rules of the registry, in numbers.
#[derive(Serialize)]
pub(super) struct View {
    /// How many images are kept of those that ran.
    ran: u64,
    /// How many of those that did not.
    others: u64,
    /// After how many days what has no tag may go.
    untagged: u64,
}

/// As the template of the registry says it; nothing without one.
pub(super) fn view(whole: &Whole<'_>) -> Option<View> {
    let mut registries = whole.sites.iter().flat_map(|site| site.of_type("AWS::ECR::Repository"));
    let policy = &registries.next()?["Properties"]["LifecyclePolicy"]["LifecyclePolicyText"];
    let policy: Json = serde_json::from_str(policy.as_str()?).ok()?;
    let selections = || {
        policy["rules"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|rule| &rule["selection"])
    };
    let number = |is: fn(&Json) -> bool| selections().find(|one| is(one))?["countNumber"].as_u64();
    Some(View {
        ran: number(|one| one["tagPrefixList"].is_array())?,
        others: number(|one| one["tagPatternList"].is_array())?,
        untagged: number(|one| one["tagStatus"] == "untagged")?,
    })
}
