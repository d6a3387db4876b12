//! What systems that are deployed side by side cannot have at the same time.

use super::check::Here;
use super::{Error, System, neighbours};

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
        for other in before {
            neighbours::check(other, system, &mut here);
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
