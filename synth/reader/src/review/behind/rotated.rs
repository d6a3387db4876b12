//! Secrets that rotation has changed.

use super::super::spread::Pair;
use super::super::verdict::{Effect, ResourceChange, Source};
use super::{at, is_updated, named, raise};

pub(super) fn judge(pair: &Pair<'_>, changes: &mut [ResourceChange]) {
    let schedules = pair
        .old
        .items
        .values()
        .filter(|item| item.kind == "AWS::SecretsManager::RotationSchedule");
    let rotated: Vec<(&str, &str)> = schedules
        .flat_map(|schedule| {
            let secrets = at(schedule, &["SecretId"]).into_iter();
            let secrets = secrets.flat_map(|value| named(pair.old, value));
            secrets.map(|secret| (secret.id.as_str(), schedule.id.as_str()))
        })
        .collect();
    for change in changes.iter_mut().filter(|change| is_updated(change)) {
        let Some((_, by)) = rotated.iter().find(|(id, _)| *id == change.id) else {
            continue;
        };
        let why = format!(
            "`{by}` rotates it: this writes another secret over the one that is in use, which nobody else learns"
        );
        raise(
            change,
            &["SecretString", "GenerateSecretString"],
            Effect::Overwrite,
            Source::UserGuide,
            &why,
        );
    }
}
