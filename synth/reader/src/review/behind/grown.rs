//! Storage that grows by itself, and what never gets smaller.

use super::super::spread::Pair;
use super::super::verdict::{Effect, ResourceChange, Source};
use super::{is_updated, raise};

/// Sizes that a service raises by itself, and the setting that makes it do so.
///
/// <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html>
const GROWS: [(&str, &str, &str); 2] = [
    ("AWS::RDS::DBInstance", "AllocatedStorage", "MaxAllocatedStorage"),
    ("AWS::RDS::DBCluster", "AllocatedStorage", "MaxAllocatedStorage"),
];

pub(super) fn judge(pair: &Pair<'_>, changes: &mut [ResourceChange]) {
    for change in changes.iter_mut().filter(|change| is_updated(change)) {
        let Some((_, size, most)) = GROWS.iter().find(|(kind, ..)| *kind == change.kind) else {
            continue;
        };
        let Some(old) = pair.old.items.get(&change.id) else {
            continue;
        };
        let limit = old.properties.get(*most).and_then(|value| pair.old.number(value));
        let was = old.properties.get(*size).and_then(|value| pair.old.number(value));
        // At its limit it has not grown.
        if old.properties.contains_key(*most) && !limit.zip(was).is_some_and(|(limit, was)| was >= limit) {
            let why = format!(
                "`{most}` lets its storage grow: it may have grown past this by now, and storage never gets smaller, so that \
                 the update fails then"
            );
            raise(change, &[*size], Effect::Overwrite, Source::UserGuide, &why);
        }
    }
}
