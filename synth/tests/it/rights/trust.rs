//! Whoever may take a role on is one service for this account, or GitHub for one subject.

use super::condition::Condition;
use super::found::Found;
use super::sites::LATER;

/// Whoever may take a role on is one service for this account, or GitHub for one subject.
pub(super) fn trusts(found: &mut Found) {
    for world in LATER.iter() {
        for role in world.things.iter().filter(|thing| thing.kind == "AWS::IAM::Role") {
            let statements = role.properties["AssumeRolePolicyDocument"]["Statement"]
                .as_array()
                .unwrap();
            for statement in statements {
                let keys: Vec<String> = Condition::all(&statement["Condition"])
                    .iter()
                    .map(|one| one.key().to_owned())
                    .collect();
                let has = |end: &str| keys.iter().any(|key| key.ends_with(end));
                let principal = &statement["Principal"];
                let bound = if principal.get("Federated").is_some() {
                    has(":sub") && has(":aud")
                } else {
                    has("aws:sourceaccount")
                };
                let of_service = principal.get("Service").is_some() || principal.get("Federated").is_some();
                if !bound || !of_service {
                    let name = role.label.rsplit('-').next().unwrap();
                    found
                        .entry(format!("{name} trusts whoever {principal} works for"))
                        .or_insert_with(|| role.label.clone());
                }
            }
        }
    }
}
