//! What systems that are deployed side by side cannot have at the same time.

use super::check::Here;
use super::{AccountId, Error, System};

/// Looks at what systems share: an account has GitHub's identity provider once, so one of them makes it; and stacks,
/// roles and folders are named after the system.
pub(super) fn check(systems: &[System], errors: &mut Vec<Error>) {
    for (index, system) in systems.iter().enumerate() {
        let mut here = Here::new(errors, system);
        let before = &systems[..index];
        if before.iter().any(|other| other.name == system.name) {
            let problem = "is the name of another system too";
            here.refuse("System.name", &system.name, problem, "give each its own");
        }
        for (name, longer) in begin_alike(&systems[..=index]) {
            let problem = "is how the names of another environment in the account begin, too";
            let help = format!("call one of `{name}` and `{longer}` otherwise: IAM tells them apart by their names");
            here.refuse("Environment.name", &name, problem, &help);
        }
        if let Some(other) = before.iter().find(|other| make_one(other, system)) {
            let problem = "would be in its account twice, and AWS takes GitHub's identity provider once";
            let help = format!("say `IdentityProvider::Existing`, as `{}` makes it", other.name);
            here.refuse("Account.identity_provider", "Make", problem, &help);
        }
    }
}

/// Whether two systems make an identity provider in the same account.
fn make_one(one: &System, other: &System) -> bool {
    let made = |system: &System| {
        let makers = system
            .environments
            .iter()
            .filter(|environment| system.makes_provider(environment));
        makers
            .map(|environment| environment.account.id.clone())
            .collect::<Vec<_>>()
    };
    let made_by_other = made(other);
    made(one).iter().any(|account| made_by_other.contains(account))
}

/// Environments of one account of which all names of the one begin like those of the other: what the one may do to
/// `cars-api-dev-*` it may do to all of `cars-api-dev-eu` too. Only pairs with the last of these systems.
fn begin_alike(systems: &[System]) -> Vec<(String, String)> {
    let names = |system: &System| -> Vec<(String, AccountId)> {
        let environments = system.environments.iter();
        environments
            .map(|one| (system.cluster(one), one.account.id.clone()))
            .collect()
    };
    let Some((last, before)) = systems.split_last() else {
        return Vec::new();
    };
    let own = names(last);
    let others: Vec<_> = before.iter().flat_map(names).chain(own.clone()).collect();
    let begins = |one: &(String, AccountId), other: &(String, AccountId)| {
        one.1 == other.1 && other.0.strip_prefix(&one.0).is_some_and(|rest| rest.starts_with('-'))
    };
    let mut pairs = Vec::new();
    for one in &own {
        for other in &others {
            let pair = [(one, other), (other, one)]
                .into_iter()
                .find(|(one, other)| begins(one, other));
            pairs.extend(pair.map(|(one, other)| (one.0.clone(), other.0.clone())));
        }
    }
    pairs.sort();
    pairs.dedup();
    pairs
}
