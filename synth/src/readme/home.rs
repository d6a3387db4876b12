//! In which accounts and regions a system runs.

use super::words::list;
use crate::model::{Account, Checked, Environment, System};
use crate::render::{Site, Whole};

/// `in the AWS account 111122223333 and the region us-east-1`, or where each environment is, if they differ.
pub(super) fn sentence(system: &System) -> String {
    if let [account] = system.accounts().as_slice() {
        let region = account.region.as_str();
        return format!("in the AWS account {} and the region {region}", account.id);
    }
    let place = |environment: &Environment| {
        let Account { id, region, .. } = environment.account();
        format!("{} in the AWS account {id} ({})", environment.name, region.as_str())
    };
    list(&system.environments.iter().map(place).collect::<Vec<_>>())
}

/// The numbers of the accounts.
pub(super) fn accounts(system: &System) -> String {
    let mut ids: Vec<String> = system.accounts().iter().map(|account| account.id.to_string()).collect();
    ids.dedup();
    ids.join(" or ")
}

/// The accounts of the environments, in words; empty where all are in one.
pub(super) fn each(whole: &Whole<'_>) -> String {
    let mut all: Vec<String> = Vec::new();
    for account in whole.sites.iter().map(|site| own(whole, site)) {
        if !account.is_empty() && !all.contains(&account) {
            all.push(account);
        }
    }
    if all.is_empty() { String::new() } else { list(&all) }
}

/// The account of an environment; empty where all are in one.
pub(super) fn own(whole: &Whole<'_>, site: &Site<'_>) -> String {
    let own = &site.environment.account().id;
    if whole.sites.iter().all(|other| other.environment.account().id == *own) {
        String::new()
    } else {
        own.to_string()
    }
}

/// The environments in other accounts than the registry's, in words; empty where all are in that.
pub(crate) fn apart(whole: &Whole<'_>) -> String {
    let home = whole.system.registry_account().map(|account| &account.id);
    let away = whole
        .system
        .environments
        .iter()
        .filter(|one| home != Some(&one.account().id));
    let names: Vec<String> = away.map(|one| one.name.to_string()).collect();
    if names.is_empty() { String::new() } else { list(&names) }
}

/// The other system of this repository that makes GitHub's identity provider in an account of this one.
pub(super) fn provider_of(whole: &Whole<'_>) -> String {
    let is_here = |other: &Environment| {
        let mut own = whole.sites.iter().map(|site| &site.environment.account().id);
        own.any(|id| *id == other.account().id)
    };
    let makes = |system: &System| {
        let mut all = system.environments.iter();
        system.name != whole.system.name && all.any(|one| is_here(one) && system.makes_provider(one))
    };
    let mut others = whole.systems.each().map(Checked::system);
    others
        .find(|system| makes(system))
        .map_or_else(String::new, |system| system.name.to_string())
}
