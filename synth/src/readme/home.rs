//! In which accounts and regions a system runs.

use super::words::list;
use crate::model::System;

/// `in the AWS account 111122223333 and the region us-east-1`, or that of each environment where they differ.
pub(super) fn sentence(system: &System) -> String {
    let place = |index: usize| {
        let account = &system.environments[index].account;
        format!(
            "in the AWS account {} and the region {}",
            account.id,
            account.region.as_str()
        )
    };
    let places: Vec<String> = (0..system.environments.len()).map(place).collect();
    if let Some(first) = places.first()
        && places.iter().all(|place| place == first)
    {
        return first.clone();
    }
    let named = system.environments.iter().zip(&places);
    let named: Vec<String> = named
        .map(|(environment, place)| format!("{place} for {}", environment.name))
        .collect();
    list(&named)
}

/// The numbers of the accounts.
pub(super) fn accounts(system: &System) -> String {
    let mut ids: Vec<String> = system.accounts().iter().map(|account| account.id.to_string()).collect();
    ids.dedup();
    ids.join(" or ")
}
